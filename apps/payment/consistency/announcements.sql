-- Every submission, instruction, recall, settlement and return was announced, once, and nothing else was.
-- Why: quota and forecast believe the events; one that is missing or doubled makes their books wrong.
with told as (
  select mof_div_code, type, subject, count(*) as times from outbox
   where type like 'guoku.payment.%' or type = 'guoku.fund-request.submitted.v1' group by 1, 2, 3
),
due as (
  select mof_div_code, 'guoku.fund-request.submitted.v1' as type, request_id::text as subject, count(*) as times
    from fund_request_log where event ->> 'type' = 'submitted' group by 1, 2, 3
  union all
  select mof_div_code, 'guoku.payment.instructed.v1', id::text, 1 from payment where stage not in ('asked', 'declined')
  union all
  select recall.mof_div_code, said, recall.payment_id::text, 1
    from payment_log recall, unnest(array['guoku.payment.instructed.v1', 'guoku.payment.recalled.v1']) as said
   where recall.event ->> 'type' = 'recalled'
  union all
  select mof_div_code, 'guoku.payment.settled.v1', id::text, 1 from payment where stage in ('settled', 'returned')
  union all
  select mof_div_code, 'guoku.payment.returned.v1', id::text, 1 from payment where stage in ('refused', 'returned')
)
select mof_div_code, type, subject, due.times as due, told.times as told
  from due full join told using (mof_div_code, type, subject)
 where due.times is distinct from told.times;
