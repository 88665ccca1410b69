-- The line of a hold, locked, then the hold and one of its payments. Without `of_line` it is the line of the hold.
create function lock_hold(
  division text, of_request uuid, of_line uuid, of_payment uuid,
  out line quota_line, out held hold, out part hold_part
) language plpgsql volatile as $$
begin
  select l.* into line from quota_line l
   where l.mof_div_code = division
     and l.bgt_id = coalesce(of_line, (select h.bgt_id from hold h
          where h.mof_div_code = division and h.request_id = of_request))
     for update;
  select h.* into held from hold h where h.mof_div_code = division and h.request_id = of_request;
  select p.* into part from hold_part p where p.mof_div_code = division and p.payment_id = of_payment;
end $$;
