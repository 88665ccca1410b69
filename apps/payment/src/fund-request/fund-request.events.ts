import type { RequestEvent } from '@guoku/domain-payment';
import type { OutgoingEvent } from '@guoku/messaging';
import type { FundRequestRow } from './fund-request.row.js';
import type { StoredRequest } from './fund-request.store.js';

interface Changed {
  readonly before: StoredRequest | null;
  readonly events: readonly RequestEvent[];
}

/** What others hear of a request's change; most changes are payment's own affair. */
export function announced(
  mofDivCode: string,
  { before, events }: Changed,
  row: FundRequestRow | undefined,
  actor: string,
): OutgoingEvent[] {
  if (row === undefined) return [];
  const { id: requestId, bgtId, amount, due, latest } = row;
  const common = { subject: requestId, mofDivCode, aggregateId: requestId, actor };
  return events.flatMap((event): OutgoingEvent[] => {
    switch (event.type) {
      case 'submitted':
        return [
          {
            ...common,
            type: 'guoku.fund-request.submitted.v1',
            data: { requestId, bgtId, amount, due, latest },
          },
        ];
      case 'withdrawn':
        // Before it was submitted quota never heard of it; what it refused it does not hold.
        if (before?.state.stage !== 'submitted' && before?.state.stage !== 'held') return [];
        return [{ ...common, type: 'guoku.fund-request.withdrawn.v1', data: { requestId, bgtId } }];
      case 'carried-over':
        return [
          {
            ...common,
            type: 'guoku.fund-request.carried-over.v1',
            data: {
              requestId,
              nextRequestId: event.nextRequestId,
              bgtId,
              amount: event.amount.toString(),
              month: event.month,
            },
          },
        ];
      default:
        return [];
    }
  });
}
