import { dayOf } from '@guoku/calendar';
import { decideReceipt, type Receipt, type ReceiptRefusal } from '@guoku/domain-revenue';
import { outbox } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { fiscalYears } from '../fiscal-year.js';
import { knownCodes } from '../known-codes.js';
import { receivedOf } from './receipt.events.js';
import type { ReceiptRow } from './receipt.row.js';
import {
  type NewReceipt,
  receiptOf,
  ReceiptStore,
  referenceOf,
  type Scope,
} from './receipt.store.js';

export type Taken =
  | {
      readonly ok: true;
      /** In the order of the lines. */
      readonly receipts: readonly ReceiptRow[];
      readonly taken: number;
    }
  /** The first line that is refused; then nothing may stay of the others. */
  | { readonly ok: false; readonly refusal: ReceiptRefusal; readonly place: number };

/**
 * Takes in lines of the treasury's report, all or none: lock, decide, save, announce. A line that is here counts once.
 *
 * @param beforeInsert writes what the receipts refer to, told how many are new
 */
export async function takeReceipts(
  session: Session,
  scope: Scope,
  lines: readonly Receipt[],
  beforeInsert: (taken: number) => Promise<void> = async () => undefined,
): Promise<Taken> {
  const store = new ReceiptStore(session, scope);
  const { mofDivCode, today } = scope;

  const pools = await store.lockAccounts(lines.map(({ accountCode }) => accountCode));
  const earlier = await store.earlier(lines);
  const yearOf = await fiscalYears(session, mofDivCode);
  const used = lines.map((line) => ({ ...line, fiscalYear: yearOf(dayOf(line.valueDate)) }));
  const known = await knownCodes(session, mofDivCode, used);

  const fresh = new Map<string, NewReceipt>();
  const freshById = new Map<string, NewReceipt>();
  const ids: string[] = [];
  for (const [place, line] of lines.entries()) {
    const codes = known[place];
    const before = earlier[place];
    if (!codes || !before) throw new Error(`line ${place} was not looked up`);
    const poolCode = pools.get(line.accountCode);
    const { sameReference, sameId } = before;
    const decision = decideReceipt(
      {
        ...codes,
        sameReference: sameReference ? receiptOf(sameReference) : fresh.get(referenceOf(line)),
        sameId: sameId ? receiptOf(sameId) : freshById.get(line.receiptId),
        knowsAccount: poolCode !== undefined,
        today,
      },
      line,
    );
    if (!decision.ok) return { ok: false, refusal: decision.refusal, place };
    ids.push(decision.receipt.receiptId);
    if (!decision.repeated && poolCode !== undefined) {
      const receipt = { ...line, poolCode };
      fresh.set(referenceOf(line), receipt);
      freshById.set(line.receiptId, receipt);
    }
  }

  await beforeInsert(fresh.size);
  await store.insert([...fresh.values()]);
  const receipts = await store.read(ids);
  const news = new Map(receipts.map((row) => [row.receiptId, row]));
  const said = [...news.values()].filter(({ receiptId }) => freshById.has(receiptId));
  await outbox.append(
    session,
    said.map((row) => receivedOf(mofDivCode, row)),
  );
  return { ok: true, receipts, taken: said.length };
}
