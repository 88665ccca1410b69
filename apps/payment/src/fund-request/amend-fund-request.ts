import { Injectable } from '@nestjs/common';
import { Commands, Separation, Vault, type Answer, type Call } from '@guoku/service';
import { refuse } from '../refusals.js';
import { changeRequests } from './change-fund-requests.js';
import { contentOf } from './enter-fund-requests.js';
import { namePayees } from './name-payees.js';
import type { FundRequestContentDto, FundRequestDto } from './fund-request.dto.js';

/** A unit changes what its section returned or quota refused; the request is then reviewed again. */
@Injectable()
export class AmendFundRequest {
  constructor(
    private readonly commands: Commands,
    private readonly vault: Vault,
    private readonly separation: Separation,
  ) {}

  handle(call: Call, id: string, dto: FundRequestContentDto): Promise<Answer<FundRequestDto>> {
    const { mofDivCode, person: by } = call.caller;
    const info = { action: 'FundRequestService.Amend', subject: `fund-request/${id}`, body: dto };
    return this.commands.run(call, info, async (session, context) => {
      await namePayees(this.separation, session, call, context);
      const content = contentOf(dto, (account) => this.vault.encrypt(mofDivCode, account));
      const [outcome] = await changeRequests(session, call, context, [
        {
          id,
          command: (_state, unit) =>
            unit.agencyCode === dto.agencyCode
              ? { type: 'amend', content, by }
              : refuse('not_own_unit', { field: '/agencyCode' }),
        },
      ]);
      if (outcome === undefined) throw new Error('one request has one outcome');
      return outcome;
    });
  }
}
