-- Every published forecast has the days that it names, for every pool that it plans.
-- Why: a forecast is evidence; one with holes cannot be held against what happened.
select s.mof_div_code, s.id, planned ->> 'poolCode' as pool_code
from snapshot s cross join lateral jsonb_array_elements(s.planning -> 'pools') as planned
where (
  select count(*) from snapshot_day d
  where d.mof_div_code = s.mof_div_code and d.snapshot_id = s.id
    and d.pool_code = planned ->> 'poolCode' and d.series = 'inflow'
) <> s.horizon_days;
