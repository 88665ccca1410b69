-- Every statement and every forecast was announced, once.
-- Why: payment plans with what it heard; a forecast that nobody heard of is as good as none.
select made.mof_div_code, made.type, made.id, count(o.id) as announced
from (
  select mof_div_code, 'guoku.statement.received.v1' as type, id from statement
  union all
  select mof_div_code, 'guoku.forecast.published.v1', id from snapshot
) made
left join outbox o on o.mof_div_code = made.mof_div_code and o.type = made.type and o.subject = made.id::text
group by made.mof_div_code, made.type, made.id
having count(o.id) <> 1;
