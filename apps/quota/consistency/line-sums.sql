-- Sources of a line equal its uses: allotted = available + frozen + held + in transit + spent.
-- Why: it is the equation of the quota ledger; a CHECK guards it as well, and may be dropped by mistake.
select mof_div_code, bgt_id, sources, unallotted, available, frozen, held, in_transit, spent
  from quota_line
 where sources <> unallotted + available + frozen + held + in_transit + spent
    or least(sources, unallotted, available, frozen, held, in_transit, spent, returned) < 0;
