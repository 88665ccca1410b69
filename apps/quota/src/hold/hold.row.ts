import type { Returned } from '@guoku/domain-quota';

/** A row of `hold`. Amounts are text. */
export interface HoldRow {
  readonly requestId: string;
  readonly bgtId: string;
  readonly amount: string;
  readonly held: string;
  readonly inTransit: string;
  readonly spent: string;
  readonly released: string;
  readonly isPlanned: boolean;
  readonly heldAt: string;
}

/** A row of `hold_part`, beside that of a hold. */
export interface PartRow {
  readonly paymentId: string;
  readonly partRequestId: string;
  readonly partAmount: string;
  readonly confirmed: boolean;
  readonly settled: boolean;
  readonly returned: Returned;
}

export const holdColumns = `
  h.request_id as "requestId", h.bgt_id as "bgtId", h.amount, h.held, h.in_transit as "inTransit",
  h.spent, h.released, h.held_at as "heldAt",
  exists (select from planned_hold p
           where p.mof_div_code = h.mof_div_code and p.request_id = h.request_id) as "isPlanned"`;
