-- append-only: plan_document, plan_item, plan_part, forecast_snapshot, reconciliation, bank_contradiction

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

create table pool (
  mof_div_code  text not null,
  pool_code     text not null,
  name_zh       text not null,
  name_en       text not null,
  parent        text,
  reserve_tiers integer not null check (reserve_tiers between 0 and 99),
  primary key (mof_div_code, pool_code),
  foreign key (mof_div_code, parent) references pool deferrable initially deferred,
  constraint pool_not_its_parent check (parent <> pool_code)
);

create table account (
  mof_div_code text not null,
  account_code text not null,
  name_zh      text not null,
  name_en      text not null,
  kind         text not null,
  pool_code    text not null,
  primary key (mof_div_code, account_code),
  foreign key (mof_div_code, pool_code) references pool deferrable initially deferred
);

create table priority_policy (
  mof_div_code   text not null,
  version        text not null,
  effective_from date not null,
  name_zh        text not null,
  name_en        text not null,
  rules          jsonb not null,
  primary key (mof_div_code, version)
);

-- One row for each division that was imported; commands about business days and plans lock it.
create table division_setting (
  mof_div_code    text primary key,
  same_day_inflow boolean not null,
  timing          text not null check (timing in ('due', 'earliest'))
);

create table business_day (
  mof_div_code text not null,
  day          date not null,
  status       text not null check (status in ('opened', 'cut-off', 'closed')),
  opened_at    timestamptz not null,
  cut_off_at   timestamptz,
  closed_at    timestamptz,
  version      integer not null default 1,
  primary key (mof_div_code, day)
);
create unique index business_day_one_open on business_day (mof_div_code) where status = 'opened';

create table fund_request (
  mof_div_code    text not null,
  id              uuid not null,
  stage           text not null check (stage in ('entered', 'returned-to-unit', 'submitted', 'refused', 'held',
                                                 'paid', 'withdrawn', 'carried-over', 'lapsed')),
  bgt_id          uuid not null,
  agency_code     text not null,
  amount          numeric(20, 2) not null check (amount > 0),
  earliest        date,
  due             date not null,
  latest          date not null,
  divisible       boolean not null,
  min_part        numeric(20, 2),
  purpose         text not null,
  payee_name      text not null,
  payee_account   text not null,
  payee_bank_code text not null,
  reference       text,
  -- Everybody who entered or amended it, the latest last.
  editors         text[] not null check (cardinality(editors) > 0),
  entered_at      timestamptz not null,
  submitted_at    timestamptz,
  carried_from    uuid,
  continued_as    uuid,
  note            text,
  quota_refusal   jsonb,
  line            jsonb,
  tier            integer,
  urgency         integer,
  pool_code       text,
  paid            numeric(20, 2) not null default 0 check (paid >= 0),
  in_flight       numeric(20, 2) not null default 0 check (in_flight >= 0),
  awaiting_quota  numeric(20, 2) not null default 0 check (awaiting_quota >= 0),
  closed          numeric(20, 2) not null default 0 check (closed >= 0),
  lapsed          numeric(20, 2) not null default 0 check (lapsed >= 0),
  outstanding     numeric(20, 2) generated always as
                    (amount - paid - in_flight - awaiting_quota - closed - lapsed) stored,
  declined_on     date,
  version         integer not null default 1,
  month           text generated always as
                    (lpad(extract(year from due)::text, 4, '0') || '-' ||
                     lpad(extract(month from due)::text, 2, '0')) stored,
  primary key (mof_div_code, id),
  foreign key (mof_div_code, agency_code) references unit,
  constraint fund_request_window check (due <= latest and (earliest is null or earliest <= latest)),
  constraint fund_request_min_part check (min_part is null or (divisible and min_part > 0 and min_part <= amount)),
  constraint fund_request_books check (outstanding >= 0),
  constraint fund_request_held_by_quota check (stage <> 'held' or line is not null),
  constraint fund_request_paid_whole check (stage <> 'paid' or paid = amount)
);
create index fund_request_by_due on fund_request (mof_div_code, due, id);
create index fund_request_by_unit on fund_request (mof_div_code, agency_code, due, id);
create index fund_request_held on fund_request (mof_div_code, due) where stage = 'held';

create table fund_request_log (
  mof_div_code text not null,
  request_id   uuid not null,
  place        integer not null,
  at           timestamptz not null,
  actor        text not null,
  event        jsonb not null,
  primary key (mof_div_code, request_id, place)
);

create table forecast_snapshot (
  mof_div_code text not null,
  snapshot_id  uuid not null,
  origin       date not null,
  published_at timestamptz not null,
  data         jsonb not null,
  primary key (mof_div_code, snapshot_id)
);

create table receipt_day (
  mof_div_code text not null,
  day          date not null,
  receipts     numeric(20, 2) not null,
  primary key (mof_div_code, day)
);

create table statement_day (
  mof_div_code text not null,
  account_code text not null,
  day          date not null,
  opening      numeric(20, 2) not null,
  receipts     numeric(20, 2) not null,
  payments     numeric(20, 2) not null,
  closing      numeric(20, 2) not null,
  primary key (mof_div_code, account_code, day)
);

