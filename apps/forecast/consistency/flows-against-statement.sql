-- What the flows of a day say an account's pool took in is what the statements of that day say.
-- Why: a receipt that reached the bank but not the books (or the other way round) makes every forecast wrong.
with stated as (
  select s.mof_div_code, a.pool_code, s.date as day, sum(s.receipts - s.payments) as net
  from statement s join account a using (mof_div_code, account_code)
  where s.receipts <> 0 or s.payments <> 0
  group by s.mof_div_code, a.pool_code, s.date
), moved as (
  select mof_div_code, pool_code, day,
         sum(case direction when 'inflow' then amount else -amount end) as net
  from flow_movement
  where source_kind <> 'history'
  group by mof_div_code, pool_code, day
)
select s.mof_div_code, s.pool_code, s.day, s.net as stated, coalesce(m.net, 0) as moved
from stated s left join moved m using (mof_div_code, pool_code, day)
where s.net <> coalesce(m.net, 0);
