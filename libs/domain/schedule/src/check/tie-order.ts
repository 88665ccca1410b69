/** Who comes first among equals: rank, due as given, instant of submission, id. */
import type { Claim } from './facts.js';

/** A claim with what orders it, worked out once. */
interface Place {
  readonly claim: Claim;
  readonly rank: number;
  readonly due: string;
  /** Whole seconds before and after 1970; `Infinity` where no instant is given. */
  readonly second: number;
  /** Digits behind the second's point, without zeros at the end. */
  readonly fraction: string;
  readonly id: string;
}

const INSTANT = /^(\d+)-(\d+)-(\d+)[Tt](\d+):(\d+):(\d+)(?:\.(\d+))?(?:[Zz]|([+-])(\d+):(\d+))$/;

function placeOf(claim: Claim): Place {
  const { tier, urgency, due, submittedAt, id } = claim.request;
  const rank = tier * 100 + urgency;
  const parts = INSTANT.exec(submittedAt ?? '');
  if (parts === null) return { claim, rank, due, second: Infinity, fraction: '', id };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, seconds = 0] = parts
    .slice(1, 7)
    .map(Number);
  const midnight =
    Date.UTC(2000 + (year % 400), month - 1, day) + Math.floor(year / 400) * 12_622_780_800_000;
  const offset =
    (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0)) * (parts[8] === '-' ? -60 : 60);
  const second = midnight / 1000 + hour * 3600 + minute * 60 + seconds - offset;
  return { claim, rank, due, second, fraction: (parts[7] ?? '').replace(/0+$/, ''), id };
}

function text(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Claims in tie order. */
export function byTieOrder(claims: readonly Claim[]): Claim[] {
  return claims
    .map(placeOf)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        text(a.due, b.due) ||
        (a.second === b.second ? text(a.fraction, b.fraction) : a.second - b.second) ||
        text(a.id, b.id),
    )
    .map(({ claim }) => claim);
}
