-- A report's own figures are those of the receipts that came in with it.
-- Why: a file counts as taken in whole; a line that is missing or doubled shows here.
select f.mof_div_code, f.file_id, f.line_count, f.taken, f.total, count(r.receipt_id) as receipts
  from receipt_file f
  left join receipt r on r.mof_div_code = f.mof_div_code and r.file_id = f.file_id
 group by f.mof_div_code, f.file_id
having f.taken <> count(r.receipt_id)
    or (f.taken = f.line_count and f.total <> coalesce(sum(r.amount), 0));
