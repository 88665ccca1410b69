import type { PaymentDto } from './payment.dto.js';
import type { PaymentRow } from './payment.row.js';

export function paymentView(row: PaymentRow): PaymentDto {
  const { stage, declined, returnId: _returnId, returnReference: _reference, ...rest } = row;
  const { instructionId: _instruction, returnReason, ...shown } = rest;
  return {
    ...shown,
    state: stage,
    declinedCode: declined?.code ?? null,
    returnReasonZh: returnReason?.zh ?? null,
    returnReasonEn: returnReason?.en ?? null,
  };
}
