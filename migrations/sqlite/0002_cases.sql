-- Cases and what happens to them.
create table number_series (
    id integer primary key check (id = 1),
    last integer not null
) strict;
insert into number_series (id, last) values (1, 0);

create table cases (
    seq integer primary key,
    id text not null unique,
    number text not null unique,
    type_key text not null references complaint_types (key),
    form_version integer not null,
    store_id text not null references stores (id),
    channel text not null,
    phase text not null,
    status_id text,
    handler_id text references staff (id),
    registered_by text,
    sold integer not null,
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
    archived integer not null,
    archive_reason text,
    -- Civil date, ISO 8601; our own target.
    due_on text,
    letter_failed integer not null,
    thumbnail_id text,
    version integer not null,
    registered_at integer not null,
    updated_at integer not null
) strict;

create table drafts (
    id text primary key,
    staff_id text not null references staff (id),
    type_key text not null,
    form_version integer not null,
    store_id text not null,
    answers text not null,
    -- Set when a case is edited: the version that was read.
    editing_version integer,
    updated_at integer not null
) strict;
create index drafts_staff on drafts (staff_id, updated_at);

create table notes (
    id text primary key,
    case_id text not null references cases (id),
    own integer not null,
    body text not null,
    staff_id text not null references staff (id),
    at integer not null
) strict;
create index notes_case on notes (case_id, at);

create table events (
    id text primary key,
    case_id text not null references cases (id),
    staff_id text,
    at integer not null,
    -- JSON of domain::event::EventKind.
    body text not null
) strict;
create index events_case on events (case_id, at);

-- The search index follows the cases by itself.
create virtual table case_words using fts5 (
    words, content = 'cases', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 0', detail = 'none', prefix = '2 3'
);
create trigger cases_words_insert after insert on cases begin
    insert into case_words (rowid, words) values (new.seq, new.words);
end;
create trigger cases_words_update after update of words on cases when old.words <> new.words begin
    insert into case_words (case_words, rowid, words) values ('delete', old.seq, old.words);
    insert into case_words (rowid, words) values (new.seq, new.words);
end;
