import { Injectable } from '@nestjs/common';
import type { RequestContent } from '@guoku/domain-payment';
import type { Session } from '@guoku/persistence';
import {
  Commands,
  Separation,
  Vault,
  type Answer,
  type BatchResult,
  type Call,
  type CommandContext,
  type Outcome,
} from '@guoku/service';
import { batchOutcome } from '../batch.js';
import { changeRequests } from './change-fund-requests.js';
import type {
  EnterFundRequestDto,
  EnterFundRequestsDto,
  FundRequestContentDto,
  FundRequestDto,
  FundRequestFileDto,
} from './fund-request.dto.js';
import { namePayees } from './name-payees.js';
import { readRequestFile } from './fund-request.file.js';

/** Units hand in what they want paid: one, many, or a file. */
@Injectable()
export class EnterFundRequests {
  constructor(
    private readonly commands: Commands,
    private readonly vault: Vault,
    private readonly separation: Separation,
  ) {}

  one(call: Call, dto: EnterFundRequestDto): Promise<Answer<FundRequestDto>> {
    const action = 'FundRequestService.Enter';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const [outcome] = await this.enter(session, call, context, [dto]);
      if (outcome === undefined) throw new Error('one request has one outcome');
      return outcome.ok ? { ...outcome, status: 201 } : outcome;
    });
  }

  batch(call: Call, dto: EnterFundRequestsDto): Promise<Answer<BatchResult<FundRequestDto>>> {
    const action = 'FundRequestService.EnterBatch';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const outcomes = await this.enter(session, call, context, dto.lines);
      return batchOutcome(outcomes, { atomic: dto.atomic ?? true, language: call.language });
    });
  }

  /** A CSV file, whole or nothing. */
  async file(call: Call, dto: FundRequestFileDto): Promise<Answer<BatchResult<FundRequestDto>>> {
    const lines = await readRequestFile(dto.content);
    const action = 'FundRequestService.EnterFile';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const outcomes = await this.enter(session, call, context, lines);
      return batchOutcome(outcomes, { atomic: true, language: call.language });
    });
  }

  private async enter(
    session: Session,
    call: Call,
    context: CommandContext,
    lines: readonly EnterFundRequestDto[],
  ): Promise<Outcome<FundRequestDto>[]> {
    const { mofDivCode, person: by } = call.caller;
    await namePayees(this.separation, session, call, context);
    const tasks = lines.map((line) => {
      const id = line.id ?? context.newId();
      const content = contentOf(line, (account) => this.vault.encrypt(mofDivCode, account));
      return {
        id,
        entersFor: line.agencyCode,
        command: () => ({ type: 'enter', id, content, by }) as const,
      };
    });
    return changeRequests(session, call, context, tasks);
  }
}

/** @param seal encrypts an account number */
export function contentOf(
  dto: FundRequestContentDto,
  seal: (account: string) => string,
): RequestContent {
  return {
    bgtId: dto.bgtId,
    agencyCode: dto.agencyCode,
    amount: dto.amount,
    earliest: dto.earliest ?? null,
    due: dto.due,
    latest: dto.latest ?? dto.due,
    divisible: dto.divisible,
    minPart: dto.minPart ?? null,
    purpose: dto.purpose,
    payee: {
      name: dto.payee.name,
      account: seal(dto.payee.account),
      bankCode: dto.payee.bankCode,
    },
    reference: dto.reference ?? null,
  };
}
