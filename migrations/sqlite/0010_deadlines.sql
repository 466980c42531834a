-- The version of the table of deadlines that a case is frozen with; 0: a case from before, which a job looks at once.
alter table cases add column law_version integer not null default 0;
-- JSON of domain::deadline::recorded::Recorded: what the law looks at and the answers do not hold.
alter table cases add column law_facts text not null default '{}';
-- The nearest last safe day of what the law still decides; 9999-12-31 for none, as due_on does, and in the archive.
alter table cases add column law_on text not null default '9999-12-31';
-- The next day on which somebody is to be told of a deadline; 9999-12-31 for none.
alter table cases add column watch_on text not null default '9999-12-31';
create index cases_law on cases (law_on, seq) where law_on < '9999-12-31';
create index cases_watch on cases (watch_on, seq) where watch_on < '9999-12-31';
create index cases_lawless on cases (seq) where law_version = 0;

-- What was done about a deadline, each once: see domain::deadline::watch::key.
create table law_steps (
    key text primary key,
    case_id text not null references cases (id),
    at integer not null
) strict;
create index law_steps_case on law_steps (case_id);

-- DE alone: the state, whose holidays are its own. Empty where nobody said.
alter table stores add column land text not null default '';
-- As the law tells goods apart (domain::deadline::regimes::GoodsKind).
alter table complaint_types add column goods text not null default 'ordinary';
update complaint_types set goods = 'durable'
    where key in ('electronics', 'appliances', 'furniture', 'garden', 'jewellery', 'child');
-- JSON of the statement on out-of-court dispute resolution; empty until it is made.
alter table organisation add column adr text not null default '';
-- JSON of domain::deadline::watch::Plan; empty for the shipped one.
alter table organisation add column watch_plan text not null default '';
