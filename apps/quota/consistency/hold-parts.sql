-- What a hold has in transit and spent is the sum of its payments.
-- Why: a settlement or return that moved money twice, or none, shows here.
with part as (
  select mof_div_code, request_id,
         sum(amount) filter (where settled and returned <> 'same-year') as spent,
         sum(amount) filter (where not settled and confirmed and returned <> 'unsettled') as in_transit
    from hold_part group by 1, 2
)
select h.mof_div_code, h.request_id, h.in_transit, h.spent, part.in_transit as parts_in_transit,
       part.spent as parts_spent
  from hold h left join part using (mof_div_code, request_id)
 where h.in_transit <> coalesce(part.in_transit, 0) or h.spent <> coalesce(part.spent, 0)
    or h.amount <> h.held + h.in_transit + h.spent + h.released;
