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

const isPlanned = `exists (select from planned_hold p
   where p.mof_div_code = h.mof_div_code and p.request_id = h.request_id)`;

export const holdColumns = `
  h.request_id as "requestId", h.bgt_id as "bgtId", h.amount, h.held, h.in_transit as "inTransit",
  h.spent, h.released, h.held_at as "heldAt", ${isPlanned} as "isPlanned"`;

/** Hold and payment beside their line, whose columns have the plain names; all null where there is none. */
export interface HoldBesideLine {
  readonly holdRequestId: string | null;
  readonly holdBgtId: string;
  readonly holdAmount: string;
  readonly holdHeld: string;
  readonly holdInTransit: string;
  readonly holdSpent: string;
  readonly holdReleased: string;
  readonly holdHeldAt: string;
  readonly holdIsPlanned: boolean;
  readonly partPaymentId: string | null;
  readonly partRequestId: string;
  readonly partAmount: string;
  readonly partConfirmed: boolean;
  readonly partSettled: boolean;
  readonly partReturned: Returned;
}

export const besideLineColumns = `
  h.request_id as "holdRequestId", h.bgt_id as "holdBgtId", h.amount as "holdAmount",
  h.held as "holdHeld", h.in_transit as "holdInTransit", h.spent as "holdSpent",
  h.released as "holdReleased", h.held_at as "holdHeldAt", ${isPlanned} as "holdIsPlanned",
  p.payment_id as "partPaymentId", p.request_id as "partRequestId", p.amount as "partAmount",
  p.confirmed as "partConfirmed", p.settled as "partSettled", p.returned as "partReturned"`;
