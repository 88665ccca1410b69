-- What the simulated bank paid and gave back is what was booked, payment by payment, but for what is not told or read yet.
-- Why: bank = ledger, the proof that no payment was made twice or forgotten.
with booked as (
  select mof_div_code, id as payment_id, 'paid' as direction, amount, bank_reference as reference, value_date as day,
         account_code from payment where stage in ('settled', 'returned')
  union all
  select mof_div_code, id, 'returned', amount, return_reference, return_value_date, account_code
    from payment where stage = 'returned'
)
select mof_div_code, payment_id, direction, booked.amount as booked, entry.amount as printed
  from booked
  full join simulated_bank.entry as entry using (mof_div_code, payment_id, direction, reference, day, account_code)
 where booked.amount is distinct from entry.amount
   and not (booked.amount is null and exists (
         select 1 from simulated_bank.instruction i
          where (i.mof_div_code, i.payment_id) = (entry.mof_div_code, entry.payment_id) and i.polls_left >= 0))
   and not (booked.amount is null and coalesce((
         select min(a.seq) > coalesce((select nullif(c.cursor, '')::bigint from bank_cursor c
                                        where c.mof_div_code = entry.mof_div_code), 0)
           from simulated_bank.answer a
          where (a.mof_div_code, a.reference) = (entry.mof_div_code, entry.reference)), false));
