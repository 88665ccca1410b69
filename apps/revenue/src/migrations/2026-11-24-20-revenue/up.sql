-- append-only: receipt, receipt_file, collection

create table unit (
  mof_div_code text not null,
  agency_code  text not null,
  name_zh      text not null,
  name_en      text not null,
  sup_dep_code text,
  mof_dep_code text not null,
  primary key (mof_div_code, agency_code)
);

create table account (
  mof_div_code text not null,
  account_code text not null,
  name_zh      text not null,
  name_en      text not null,
  kind         text not null,
  pool_code    text not null,
  primary key (mof_div_code, account_code)
);

create table code (
  mof_div_code text not null,
  code_table   text not null check (code_table in ('income', 'fund_type')),
  fiscal_year  integer not null,
  code         text not null,
  name_zh      text not null,
  name_en      text not null,
  parent       text,
  primary key (mof_div_code, code_table, fiscal_year, code)
);

create table receipt_file (
  mof_div_code text not null,
  file_id      uuid not null,
  name         text not null,
  sha256       text not null,
  line_count   integer not null check (line_count > 0),
  taken        integer not null check (taken between 0 and line_count),
  total        numeric(20, 2) not null,
  date         date not null,
  actor        text not null,
  recorded_at  timestamptz not null,
  primary key (mof_div_code, file_id),
  unique (mof_div_code, sha256)
);

create table receipt (
  mof_div_code   text not null,
  receipt_id     uuid not null,
  entry_id       uuid not null,
  file_id        uuid,
  date           date not null,
  value_date     date not null,
  account_code   text not null,
  pool_code      text not null,
  item_code      text not null,
  fund_type_code text not null,
  agency_code    text,
  amount         numeric(20, 2) not null check (amount <> 0),
  reference      text not null,
  reversal_of    uuid,
  reason         text,
  actor          text not null,
  recorded_at    timestamptz not null,
  primary key (mof_div_code, receipt_id),
  unique (mof_div_code, reversal_of),
  foreign key (mof_div_code, account_code) references account,
  foreign key (mof_div_code, agency_code) references unit,
  foreign key (mof_div_code, reversal_of) references receipt,
  foreign key (mof_div_code, file_id) references receipt_file,
  constraint receipt_reversed_with_reason check ((reversal_of is null) = (reason is null))
);
create unique index receipt_reference on receipt (mof_div_code, account_code, value_date, reference)
  where reversal_of is null;
create index receipt_value_date on receipt (mof_div_code, value_date, receipt_id);

create table collection (
  mof_div_code   text not null,
  collection_id  uuid not null,
  bill_no        text not null,
  date           date not null,
  item_code      text not null,
  fund_type_code text not null,
  agency_code    text not null,
  amount         numeric(20, 2) not null check (amount <> 0),
  reversal_of    uuid,
  reason         text,
  actor          text not null,
  recorded_at    timestamptz not null,
  primary key (mof_div_code, collection_id),
  unique (mof_div_code, reversal_of),
  foreign key (mof_div_code, agency_code) references unit,
  foreign key (mof_div_code, reversal_of) references collection,
  constraint collection_reversed_with_reason check ((reversal_of is null) = (reason is null))
);
create index collection_bill on collection (mof_div_code, bill_no);
create index collection_date on collection (mof_div_code, date, collection_id);