create table plan (
  mof_div_code   text not null,
  id             uuid not null,
  month          text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  made_on        date not null,
  horizon_to     date not null,
  forecast_id    uuid not null,
  policy_version text not null,
  stage          text not null check (stage in ('proposed', 'in-force', 'superseded')),
  digest         text not null,
  checked        boolean not null,
  findings       jsonb not null,
  ranks          jsonb not null,
  alarms         jsonb not null,
  -- Promises of the plan then in force that it does not keep.
  broken         jsonb not null,
  made_by        text not null,
  made_at        timestamptz not null,
  approved_by    text,
  approved_at    timestamptz,
  version        integer not null default 1,
  primary key (mof_div_code, id),
  constraint plan_approved_by_another check (approved_by <> made_by),
  constraint plan_approved check (stage <> 'in-force' or approved_by is not null)
);
create unique index plan_one_in_force on plan (mof_div_code) where stage = 'in-force';
create index plan_by_time on plan (mof_div_code, made_at desc, id desc);

create table plan_document (
  mof_div_code text not null,
  plan_id      uuid not null,
  problem      text not null,
  plan         text not null,
  primary key (mof_div_code, plan_id),
  foreign key (mof_div_code, plan_id) references plan
);

create table plan_item (
  mof_div_code text not null,
  plan_id      uuid not null,
  request_id   uuid not null,
  bgt_id       uuid not null,
  amount       numeric(20, 2) not null,
  tier         integer not null,
  urgency      integer not null,
  pool_code    text not null,
  due          date not null,
  status       text not null check (status in ('on-time', 'late', 'partial', 'deferred')),
  reason       jsonb,
  primary key (mof_div_code, plan_id, request_id),
  foreign key (mof_div_code, plan_id) references plan,
  foreign key (mof_div_code, request_id) references fund_request
);
create index plan_item_of_request on plan_item (mof_div_code, request_id);

create table plan_part (
  mof_div_code text not null,
  plan_id      uuid not null,
  request_id   uuid not null,
  date         date not null,
  amount       numeric(20, 2) not null check (amount > 0),
  primary key (mof_div_code, plan_id, request_id, date),
  foreign key (mof_div_code, plan_id, request_id) references plan_item
);

create table payment (
  mof_div_code    text not null,
  id              uuid not null,
  instruction_id  uuid not null,
  plan_id         uuid not null,
  request_id      uuid not null,
  part_date       date not null,
  bgt_id          uuid not null,
  pool_code       text not null,
  account_code    text not null,
  amount          numeric(20, 2) not null check (amount > 0),
  stage           text not null check (stage in ('asked', 'declined', 'confirmed', 'sent', 'refused',
                                                 'settled', 'returned')),
  -- Business day of the instruction.
  day             date not null,
  instructed_by   text not null,
  instructed_at   timestamptz not null,
  declined        jsonb,
  bank_reference  text,
  value_date      date,
  booked_on       date,
  -- A return, or the bank's refusal; an early one waits for its settlement.
  return_id       uuid,
  return_reference text,
  return_value_date date,
  return_booked_on date,
  return_reason   jsonb,
  quota_word      text check (quota_word in ('awaited', 'restored', 'lapsed')),
  version         integer not null default 1,
  primary key (mof_div_code, id),
  foreign key (mof_div_code, plan_id, request_id, part_date) references plan_part,
  constraint payment_settlement check
    ((stage in ('settled', 'returned')) =
     (bank_reference is not null and value_date is not null and booked_on is not null)),
  constraint payment_declined check ((stage = 'declined') = (declined is not null)),
  constraint payment_quota_word check ((stage = 'returned') = (quota_word is not null))
);
-- A part is paid once. What quota declined may be asked again.
create unique index payment_once on payment (mof_div_code, plan_id, request_id, part_date) where stage <> 'declined';
create index payment_by_day on payment (mof_div_code, day, id);
create index payment_of_request on payment (mof_div_code, request_id);
create index payment_unfinished on payment (mof_div_code, stage) where stage in ('asked', 'confirmed', 'sent');
create index payment_by_value_date on payment (mof_div_code, value_date);
create index payment_by_return on payment (mof_div_code, return_value_date) where return_value_date is not null;

create table payment_log (
  mof_div_code text not null,
  payment_id   uuid not null,
  place        integer not null,
  at           timestamptz not null,
  event        jsonb not null,
  primary key (mof_div_code, payment_id, place)
);

-- How far the bank's answers have been read.
create table bank_cursor (
  mof_div_code text primary key,
  cursor       text not null
);

-- Answers of the bank that cannot be true; they make reconciliation disagree and are looked at by people.
create table bank_contradiction (
  mof_div_code text not null,
  answer_id    text not null,
  payment_id   uuid not null,
  why          text not null,
  answer       jsonb not null,
  seen_at      timestamptz not null,
  primary key (mof_div_code, answer_id)
);

create table reconciliation (
  mof_div_code text not null,
  id           uuid not null,
  day          date not null,
  agrees       boolean not null,
  matched      integer not null,
  paid         numeric(20, 2) not null,
  returned     numeric(20, 2) not null,
  -- Payments given to the bank that it has not answered yet.
  unanswered   integer not null,
  differences  jsonb not null,
  bank         text not null,
  made_by      text not null,
  made_at      timestamptz not null,
  primary key (mof_div_code, id)
);
create index reconciliation_by_day on reconciliation (mof_div_code, day, made_at desc);
