-- One account, value date and reference are one receipt.
-- Why: a line of the treasury's report must count once, however often it is brought.
select mof_div_code, account_code, value_date, reference, count(*)
  from receipt where reversal_of is null
 group by 1, 2, 3, 4 having count(*) > 1;
