-- Per division and year, what approved documents gave equals the sources of its lines (资金来源 = 资金运用).
-- Why: an allotment without its document, or a document allotted twice, breaks this and nothing else.
with given as (
  select mof_div_code, fiscal_year, sum(total) as amount
    from budget where approved_by is not null group by 1, 2
),
sources as (
  select mof_div_code, fiscal_year, sum(sources) as amount from quota_line group by 1, 2
)
select mof_div_code, fiscal_year, given.amount as given, sources.amount as sources
  from given full join sources using (mof_div_code, fiscal_year)
 where coalesce(given.amount, 0) <> coalesce(sources.amount, 0);
