-- append-only: budget_line, planned_hold

create table section (
  mof_div_code text not null,
  mof_dep_code text not null,
  name_zh      text not null,
  name_en      text not null,
  primary key (mof_div_code, mof_dep_code)
);

create table unit (
  mof_div_code text not null,
  agency_code  text not null,
  name_zh      text not null,
  name_en      text not null,
  sup_dep_code text,
  mof_dep_code text not null,
  primary key (mof_div_code, agency_code),
  foreign key (mof_div_code, mof_dep_code) references section
);

create table project (
  mof_div_code text not null,
  pro_code     text not null,
  name_zh      text not null,
  name_en      text not null,
  agency_code  text not null,
  primary key (mof_div_code, pro_code),
  foreign key (mof_div_code, agency_code) references unit
);

create table code (
  mof_div_code text not null,
  code_table   text not null check (code_table in ('exp_func', 'gov_eco', 'dep_eco', 'fund_type', 'income')),
  fiscal_year  integer not null,
  code         text not null,
  name_zh      text not null,
  name_en      text not null,
  parent       text,
  primary key (mof_div_code, code_table, fiscal_year, code)
);

create table budget (
  mof_div_code   text not null,
  budget_id      uuid not null,
  cor_bgt_doc_no text not null,
  fiscal_year    integer not null,
  line_count     integer not null check (line_count > 0),
  total          numeric(20, 2) not null,
  entered_by     text not null,
  entered_at     timestamptz not null,
  approved_by    text,
  approved_at    timestamptz,
  version        integer not null default 1,
  primary key (mof_div_code, budget_id),
  unique (mof_div_code, fiscal_year, cor_bgt_doc_no),
  constraint budget_approved_whole check ((approved_by is null) = (approved_at is null)),
  constraint budget_approved_by_another check (approved_by <> entered_by)
);

create table budget_line (
  mof_div_code     text not null,
  budget_id        uuid not null,
  place            integer not null,
  bgt_id           uuid,
  agency_code      text not null,
  pro_code         text not null,
  exp_func_code    text not null,
  gov_bgt_eco_code text,
  dep_bgt_eco_code text not null,
  fund_type_code   text not null,
  sb_sign          text not null,
  sb_standard      text,
  is_dir           boolean not null,
  bgt_dec          text,
  amount           numeric(20, 2) not null check (amount <> 0),
  -- One text for all dimensions: an index can compare it, and none of them is null in it.
  dimensions       text generated always as (
    agency_code || '|' || pro_code || '|' || exp_func_code || '|' || coalesce(gov_bgt_eco_code, '') || '|' ||
    dep_bgt_eco_code || '|' || fund_type_code || '|' || sb_sign || '|' || coalesce(sb_standard, '') || '|' ||
    case when is_dir then 'direct' else '' end) stored,
  primary key (mof_div_code, budget_id, place),
  unique (mof_div_code, budget_id, dimensions),
  foreign key (mof_div_code, budget_id) references budget
);

