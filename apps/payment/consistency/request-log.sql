-- The log of a request begins with its entry, has no gap, and its settlements less its returns are what was paid.
-- Why: the state as of any instant is told from the log alone.
with told as (
  select mof_div_code, request_id, count(*) as events, max(place) as last,
         bool_or(place = 1 and event ->> 'type' in ('entered', 'continued')) as begins,
         coalesce(sum(case event ->> 'type' when 'payment-settled' then (event ->> 'amount')::numeric
                                            when 'payment-returned' then -(event ->> 'amount')::numeric end), 0) as paid
    from fund_request_log group by 1, 2
)
select r.mof_div_code, r.id, t.events, t.last, t.begins, r.paid, t.paid as logged_paid
  from fund_request r left join told t on (t.mof_div_code, t.request_id) = (r.mof_div_code, r.id)
 where t.events is distinct from t.last or t.begins is not true or t.paid is distinct from r.paid;
