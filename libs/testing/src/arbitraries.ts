import { dayOf, plusDays, type Day } from '@guoku/calendar';
import { Money } from '@guoku/money';
import fc from 'fast-check';

const FEN_MAX = 10n ** 20n - 1n;

/** Amounts from `min` to `max`; without them every amount that can be written, either sign. */
function money({ min, max }: { min?: Money; max?: Money } = {}): fc.Arbitrary<Money> {
  return fc
    .bigInt({ min: min?.toFen() ?? -FEN_MAX, max: max?.toFen() ?? FEN_MAX })
    .map((fen) => Money.ofFen(fen));
}

/** Days from 2000-01-01 on, within fifty years unless told. */
function day({ days = 18_262 }: { days?: number } = {}): fc.Arbitrary<Day> {
  return fc.integer({ min: 0, max: days }).map((count) => plusDays(dayOf('2000-01-01'), count));
}

/** UUIDv7, as all ids of guoku are. */
const id = (): fc.Arbitrary<string> => fc.uuid({ version: 7 });

/** Codes of divisions, nine digits. */
const mofDivCode = (): fc.Arbitrary<string> =>
  fc.integer({ min: 1, max: 999_999 }).map((code) => `${String(code).padStart(6, '0')}000`);

/**
 * Values for laws over random ones. A failing run prints its seed; `fc.assert(…, { seed })` runs it
 * again.
 */
export const arbitraries = { money, day, id, mofDivCode };