create table quota_line (
  mof_div_code     text not null,
  bgt_id           uuid not null,
  fiscal_year      integer not null,
  agency_code      text not null,
  mof_dep_code     text not null,
  pro_code         text not null,
  exp_func_code    text not null,
  gov_bgt_eco_code text,
  dep_bgt_eco_code text not null,
  fund_type_code   text not null,
  cor_bgt_doc_no   text not null,
  sb_sign          text not null check (sb_sign in ('none', 'basic-livelihood', 'wages', 'operation')),
  sb_standard      text check (sb_standard in ('national', 'local')),
  is_dir           boolean not null,
  bgt_dec          text,
  is_frozen        boolean not null default false,
  sources          numeric(20, 2) not null default 0 check (sources >= 0),
  unallotted       numeric(20, 2) not null default 0 check (unallotted >= 0),
  available        numeric(20, 2) not null default 0 check (available >= 0),
  frozen           numeric(20, 2) not null default 0 check (frozen >= 0),
  held             numeric(20, 2) not null default 0 check (held >= 0),
  in_transit       numeric(20, 2) not null default 0 check (in_transit >= 0),
  spent            numeric(20, 2) not null default 0 check (spent >= 0),
  returned         numeric(20, 2) not null default 0 check (returned >= 0),
  moved_at         timestamptz not null,
  version          integer not null default 0,
  -- One text for all dimensions: an index can compare it, and none of them is null in it.
  dimensions       text generated always as (
    agency_code || '|' || pro_code || '|' || exp_func_code || '|' || coalesce(gov_bgt_eco_code, '') || '|' ||
    dep_bgt_eco_code || '|' || fund_type_code || '|' || sb_sign || '|' || coalesce(sb_standard, '') || '|' ||
    case when is_dir then 'direct' else '' end) stored,
  primary key (mof_div_code, bgt_id),
  unique (mof_div_code, fiscal_year, dimensions),
  foreign key (mof_div_code, agency_code) references unit,
  constraint quota_line_balances check
    (sources = unallotted + available + frozen + held + in_transit + spent)
) with (fillfactor = 80);

create table hold (
  mof_div_code text not null,
  request_id   uuid not null,
  bgt_id       uuid not null,
  amount       numeric(20, 2) not null check (amount > 0),
  held         numeric(20, 2) not null check (held >= 0),
  in_transit   numeric(20, 2) not null check (in_transit >= 0),
  spent        numeric(20, 2) not null check (spent >= 0),
  released     numeric(20, 2) not null check (released >= 0),
  held_at      timestamptz not null,
  primary key (mof_div_code, request_id),
  foreign key (mof_div_code, bgt_id) references quota_line,
  constraint hold_stands check (amount = held + in_transit + spent + released)
) with (fillfactor = 80);
create index hold_of_line on hold (mof_div_code, bgt_id, request_id);

create table hold_part (
  mof_div_code text not null,
  payment_id   uuid not null,
  request_id   uuid not null,
  amount       numeric(20, 2) not null check (amount > 0),
  confirmed    boolean not null,
  settled      boolean not null,
  returned     text not null check (returned in ('no', 'unsettled', 'same-year', 'earlier-year')),
  primary key (mof_div_code, payment_id),
  foreign key (mof_div_code, request_id) references hold
);
create index hold_part_of_hold on hold_part (mof_div_code, request_id);

create table planned_hold (
  mof_div_code text not null,
  request_id   uuid not null,
  plan_id      uuid not null,
  primary key (mof_div_code, request_id, plan_id)
);

create table line_mark_log (
  mof_div_code text not null,
  mark_id      bigint generated always as identity,
  bgt_id       uuid not null,
  is_frozen    boolean not null,
  actor        text not null,
  note         text not null,
  marked_at    timestamptz not null,
  primary key (mof_div_code, mark_id),
  foreign key (mof_div_code, bgt_id) references quota_line
);
create index line_mark_log_of_line on line_mark_log (mof_div_code, bgt_id, mark_id);

create table line_movement (
  mof_div_code text not null,
  movement_id  bigint generated always as identity,
  bgt_id       uuid not null,
  kind         text not null,
  debit        text not null check (debit in ('Q101', 'Q201', 'Q211', 'Q212', 'Q221', 'Q222', 'Q223')),
  credit       text not null check (credit in ('Q101', 'Q201', 'Q211', 'Q212', 'Q221', 'Q222', 'Q223')),
  amount       numeric(20, 2) not null check (amount > 0),
  budget_id    uuid,
  request_id   uuid,
  payment_id   uuid,
  actor        text not null,
  note         text,
  moved_at     timestamptz not null,
  primary key (mof_div_code, movement_id),
  foreign key (mof_div_code, bgt_id) references quota_line,
  check (debit <> credit)
);
create index line_movement_of_line on line_movement (mof_div_code, bgt_id, movement_id);
