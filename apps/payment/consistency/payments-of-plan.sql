-- Every payment is a whole part of a plan that was approved, in full, and no part is paid twice.
-- Why: nothing is paid that another person has not approved.
select p.mof_div_code, p.id, p.plan_id, p.request_id, p.part_date, p.amount, part.amount as part_amount
  from payment p
  left join plan_part part on (part.mof_div_code, part.plan_id, part.request_id, part.date) =
                              (p.mof_div_code, p.plan_id, p.request_id, p.part_date)
  left join plan on (plan.mof_div_code, plan.id) = (p.mof_div_code, p.plan_id)
 where part.amount is distinct from p.amount or plan.approved_by is null
    or (p.stage <> 'declined' and exists (
          select 1 from payment twin
           where (twin.mof_div_code, twin.plan_id, twin.request_id, twin.part_date) =
                 (p.mof_div_code, p.plan_id, p.request_id, p.part_date)
             and twin.id <> p.id and twin.stage <> 'declined'));
