-- A request is at exactly the one stage that its books say.
-- Why: a request that is finished with money outstanding is forgotten; one that is open with none is planned for ever.
select mof_div_code, id, stage, amount, outstanding, in_flight, awaiting_quota, paid, closed, lapsed
  from fund_request
 where stage <> case
         when stage in ('entered', 'returned-to-unit', 'submitted', 'refused')
              and outstanding = amount and line is null then stage
         when outstanding > 0 or in_flight > 0 or awaiting_quota > 0 then 'held'
         when lapsed > 0 then 'lapsed'
         when closed > 0 and continued_as is not null then 'carried-over'
         when closed > 0 then 'withdrawn'
         else 'paid' end;
