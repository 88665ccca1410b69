import { type Call, reachOf } from '@guoku/service';

/** Condition on a row `r` with its unit `u`: a unit reaches its own, a section those of its units, the treasury all. */
export const reachOfRow = `(:unit::text is null or r.agency_code = :unit)
  and (:section::text is null or u.mof_dep_code = :section)`;

/** A report of the treasury is about the whole division, and so shown only to who reaches all of it. */
export const reachOfReport = `:unit::text is null and :section::text is null`;

/** Parameters of {@link reachOfRow}, and the division. */
export function reachParameters({ caller }: Call) {
  const reach = reachOf(caller);
  return {
    mofDivCode: caller.mofDivCode,
    unit: reach.kind === 'unit' ? reach.agencyCode : null,
    section: reach.kind === 'section' ? reach.mofDepCode : null,
  };
}

/** Whether the caller may enter or reverse what belongs to this unit, or to none. */
export function reaches({ caller }: Call, agencyCode: string | null): boolean {
  const reach = reachOf(caller);
  return reach.kind !== 'unit' || reach.agencyCode === agencyCode;
}
