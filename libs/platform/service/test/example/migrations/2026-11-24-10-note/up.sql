create table note (
  mof_div_code text not null,
  id           uuid not null,
  amount       numeric(20, 2) not null,
  day          date not null,
  state        text not null,
  version      int not null default 1,
  primary key (mof_div_code, id)
);
