import { Money } from '@guoku/money';
import type { Bill } from './simple-rules.js';

/** One payment that was really made. */
export interface PaidPart {
  readonly reference: string;
  readonly day: string;
  readonly amount: bigint;
}

export interface TierSummary {
  readonly tier: number;
  readonly requests: number;
  readonly wanted: string;
  readonly onTime: string;
  readonly late: string;
  readonly deferred: string;
  /** Amount x working days late of what was paid late, in yuan x days. */
  readonly lateness: string;
}

/** Per tier what was wanted, paid on time, paid late and not paid in the month; the last row, tier -1, is the total. */
export function summarise(
  bills: readonly Bill[],
  parts: readonly PaidPart[],
  days: readonly string[],
): TierSummary[] {
  const place = new Map(days.map((day, index) => [day, index]));
  const partsOf = Map.groupBy(parts, ({ reference }) => reference);
  const tiers = [...Map.groupBy(bills, ({ tier }) => tier)].sort(([a], [b]) => a - b);
  const row = (tier: number, of: readonly Bill[]): TierSummary => {
    let [wanted, onTime, late, lateness] = [0n, 0n, 0n, 0n];
    for (const { reference, amount, due } of of) {
      wanted += amount;
      for (const part of partsOf.get(reference) ?? []) {
        const behind = (place.get(part.day) ?? 0) - (place.get(due) ?? 0);
        if (behind <= 0) onTime += part.amount;
        else {
          late += part.amount;
          lateness += part.amount * BigInt(behind);
        }
      }
    }
    const text = (fen: bigint) => Money.ofFen(fen).toString();
    return {
      tier,
      requests: of.length,
      wanted: text(wanted),
      onTime: text(onTime),
      late: text(late),
      deferred: text(wanted - onTime - late),
      lateness: text(lateness),
    };
  };
  return [...tiers.map(([tier, of]) => row(tier, of)), row(-1, bills)];
}
