import { monthOf, dayOf } from '@guoku/calendar';
import { Money } from '@guoku/money';
import type { FundRequestDto } from './fund-request.dto.js';
import type { FundRequestRow } from './fund-request.row.js';

/** The row as people are shown it: no account. */
export function requestView(row: FundRequestRow): FundRequestDto {
  const gone = [row.paid, row.inFlight, row.awaitingQuota, row.closed, row.lapsed];
  const { quotaRefusal } = row;
  return {
    id: row.id,
    state: row.stage,
    bgtId: row.bgtId,
    agencyCode: row.agencyCode,
    month: monthOf(dayOf(row.due)),
    amount: row.amount,
    paid: row.paid,
    inFlight: row.inFlight,
    awaitingQuota: row.awaitingQuota,
    closed: row.closed,
    lapsed: row.lapsed,
    outstanding: Money.of(row.amount)
      .minus(Money.sum(gone.map((amount) => Money.of(amount))))
      .toString(),
    earliest: row.earliest,
    due: row.due,
    latest: row.latest,
    divisible: row.divisible,
    minPart: row.minPart,
    purpose: row.purpose,
    payeeName: row.payeeName,
    reference: row.reference,
    enteredBy: row.editors.at(-1) ?? '',
    enteredAt: row.enteredAt,
    submittedAt: row.submittedAt,
    tier: row.tier,
    urgency: row.urgency,
    poolCode: row.poolCode,
    note: row.note,
    quotaRefusal:
      quotaRefusal === null
        ? null
        : {
            code: quotaRefusal.code,
            detailZh: quotaRefusal.detail.zh,
            detailEn: quotaRefusal.detail.en,
            available: quotaRefusal.available,
          },
    carriedFrom: row.carriedFrom,
    continuedAs: row.continuedAs,
    version: row.version,
  };
}
