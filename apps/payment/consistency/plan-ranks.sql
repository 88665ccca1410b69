-- What a plan pays in each rank is what its ranks say, and no request gets more than was outstanding.
-- Why: the figures that people approve are the parts that are paid.
with parts as (
  select mof_div_code, plan_id, request_id, sum(amount) as promised from plan_part group by 1, 2, 3
),
ranks as (
  select i.mof_div_code, i.plan_id, i.tier, i.urgency, coalesce(sum(p.promised), 0) as promised,
         bool_or(p.promised > i.amount) as too_much
    from plan_item i left join parts p using (mof_div_code, plan_id, request_id) group by 1, 2, 3, 4
),
told as (
  select mof_div_code, id as plan_id, (rank ->> 'tier')::integer as tier, (rank ->> 'urgency')::integer as urgency,
         (rank ->> 'total')::numeric as total
    from plan, jsonb_array_elements(ranks) as rank
)
select mof_div_code, plan_id, tier, urgency, promised, total
  from ranks full join told using (mof_div_code, plan_id, tier, urgency)
 where promised is distinct from total or too_much;
