-- Every hold, settlement and restored return was announced, once.
-- Why: other services believe the events; one that is missing or doubled makes their books wrong.
with told as (
  select mof_div_code, type, data ->> 'requestId' as request_id, data ->> 'paymentId' as payment_id, count(*) as times
    from outbox where type like 'guoku.quota.%' group by 1, 2, 3, 4
),
due as (
  select mof_div_code, 'guoku.quota.held.v1' as type, request_id::text, '' as payment_id from hold
  union all
  select mof_div_code, 'guoku.quota.spent.v1', request_id::text, payment_id::text
    from hold_part where settled
  union all
  select mof_div_code, 'guoku.quota.returned.v1', request_id::text, payment_id::text
    from hold_part where settled and returned in ('same-year', 'earlier-year')
)
select mof_div_code, type, request_id, payment_id, times
  from due full join
       (select mof_div_code, type, request_id, coalesce(payment_id, '') as payment_id, times
          from told
         where type in ('guoku.quota.held.v1', 'guoku.quota.spent.v1', 'guoku.quota.returned.v1')) once
       using (mof_div_code, type, request_id, payment_id)
 where times is distinct from 1 or due.mof_div_code is null;
