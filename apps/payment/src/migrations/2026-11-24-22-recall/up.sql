alter table payment
  drop constraint payment_stage_check,
  add constraint payment_stage_check check (stage in ('asked', 'declined', 'confirmed', 'recalling', 'sent', 'refused',
                                                      'settled', 'returned')),
  drop constraint payment_declined,
  add constraint payment_declined check ((stage in ('declined', 'recalling')) = (declined is not null));

drop index payment_unfinished;
create index payment_unfinished on payment (mof_div_code, stage)
  where stage in ('asked', 'confirmed', 'recalling', 'sent');

-- Instructions that the simulated bank must not carry out, should they still come.
create table simulated_bank.recalled (
  mof_div_code text not null,
  payment_id   uuid not null,
  primary key (mof_div_code, payment_id)
);
