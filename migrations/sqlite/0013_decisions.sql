-- What an examination can find (R12); types: JSON of the complaint types' keys, none for all.
create table causes (
    key text primary key,
    name text not null,
    types text not null,
    position integer not null,
    active integer not null
) strict;
-- What suppliers answer (E26).
create table supplier_answers (
    key text primary key,
    name text not null,
    position integer not null,
    active integer not null
) strict;

-- A letter as it stands on paper: written with the change that causes it, and never changed. A job makes its PDF, which lies
-- in the object store under the id, and notes it in made_at.
create table papers (
    id text primary key,
    case_id text not null references cases (id),
    -- Null: nobody could be written to, and it is to be printed.
    letter_id text references letters (id),
    template text not null,
    locale text not null,
    subject text not null,
    body text not null,
    created_at integer not null,
    made_at integer,
    attempts integer not null,
    next_attempt_at integer not null
) strict;
create index papers_case on papers (case_id, created_at);
create index papers_unmade on papers (next_attempt_at) where made_at is null;

-- Each decision of a case as it went out: JSON as in cases.decision. The last is the one that counts.
create table decisions (
    case_id text not null references cases (id),
    nr integer not null,
    body text not null,
    paper_id text references papers (id),
    primary key (case_id, nr)
) strict;
insert into decisions (case_id, nr, body) select id, 1, decision from cases where decision is not null;

-- A decision waits for a second person.
alter table cases add column proposed integer not null default 0;
create index cases_proposed on cases (seq) where proposed = 1;

-- Above so many hundredths a decision needs a second person; null: never.
alter table organisation add column second_above integer;
-- JSON of domain::handling::CollectPlan; empty for the shipped one.
alter table organisation add column collect_plan text not null default '';

-- Goods that lay ready before anybody was reminded: looked at once.
update cases set remind_on = '2000-01-01' where phase = 'ready' and archived = 0;
