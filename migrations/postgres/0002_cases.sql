-- Cases and what happens to them.
-- Gaps are allowed: a sequence is not rolled back and nobody waits for it.
create sequence number_series;

create table cases (
    seq bigint primary key,
    id text not null unique,
    number text not null unique,
    type_key text not null references complaint_types (key),
    form_version bigint not null,
    store_id text not null references stores (id),
    channel text not null,
    phase text not null,
    status_id text,
    handler_id text references staff (id),
    registered_by text,
    sold bigint not null,
    title text not null,
    customer_name text not null,
    customer_email text not null,
    customer_phone text not null,
    customer_locale text not null,
    receipt_number text not null,
    -- JSON of domain::form::Answers, canonical.
    answers text not null,
    -- Folded words that the search finds the case by.
    words text not null,
    verdict text,
    -- JSON of the decision and the settlement with their authors and times.
    decision text,
    settlement text,
    archived bigint not null,
    archive_reason text,
    -- Civil date, ISO 8601; our own target.
    due_on text,
    letter_failed bigint not null,
    thumbnail_id text,
    version bigint not null,
    registered_at bigint not null,
    updated_at bigint not null
);

create table drafts (
    id text primary key,
    staff_id text not null references staff (id),
    type_key text not null,
    form_version bigint not null,
    store_id text not null,
    answers text not null,
    -- Set when a case is edited: the version that was read.
    editing_version bigint,
    updated_at bigint not null
);
create index drafts_staff on drafts (staff_id, updated_at);

create table notes (
    id text primary key,
    case_id text not null references cases (id),
    own bigint not null,
    body text not null,
    staff_id text not null references staff (id),
    at bigint not null
);
create index notes_case on notes (case_id, at);

create table events (
    id text primary key,
    case_id text not null references cases (id),
    staff_id text,
    at bigint not null,
    -- JSON of domain::event::EventKind.
    body text not null
);
create index events_case on events (case_id, at);

-- The search index follows the cases by itself.
alter table cases add column words_index tsvector generated always as (to_tsvector('simple', words)) stored;
create index cases_words on cases using gin (words_index) with (fastupdate = off);
