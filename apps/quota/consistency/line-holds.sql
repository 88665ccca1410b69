-- What a line has held, in transit and spent is the sum of its holds.
-- Why: a hold without its line's money would let others take it.
select l.mof_div_code, l.bgt_id, l.held, l.in_transit, l.spent, sum(h.held) as holds_held,
       sum(h.in_transit) as holds_in_transit, sum(h.spent) as holds_spent
  from quota_line l left join hold h using (mof_div_code, bgt_id)
 group by l.mof_div_code, l.bgt_id
having l.held <> coalesce(sum(h.held), 0) or l.in_transit <> coalesce(sum(h.in_transit), 0)
    or l.spent <> coalesce(sum(h.spent), 0);
