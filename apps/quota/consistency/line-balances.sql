-- Every balance of a line is the sum of its movements.
-- Why: balances are kept beside the movements for speed; if they part, somebody changed one by hand.
with entry as (
  select mof_div_code, bgt_id, debit as account, case debit when 'Q101' then amount else -amount end as amount
    from line_movement
  union all
  select mof_div_code, bgt_id, credit, case credit when 'Q101' then -amount else amount end
    from line_movement
),
moved as (
  select mof_div_code, bgt_id, account, sum(amount) as amount from entry group by 1, 2, 3
),
kept as (
  select mof_div_code, bgt_id, account, amount
    from quota_line,
         lateral (values ('Q101', sources), ('Q201', unallotted), ('Q211', available), ('Q212', frozen),
                         ('Q221', held), ('Q222', in_transit), ('Q223', spent)) as balance (account, amount)
)
select mof_div_code, bgt_id, account, kept.amount as kept, moved.amount as moved
  from kept full join moved using (mof_div_code, bgt_id, account)
 where coalesce(kept.amount, 0) <> coalesce(moved.amount, 0);
