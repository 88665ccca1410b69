-- The books of a request are the sums of its payments, by where those stand.
-- Why: what is outstanding is what a plan may promise; a fen too much of it would be paid twice.
with paid as (
  select mof_div_code, request_id,
         coalesce(sum(amount) filter (where stage in ('asked', 'confirmed', 'recalling', 'sent')), 0) as in_flight,
         coalesce(sum(amount) filter (where stage = 'settled'), 0) as paid,
         coalesce(sum(amount) filter (where quota_word = 'awaited'), 0) as awaiting_quota,
         coalesce(sum(amount) filter (where quota_word = 'lapsed'), 0) as lapsed
    from payment group by 1, 2
)
select r.mof_div_code, r.id, r.in_flight, p.in_flight as payments_in_flight, r.paid, p.paid as payments_paid
  from fund_request r left join paid p on (p.mof_div_code, p.request_id) = (r.mof_div_code, r.id)
 where (r.in_flight, r.paid, r.awaiting_quota, r.lapsed) is distinct from
       (coalesce(p.in_flight, 0), coalesce(p.paid, 0), coalesce(p.awaiting_quota, 0), coalesce(p.lapsed, 0));
