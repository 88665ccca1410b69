import { Injectable } from '@nestjs/common';
import { decideReversal, type Receipt } from '@guoku/domain-revenue';
import { Money } from '@guoku/money';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  type Answer,
  type BatchResult,
  type Call,
  type CommandContext,
  Commands,
  type Outcome,
  type Refusal,
  Refused,
  refused,
  runBatch,
  Separation,
} from '@guoku/service';
import { reaches } from '../reach.js';
import { refuse } from '../refusals.js';
import type {
  EnterReceiptBatchDto,
  EnterReceiptDto,
  EnterReceiptsDto,
  ReceiptDto,
  ReceiptsDto,
  ReverseReceiptMessage,
} from './receipt.dto.js';
import { receivedOf } from './receipt.events.js';
import { lockReceipt, ReceiptStore, type Scope } from './receipt.store.js';
import { type Taken, takeReceipts } from './take-receipts.js';

/** The use cases of receipts, shared by REST and gRPC. */
@Injectable()
export class Receipts {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  enter(call: Call, body: EnterReceiptsDto): Promise<Answer<ReceiptsDto>> {
    const command = { action: 'ReceiptService.Enter', body };
    return this.commands.run(call, command, async (session, context) => {
      const scope = await scopeOf(call, context);
      await this.note(session, call, scope.entryId);
      return enterAll(session, scope, context, call, body.receipts);
    });
  }

  enterBatch(call: Call, body: EnterReceiptBatchDto): Promise<Answer<BatchResult<ReceiptDto>>> {
    const { lines, atomic = false } = body;
    const command = { action: 'ReceiptService.EnterBatch', subject: 'receipt', body };
    return this.commands.run(call, command, async (session, context) => {
      const scope = await scopeOf(call, context);
      await this.note(session, call, scope.entryId);
      // In one order for everybody, before the lines lock them one by one.
      const accounts = lines.map(({ accountCode }) => accountCode);
      await new ReceiptStore(session, scope).lockAccounts(accounts);
      return runBatch(session, lines, { atomic, language: call.language }, (line) =>
        enterOne(session, scope, context, call, line),
      );
    });
  }

  reverse(call: Call, body: ReverseReceiptMessage): Promise<Answer<ReceiptDto>> {
    const { receiptId, reason } = body;
    const command = { action: 'ReceiptService.Reverse', subject: `receipt/${receiptId}`, body };
    return this.commands.run(call, command, async (session, context) => {
      const row = await lockReceipt(session, call.caller.mofDivCode, receiptId);
      if (row && !reaches(call, row.agencyCode)) return refused(refuse('not_own_unit'));
      const decision = decideReversal(row && { ...row, amount: Money.of(row.amount) });
      if (!decision.ok || !row)
        return refused(refuse(decision.ok ? 'entry_unknown' : decision.refusal));
      const scope = await scopeOf(call, context);
      const store = new ReceiptStore(session, scope);
      if ('earlier' in decision) return accepted(...(await one(store, decision.earlier)));

      const conflict = await this.mayApprove(session, call, row.entryId);
      if (conflict) return refused(conflict);
      const reversalId = context.newId();
      await store.reverse(reversalId, receiptId, decision.amount, reason);
      const [reversal, rest] = await one(store, reversalId);
      await outbox.append(session, [receivedOf(scope.mofDivCode, reversal)]);
      return accepted(reversal, { ...rest, status: 201 });
    });
  }

  /**
   * Who enters receipts is noted once per call: nobody reverses what they entered.
   *
   * @throws Refused where the caller may not enter receipts, being the cashier
   */
  async note(session: Session, call: Call, entryId: string): Promise<void> {
    const deed = deedOf(call, 'receipt.enter', entryId);
    const conflict = await this.separation.conflict(session, deed);
    if (conflict) throw new Refused(conflict);
    await this.separation.record(session, deed);
  }

  private async mayApprove(session: Session, call: Call, entryId: string): Promise<Refusal | null> {
    const deed = deedOf(call, 'receipt.approve', entryId);
    const conflict = await this.separation.conflict(session, deed);
    if (!conflict) await this.separation.record(session, deed);
    return conflict;
  }
}

export async function scopeOf({ caller }: Call, context: CommandContext): Promise<Scope> {
  const { mofDivCode, person: actor } = caller;
  const today = await context.today();
  return { mofDivCode, actor, now: context.now, today, entryId: context.newId() };
}

function deedOf({ caller }: Call, duty: 'receipt.enter' | 'receipt.approve', entryId: string) {
  const { mofDivCode, person } = caller;
  return { mofDivCode, person, duty, subject: `receipt-entry/${entryId}` };
}

async function enterAll(
  session: Session,
  scope: Scope,
  context: CommandContext,
  call: Call,
  given: readonly EnterReceiptDto[],
): Promise<Outcome<ReceiptsDto>> {
  const lines = given.map((line) => receiptFrom(line, context));
  const foreign = foreignPlace(call, lines);
  if (foreign >= 0) return refused(refuse('not_own_unit', { field: `/receipts/${foreign}` }));
  const taken = await takeReceipts(session, scope, lines);
  if (!taken.ok) return refused(refusalOf(taken, lines, scope.today, '/receipts'));
  const repeated = lines.length - taken.taken;
  const value = { taken: taken.taken, repeated, receipts: [...taken.receipts] };
  return accepted(value, { status: 201, subject: `receipt-entry/${scope.entryId}` });
}

async function enterOne(
  session: Session,
  scope: Scope,
  context: CommandContext,
  call: Call,
  given: EnterReceiptDto,
): Promise<Outcome<ReceiptDto>> {
  const outcome = await enterAll(session, scope, context, call, [given]);
  if (!outcome.ok) return outcome;
  const [receipt] = outcome.value.receipts;
  if (!receipt) throw new Error('a receipt was taken in and is not there');
  return accepted(receipt);
}

function receiptFrom(
  { id, agencyCode, ...line }: EnterReceiptDto,
  context: CommandContext,
): Receipt {
  return { ...line, receiptId: id ?? context.newId(), agencyCode: agencyCode ?? null };
}

/** The first line of a unit that the caller does not reach, or -1. */
export function foreignPlace(call: Call, lines: readonly Receipt[]): number {
  return lines.findIndex(({ agencyCode }) => !reaches(call, agencyCode));
}

/** A line's refusal with what it is about. */
export function refusalOf(
  { refusal, place }: Extract<Taken, { ok: false }>,
  lines: readonly Receipt[],
  today: string,
  list: string,
): Refusal {
  const { receiptId: _receiptId, amount: _amount, ...about } = lines[place] ?? {};
  return refuse(refusal, { field: `${list}/${place}`, extra: { ...about, today } });
}

async function one(store: ReceiptStore, receiptId: string) {
  const [row] = await store.read([receiptId]);
  if (!row) throw new Error(`receipt ${receiptId} is lost`);
  return [row, { subject: `receipt/${receiptId}` }] as const;
}
