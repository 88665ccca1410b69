-- A plan that came into force has a signature under each of its steps, none by or for who made it, none twice by one person.
-- Why: amounts above a threshold are not paid on one person's word, and nobody approves their own.
select plan.mof_div_code, plan.id, plan.made_by, plan.approved_by, jsonb_agg(sign.person) as signed
  from plan
  left join plan_approval sign on (sign.mof_div_code, sign.plan_id) = (plan.mof_div_code, plan.id)
 group by plan.mof_div_code, plan.id
having bool_or(plan.made_by in (sign.person, coalesce(sign.on_behalf_of, '')))
    or (plan.approved_by is not null and count(sign.step) <> jsonb_array_length(plan.steps))
    or exists (select from plan_approval one join plan_approval other using (mof_div_code, plan_id)
                where (one.mof_div_code, one.plan_id) = (plan.mof_div_code, plan.id) and one.step <> other.step
                  and one.person in (other.person, coalesce(other.on_behalf_of, '')));
