-- append-only: audit_seal, audit_root, duty_record

create table division (
  mof_div_code      text primary key,
  name_zh           text not null,
  name_en           text not null,
  currency          text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone         text not null,
  fiscal_year_start text not null check (fiscal_year_start ~ '^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$'),
  calendar          text not null check (calendar in ('cn', 'us', 'weekdays')),
  parent            text
);

create table calendar_override (
  mof_div_code   text not null,
  day            date not null,
  is_working_day boolean not null,
  note           text not null default '',
  primary key (mof_div_code, day)
);

create function business_day_rank(state text) returns int language sql immutable as
$$ select array_position(array['open', 'cut-off', 'closed'], state) $$;

create table business_day_copy (
  mof_div_code text not null,
  day          date not null,
  state        text not null check (business_day_rank(state) is not null),
  primary key (mof_div_code, day)
);

create table idempotency_answer (
  mof_div_code    text not null,
  idempotency_key text not null,
  digest          text not null,
  answered_at     timestamptz not null,
  answer          json not null,
  primary key (mof_div_code, idempotency_key)
);
create index idempotency_answer_age on idempotency_answer (answered_at);

create function idempotency_claim(division text, key text, out busy boolean, out digest text, out answer json)
language plpgsql volatile as $$
begin
  busy := not pg_try_advisory_xact_lock(hashtextextended(division || ' ' || key, 7108));
  if busy then return; end if;
  select kept.digest, kept.answer into digest, answer
    from idempotency_answer kept
   where kept.mof_div_code = division and kept.idempotency_key = key;
end $$;

create table audit_entry (
  mof_div_code text not null,
  id           uuid not null,
  at           timestamptz not null,
  person       text not null,
  action       text not null,
  subject      text not null,
  digest       text not null,
  refusal      text,
  transport    text not null,
  trace_id     text,
  primary key (mof_div_code, id)
);
create index audit_entry_subject on audit_entry (mof_div_code, subject);

create table audit_unsealed (
  mof_div_code text not null,
  id           uuid not null,
  primary key (mof_div_code, id)
);

create table audit_seal (
  mof_div_code text not null,
  position     bigint not null check (position > 0),
  entry_id     uuid not null,
  previous     text not null,
  hash         text not null,
  primary key (mof_div_code, position),
  unique (mof_div_code, entry_id),
  foreign key (mof_div_code, entry_id) references audit_entry (mof_div_code, id)
);

create table audit_root (
  mof_div_code text not null,
  day          date not null,
  position     bigint not null,
  hash         text not null,
  signature    text not null,
  public_key   text not null,
  primary key (mof_div_code, day)
);

create table read_log (
  mof_div_code text not null,
  id           uuid not null,
  at           timestamptz not null,
  person       text not null,
  action       text not null,
  subject      text not null,
  fields       text[] not null,
  trace_id     text,
  primary key (mof_div_code, id)
);
create index read_log_subject on read_log (mof_div_code, subject);

create table duty_record (
  mof_div_code text not null,
  person       text not null,
  duty         text not null,
  subject      text not null,
  at           timestamptz not null,
  primary key (mof_div_code, person, duty, subject)
);

-- Who did one may not do the other, in either order: on the same thing, or anywhere in the division within so
-- many days.
create table duty_conflict (
  duty_a      text not null,
  duty_b      text not null,
  on_same     boolean not null,
  within_days int check ((within_days is null) = on_same),
  reason_zh   text not null,
  reason_en   text not null,
  primary key (duty_a, duty_b)
);

insert into duty_conflict (duty_a, duty_b, on_same, within_days, reason_zh, reason_en) values
  ('budget.enter', 'budget.approve', true, null,
    '指标录入与审核不相容', 'who enters a quota document may not approve it'),
  ('fund-request.enter', 'fund-request.review', true, null,
    '用款申请录入与审核不相容', 'who enters a fund request may not review it'),
  ('plan.enter', 'plan.approve', true, null,
    '资金安排与审批不相容', 'who makes a plan may not approve it'),
  ('receipt.enter', 'receipt.approve', true, null,
    '收入录入与审核不相容', 'who enters a receipt may not approve it'),
  ('budget.approve', 'plan.approve', false, 366,
    '指标下达与支付审批不相容', 'who issues quota may not approve payment'),
  ('budget.approve', 'payment.instruct', false, 366,
    '指标下达与支付不相容', 'who issues quota may not pay'),
  ('payment.instruct', 'payment.reconcile', false, 366,
    '凭证签发与银行对账不相容', 'who instructs the bank may not reconcile with it');
