-- What the flows of a day say moved in a pool is what the statements of that day say.
-- Why: a receipt that reached the bank but not the books (or the other way round) makes every forecast wrong.
-- The first statement of an account opens its books; where it tells no movement there is nothing to compare.
with dated as (
  select s.*, row_number() over (partition by mof_div_code, account_code order by date) = 1 as opens
  from statement s
), stated as (
  select d.mof_div_code, a.pool_code, d.date as day, sum(d.receipts - d.payments) as net
  from dated d join account a using (mof_div_code, account_code)
  where not d.opens or d.receipts <> 0 or d.payments <> 0
  group by d.mof_div_code, a.pool_code, d.date
), moved as (
  select mof_div_code, pool_code, day,
         sum(case direction when 'inflow' then amount else -amount end) as net
  from flow_movement
  group by mof_div_code, pool_code, day
)
select s.mof_div_code, s.pool_code, s.day, s.net as stated, coalesce(m.net, 0) as moved
from stated s left join moved m using (mof_div_code, pool_code, day)
where s.net <> coalesce(m.net, 0);
