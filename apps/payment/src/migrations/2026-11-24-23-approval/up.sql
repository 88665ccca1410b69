-- append-only: plan_approval

-- Steps of a chain: [{step, above, signers, titleZh, titleEn}].
create table approval_chain (
  mof_div_code   text not null,
  effective_from date not null,
  steps          jsonb not null,
  primary key (mof_div_code, effective_from)
);

-- Whoever is away lets another sign for them. It ends early where it is revoked, and is never deleted.
create table delegation (
  mof_div_code text not null,
  id           uuid not null,
  from_person  text not null,
  to_person    text not null,
  first_day    date not null,
  last_day     date not null,
  reason       text not null,
  made_by      text not null,
  made_at      timestamptz not null,
  revoked_by   text,
  revoked_at   timestamptz,
  primary key (mof_div_code, id),
  constraint delegation_to_another check (from_person <> to_person),
  constraint delegation_days check (first_day <= last_day),
  constraint delegation_revoked check ((revoked_by is null) = (revoked_at is null))
);
create index delegation_by_day on delegation (mof_div_code, to_person, last_day);

-- The steps that the plan needs, as the chain was when it was made.
alter table plan add column steps jsonb not null
  default '[{"step": 1, "above": "0.00", "signers": [], "titleZh": "审批", "titleEn": "approval"}]';

create table plan_approval (
  mof_div_code text not null,
  plan_id      uuid not null,
  step         integer not null,
  person       text not null,
  on_behalf_of text,
  at           timestamptz not null,
  primary key (mof_div_code, plan_id, step),
  unique (mof_div_code, plan_id, person),
  foreign key (mof_div_code, plan_id) references plan,
  constraint plan_approval_for_another check (on_behalf_of <> person)
);

insert into plan_approval (mof_div_code, plan_id, step, person, at)
select mof_div_code, id, 1, approved_by, approved_at from plan where approved_by is not null;
