-- A bill has one collection that stands, and a reversal negates its collection.
-- Why: a payer pays a bill once.
select r.mof_div_code, r.bill_no, count(*) as standing, null::numeric as reversed
  from collection r
 where r.reversal_of is null
   and not exists (select from collection c
                    where c.mof_div_code = r.mof_div_code and c.reversal_of = r.collection_id)
 group by 1, 2 having count(*) > 1
union all
select c.mof_div_code, c.bill_no, null, c.amount
  from collection c
  join collection r on r.mof_div_code = c.mof_div_code and r.collection_id = c.reversal_of
 where c.amount <> -r.amount or c.bill_no <> r.bill_no or r.reversal_of is not null;
