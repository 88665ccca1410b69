import type { HoldRefusal } from '@guoku/domain-quota';
import { Money } from '@guoku/money';
import type { Refusal } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { LockedHold } from './hold.store.js';

/** A no of the hold rules with the figures that explain it. */
export function refusalOf(code: HoldRefusal, { row, state }: LockedHold): Refusal {
  const extra = {
    available: row?.available ?? Money.zero.toString(),
    held: (state.hold?.held ?? Money.zero).toString(),
    ...(row ? { fiscalYear: row.fiscalYear } : {}),
  };
  return refuse(code, { extra });
}
