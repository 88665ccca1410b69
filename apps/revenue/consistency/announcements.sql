-- Every receipt and every collection was announced, once, with its amount.
-- Why: the forecast counts what it hears; an event that is missing or doubled is money that is missing or doubled.
with told as (
  select mof_div_code, type, subject, count(*) as times, min(data ->> 'amount') as amount
    from outbox group by 1, 2, 3
),
due as (
  select mof_div_code, 'guoku.revenue.received.v1' as type, receipt_id::text as subject, amount::text
    from receipt
  union all
  select mof_div_code, 'guoku.revenue.collected.v1', collection_id::text, amount::text from collection
)
select mof_div_code, type, subject, times, told.amount as told, due.amount as due
  from due full join told using (mof_div_code, type, subject)
 where times is distinct from 1 or told.amount is distinct from due.amount;
