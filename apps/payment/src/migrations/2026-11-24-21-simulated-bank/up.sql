create schema simulated_bank;

-- How the simulated bank of a division behaves; without a row it settles everything at once.
create table simulated_bank.behaviour (
  mof_div_code       text primary key,
  seed               text not null,
  -- How many times it is asked before it answers about an instruction.
  polls_before_answer integer not null check (polls_before_answer >= 0),
  -- How many times it tells each answer again.
  repeats            integer not null check (repeats >= 0),
  refused_percent    integer not null check (refused_percent between 0 and 100),
  returned_percent   integer not null check (returned_percent between 0 and 100),
  return_after_days  integer not null check (return_after_days >= 0)
);

create table simulated_bank.instruction (
  mof_div_code text not null,
  payment_id   uuid not null,
  account_code text not null,
  amount       numeric(20, 2) not null check (amount > 0),
  day          date not null,
  payee_name   text not null,
  received     bigint generated always as identity,
  outcome      text not null check (outcome in ('settle', 'refuse', 'settle-and-return')),
  -- What it did is done at once and told after so many polls; -1: told.
  polls_left   integer not null check (polls_left >= -1),
  -- The first day on which the money comes back.
  return_from  date,
  primary key (mof_div_code, payment_id),
  constraint instruction_returns check ((outcome = 'settle-and-return') >= (return_from is not null))
);
create index instruction_untold on simulated_bank.instruction (mof_div_code) where polls_left >= 0;
create index instruction_to_return on simulated_bank.instruction (mof_div_code, return_from)
  where return_from is not null;

-- What it tells, in the order in which it tells it; the same answer may stand here more than once.
create table simulated_bank.answer (
  mof_div_code text not null,
  seq          bigint generated always as identity,
  payment_id   uuid not null,
  kind         text not null check (kind in ('settled', 'refused', 'returned')),
  amount       numeric(20, 2) not null,
  reference    text not null,
  value_date   date not null,
  reason_zh    text,
  reason_en    text,
  primary key (mof_div_code, seq)
);

-- Movements on the accounts, as the bank prints them.
create table simulated_bank.entry (
  mof_div_code text not null,
  account_code text not null,
  day          date not null,
  payment_id   uuid not null,
  direction    text not null check (direction in ('paid', 'returned')),
  amount       numeric(20, 2) not null check (amount > 0),
  reference    text not null,
  primary key (mof_div_code, reference)
);
create index entry_by_day on simulated_bank.entry (mof_div_code, account_code, day);
