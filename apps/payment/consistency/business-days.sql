-- Days open one after the other: one is open, one before it may wait to be closed; a closed day was reconciled in full.
-- Why: a day that closes unreconciled hides what the bank did.
with days as (
  select d.mof_div_code, d.day, d.status, row_number() over (partition by d.mof_div_code order by d.day desc) as back,
         (select c.agrees from reconciliation c where (c.mof_div_code, c.day) = (d.mof_div_code, d.day)
           order by c.made_at desc, c.id desc limit 1) as agrees
    from business_day d
)
select mof_div_code, day, status, agrees from days
 where (status = 'closed' and agrees is not true)
    or (status = 'opened' and back > 1)
    or (status = 'cut-off' and back > 2);
