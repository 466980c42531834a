-- JSON of domain::waiting::Pauses; empty for the shipped ones.
alter table organisation add column pauses text not null default '';

-- Who gets a case, tried in their order.
create table assignment_rules (
    id text primary key,
    position integer not null,
    -- JSON of domain::assignment::Rule.
    body text not null
) strict;

-- Who takes over where a type's own handler cannot, in their order.
create table type_deputies (
    type_key text not null references complaint_types (key),
    staff_id text not null references staff (id),
    position integer not null,
    primary key (type_key, staff_id)
) strict;

-- Whose turn it is, by rule.
create table assignment_turns (
    pool text primary key,
    turn integer not null
) strict;

-- Civil days at the store, both included.
create table absences (
    id text primary key,
    staff_id text not null references staff (id),
    first_day text not null,
    last_day text not null,
    substitute_id text references staff (id)
) strict;
create index absences_staff on absences (staff_id, first_day);

-- Open cases that nobody has.
create index cases_nobody on cases (registered_at, seq) where handler_id is null and archived = 0;
