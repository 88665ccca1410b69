import { type Call, reachOf } from '@guoku/service';
import type { LineRow } from './line.row.js';

/** Condition on a line `l`: a unit reaches its own lines, a section those of its units, the treasury all. */
export const reachOfLine = `(:unit::text is null or l.agency_code = :unit)
  and (:section::text is null or l.mof_dep_code = :section)`;

/** Parameters of {@link reachOfLine}, and the division. */
export function reachParameters({ caller }: Call) {
  const reach = reachOf(caller);
  return {
    mofDivCode: caller.mofDivCode,
    unit: reach.kind === 'unit' ? reach.agencyCode : null,
    section: reach.kind === 'section' ? reach.mofDepCode : null,
  };
}

/** Whether the caller may change what concerns the line. */
export function reaches({ caller }: Call, line: Pick<LineRow, 'agencyCode' | 'mofDepCode'>) {
  const reach = reachOf(caller);
  if (reach.kind === 'unit') return reach.agencyCode === line.agencyCode;
  return reach.kind === 'division' || reach.mofDepCode === line.mofDepCode;
}
