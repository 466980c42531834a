-- Cases and what happens to them.
create table number_series (
    id integer primary key check (id = 1),
    last integer not null
) strict;
insert into number_series (id, last) values (1, 0);

-- What lists show stands first, what only a case's own page reads last: SQLite need not follow a long row to its end.
create table cases (
    seq integer primary key,
    id text not null unique,
    number text not null unique,
    version integer not null,
    type_key text not null references complaint_types (key),
    form_version integer not null,
    store_id text not null references stores (id),
    channel text not null,
    phase text not null,
    status_id text,
    handler_id text references staff (id),
    archived integer not null,
    archive_reason text,
    registered_at integer not null,
    updated_at integer not null,
    registered_by text,
    -- Civil date, ISO 8601; our own target. 9999-12-31 once nothing is due, so that such cases sort last.
    due_on text not null,
    letter_failed integer not null,
    thumbnail_id text,
    title text not null,
    customer_name text not null,
    sold integer not null,
    customer_email text not null,
    customer_phone text not null,
    customer_locale text not null,
    receipt_number text not null,
    verdict text,
    -- JSON of the decision and the settlement with their authors and times.
    decision text,
    settlement text,
    -- JSON of domain::form::Answers, canonical.
    answers text not null,
    -- The store's token, then the folded words that the search finds the case by, each once, between single spaces.
    words text not null
) strict;
-- One index for each way a list is entered: everything, a store, a handler, a type, a phase.
create index cases_newest on cases (archived, registered_at, seq);
create index cases_newest_of_store on cases (archived, store_id, registered_at, seq);
create index cases_newest_of_handler on cases (archived, handler_id, registered_at, seq);
create index cases_newest_of_type on cases (archived, type_key, registered_at, seq);
create index cases_newest_in_phase on cases (archived, phase, registered_at, seq);
create index cases_newest_of_store_in_phase on cases (archived, store_id, phase, registered_at, seq);
create index cases_due on cases (archived, due_on, seq) where archived = 0;
create index cases_due_of_store on cases (archived, store_id, due_on, seq) where archived = 0;
create index cases_due_of_handler on cases (archived, handler_id, due_on, seq) where archived = 0;
create index cases_due_in_phase on cases (archived, phase, due_on, seq) where archived = 0;

create table drafts (
    id text not null,
    staff_id text not null references staff (id),
    type_key text not null,
    form_version integer not null,
    store_id text not null,
    answers text not null,
    -- Set when a case is edited: the version that was read.
    editing_version integer,
    updated_at integer not null,
    -- Two who edit one case each keep what they typed.
    primary key (id, staff_id)
) strict;
create index drafts_staff on drafts (staff_id, updated_at);
create index drafts_age on drafts (updated_at);

create table notes (
    seq integer primary key,
    id text not null,
    case_id text not null references cases (id),
    own integer not null,
    body text not null,
    staff_id text not null references staff (id),
    at integer not null
) strict;
create index notes_case on notes (case_id, seq);

create table events (
    seq integer primary key,
    id text not null,
    case_id text not null references cases (id),
    staff_id text,
    at integer not null,
    -- The case's version that an edit made; 0 for everything else.
    version integer not null default 0,
    -- JSON of domain::event::EventKind.
    body text not null
) strict;
create index events_case on events (case_id, seq);

-- The search index follows the cases by itself. Words are folded before they come here; `ascii` splits at spaces and
-- leaves all letters beyond ASCII alone. The beginnings of words that are indexed let a search of few letters walk down
-- from the newest case and stop; longer ones are put together from the words that begin so.
create virtual table case_words using fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii', detail = 'none', prefix = '1 2 3 4 5 6'
);
-- New cases are indexed together, right before the commit that several writes share (store/db.rs): the index writes a
-- whole segment for each savepoint that touches it.
create table words_pending (seq integer primary key) strict;
create trigger cases_words_insert after insert on cases begin
    insert into words_pending (seq) values (new.seq);
end;
create trigger cases_words_update after update of words on cases when old.words <> new.words begin
    update case_words set words = new.words where rowid = new.seq;
end;
