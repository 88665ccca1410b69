-- What was carried over goes on as one request of a later month, for no more than was closed.
-- Why: a carry-over that is lost forgets a claim; one that grows makes money.
select r.mof_div_code, r.id, r.closed, n.id as next_id, n.amount as next_amount, r.month, n.month as next_month
  from fund_request r
  left join fund_request n on (n.mof_div_code, n.id) = (r.mof_div_code, r.continued_as)
 where r.continued_as is not null
   and (n.carried_from is distinct from r.id or n.amount > r.closed or n.month <= r.month);
