import type { Day } from '@guoku/calendar';

/** Somebody away lets another sign for them 授权代签, on the days from the first to the last. */
export interface DelegationContent {
  readonly from: string;
  readonly to: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** Why a delegation is refused, in order of precedence. */
export const DELEGATION_REFUSALS = [
  'not_own_delegation',
  'delegation_to_oneself',
  'delegation_days_reversed',
  'delegation_past',
] as const;
export type DelegationRefusal = (typeof DELEGATION_REFUSALS)[number];

/**
 * What is wrong with a delegation, or null. People give away what is theirs; for who could not do it any more, whoever
 * administers the division may, but not to themselves.
 *
 * @param today null where no business day is open
 */
export function faultOfDelegation(
  { from, to, firstDay, lastDay }: DelegationContent,
  by: { readonly person: string; readonly administers: boolean },
  today: Day | null,
): DelegationRefusal | null {
  if (from !== by.person && (!by.administers || to === by.person)) return 'not_own_delegation';
  if (from === to) return 'delegation_to_oneself';
  if (firstDay > lastDay) return 'delegation_days_reversed';
  return today !== null && lastDay < today ? 'delegation_past' : null;
}
