import type { EventData } from '@guoku/contracts';
import type { HoldEvent } from '@guoku/domain-quota';
import type { Money } from '@guoku/money';
import type { OutgoingEvent } from '@guoku/messaging';
import type { Refusal } from '@guoku/service';
import type { LineRow } from '../line/line.row.js';
import type { Scope } from '../line/line.store.js';

/** The messages that tell of a hold's events. What only moves money between held and in transit is not told. */
export function announcementsOf(
  { mofDivCode, actor }: Scope,
  row: LineRow | undefined,
  requestId: string,
  events: readonly HoldEvent[],
): OutgoingEvent[] {
  if (!row) return [];
  const of = { subject: requestId, aggregateId: requestId, mofDivCode, actor };
  const { bgtId } = row;
  return events.flatMap((event): OutgoingEvent[] => {
    const amount = event.amount.toString();
    const about = { requestId, bgtId, amount };
    switch (event.type) {
      case 'held':
        return [
          { ...of, type: 'guoku.quota.held.v1', data: { ...about, line: dimensionsOf(row) } },
        ];
      case 'released':
        return [{ ...of, type: 'guoku.quota.released.v1', data: about }];
      case 'spent': {
        const { paymentId } = event;
        return [{ ...of, type: 'guoku.quota.spent.v1', data: { ...about, paymentId } }];
      }
      case 'returned': {
        const { paymentId, restored } = event;
        const data = { ...about, paymentId, restored };
        return [{ ...of, type: 'guoku.quota.returned.v1', data }];
      }
      case 'confirmed':
      case 'cancelled':
      case 'rejected':
      case 'return-noted':
        return [];
    }
  });
}

/** The message that a request was refused its quota. */
export function refusedOf(
  { mofDivCode, actor }: Scope,
  asked: { readonly requestId: string; readonly bgtId: string; readonly amount: Money },
  { code, detail }: Refusal,
  row: LineRow | undefined,
): OutgoingEvent {
  const { requestId, bgtId } = asked;
  return {
    type: 'guoku.quota.refused.v1',
    subject: requestId,
    aggregateId: requestId,
    mofDivCode,
    actor,
    data: {
      requestId,
      bgtId,
      amount: asked.amount.toString(),
      code,
      detail,
      available: row?.available ?? '0.00',
    },
  };
}

/** A line's dimensions as the contract has them. */
export function dimensionsOf(row: LineRow): EventData<'guoku.quota.held.v1'>['line'] {
  const { fiscalYear, agencyCode, mofDepCode, proCode, expFuncCode, govBgtEcoCode } = row;
  const { depBgtEcoCode, fundTypeCode, corBgtDocNo, sbSign, sbStandard, isDir } = row;
  return {
    fiscalYear,
    agencyCode,
    mofDepCode,
    proCode,
    expFuncCode,
    ...(govBgtEcoCode === null ? {} : { govBgtEcoCode }),
    depBgtEcoCode,
    fundTypeCode,
    corBgtDocNo,
    sbSign,
    ...(sbStandard === null ? {} : { sbStandard }),
    isDir,
  };
}
