-- append-only: statement, snapshot, snapshot_day

create table pool (
  mof_div_code  text not null,
  pool_code     text not null,
  name_zh       text not null,
  name_en       text not null,
  parent        text,
  floor         numeric(20, 2) not null,
  reserve       numeric(20, 2) not null check (reserve >= 0),
  reserve_tiers integer not null check (reserve_tiers between 0 and 99),
  primary key (mof_div_code, pool_code),
  foreign key (mof_div_code, parent) references pool (mof_div_code, pool_code) deferrable initially deferred,
  check (parent <> pool_code)
);

create table account (
  mof_div_code text not null,
  account_code text not null,
  name_zh      text not null,
  name_en      text not null,
  kind         text not null,
  pool_code    text not null,
  primary key (mof_div_code, account_code),
  foreign key (mof_div_code, pool_code) references pool (mof_div_code, pool_code) deferrable initially deferred
);

create table statement (
  mof_div_code text not null,
  id           uuid not null,
  account_code text not null,
  date         date not null,
  opening      numeric(20, 2) not null,
  receipts     numeric(20, 2) not null,
  payments     numeric(20, 2) not null,
  closing      numeric(20, 2) not null,
  actor        text not null,
  recorded_at  timestamptz not null,
  primary key (mof_div_code, id),
  unique (mof_div_code, account_code, date),
  foreign key (mof_div_code, account_code) references account (mof_div_code, account_code),
  check (closing = opening + receipts - payments)
);

create table flow_movement (
  mof_div_code text not null,
  source_kind  text not null check (source_kind in ('history', 'receipt', 'payment', 'return')),
  source_id    text not null,
  series       text not null,
  pool_code    text not null,
  direction    text not null check (direction in ('inflow', 'outflow')),
  day          date not null,
  amount       numeric(20, 2) not null,
  recorded_at  timestamptz not null,
  primary key (mof_div_code, source_kind, source_id),
  foreign key (mof_div_code, pool_code) references pool (mof_div_code, pool_code)
);
create index flow_by_series on flow_movement (mof_div_code, series, pool_code, day);

create table snapshot (
  mof_div_code text not null,
  id           uuid not null,
  origin       date not null,
  horizon_days integer not null check (horizon_days between 1 and 90),
  model        text not null,
  quantile     numeric(4, 3) not null check (quantile > 0 and quantile < 1),
  seed         integer not null,
  -- The published data, whole: what planning counts on.
  planning     jsonb not null,
  -- Per pool: the first day on which the balance may fall under the floor, and how likely.
  shortfall    jsonb not null,
  notes        jsonb not null,
  -- Flows recorded up to here were seen, no later one.
  cut_off      timestamptz not null,
  actor        text not null,
  recorded_at  timestamptz not null,
  primary key (mof_div_code, id)
);
create index snapshot_by_origin on snapshot (mof_div_code, origin desc, id desc);

create table snapshot_day (
  mof_div_code text not null,
  snapshot_id  uuid not null,
  pool_code    text not null,
  series       text not null,
  day          date not null,
  mean         numeric(20, 2) not null,
  -- In the order 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5 per cent.
  quantiles    numeric(20, 2)[] not null,
  primary key (mof_div_code, snapshot_id, pool_code, series, day),
  foreign key (mof_div_code, snapshot_id) references snapshot (mof_div_code, id)
);
