-- What a hold has held, in transit and spent is the sum of the movements made for its request.
-- Why: the movements of a line may sum up while two of its requests are mixed up.
with entry as (
  select mof_div_code, request_id, debit as account, -amount as amount
    from line_movement where request_id is not null
  union all
  select mof_div_code, request_id, credit, amount from line_movement where request_id is not null
),
moved as (
  select mof_div_code, request_id,
         coalesce(sum(amount) filter (where account = 'Q221'), 0) as held,
         coalesce(sum(amount) filter (where account = 'Q222'), 0) as in_transit,
         coalesce(sum(amount) filter (where account = 'Q223'), 0) as spent
    from entry group by 1, 2
)
select mof_div_code, request_id, h.held, moved.held as moved_held, h.in_transit,
       moved.in_transit as moved_in_transit, h.spent, moved.spent as moved_spent
  from hold h full join moved using (mof_div_code, request_id)
 where (h.held, h.in_transit, h.spent) is distinct from (moved.held, moved.in_transit, moved.spent);
