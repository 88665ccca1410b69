-- Each statement opens with the closing of the one before it.
-- Why: a balance that does not follow from the day before hides a movement that nobody reported.
select mof_div_code, account_code, date, opening, previous_closing
from (
  select s.*, lag(closing) over (partition by mof_div_code, account_code order by date) as previous_closing
  from statement s
) chained
where previous_closing is not null and opening <> previous_closing;
