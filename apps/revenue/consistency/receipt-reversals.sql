-- A reversal has its receipt's content and its negated amount, and is not reversed itself.
-- Why: the two must cancel in every sum, whatever it is grouped by.
select c.mof_div_code, c.receipt_id, c.reversal_of, r.amount, c.amount as reversed
  from receipt c
  join receipt r on r.mof_div_code = c.mof_div_code and r.receipt_id = c.reversal_of
 where c.amount <> -r.amount or r.reversal_of is not null
    or (c.value_date, c.account_code, c.pool_code, c.item_code, c.fund_type_code, c.agency_code, c.reference)
       is distinct from
       (r.value_date, r.account_code, r.pool_code, r.item_code, r.fund_type_code, r.agency_code, r.reference);
