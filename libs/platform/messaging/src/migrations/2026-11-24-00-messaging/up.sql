create table outbox (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  mof_div_code text not null,
  aggregate_id text not null,
  type text not null,
  subject text not null,
  actor text not null,
  traceparent text,
  data jsonb not null,
  recorded_at timestamptz not null default now(),
  published_at timestamptz
);
create index outbox_unpublished on outbox (seq) where published_at is null;
create index outbox_recorded on outbox (recorded_at);

create table inbox (
  mof_div_code text not null,
  consumer text not null,
  event_id text not null,
  received_at timestamptz not null default now(),
  primary key (mof_div_code, consumer, event_id)
);

create table parked_event (
  id uuid primary key,
  mof_div_code text not null,
  consumer text not null,
  event_id text not null,
  type text,
  topic text not null,
  key text not null,
  value text not null,
  mended_data jsonb,
  cause text not null,
  attempts integer not null,
  parked_at timestamptz not null default now(),
  replayed_at timestamptz,
  replayed_by text,
  constraint parked_event_once unique (mof_div_code, consumer, event_id),
  constraint parked_event_replayed check ((replayed_at is null) = (replayed_by is null))
);
create index parked_event_waiting on parked_event (mof_div_code, parked_at) where replayed_at is null;

create table parked_event_mend_log (
  id bigint generated always as identity primary key,
  mof_div_code text not null,
  parked_event_id uuid not null references parked_event,
  person text not null,
  data_before jsonb not null,
  data_after jsonb not null,
  mended_at timestamptz not null default now()
);
create index parked_event_mend_log_of on parked_event_mend_log (parked_event_id);
