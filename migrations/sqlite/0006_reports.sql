-- The customer's side: what is filed from home, how goods come to us, what customers see and write.

-- What strangers meet: JSON of app::backend::PublicForm.
create table public_form (
    id integer primary key check (id = 1),
    body text not null
) strict;

-- Whom parcels go with: the driver's key, and JSON of its settings, which holds its keys.
create table carrier (
    id integer primary key check (id = 1),
    kind text not null,
    settings text not null
) strict;

create table reports (
    id text primary key,
    -- Of the secret that the browser holds which fills it in.
    token_hash text not null unique,
    locale text not null,
    -- SHA-256 of the address that began it: for limits alone, and for an hour.
    origin text not null,
    created_at integer not null,
    updated_at integer not null,
    -- The rest is there once it is sent.
    filed_at integer,
    store_id text references stores (id),
    -- Of the RMA: its one case's, or a collective one.
    number text unique,
    -- Where the letters with the link go; empty again once it is confirmed or has ended.
    email text not null default '',
    -- JSON of domain::report::Delivery.
    delivery text,
    expires_at integer,
    reminded_at integer,
    -- Letters with the link so far.
    letters integer not null default 0,
    confirmed_at integer,
    -- When its contents were thrown away, since nobody had confirmed it in time.
    purged_at integer
) strict;
create index reports_updated on reports (updated_at) where filed_at is null;
create index reports_unconfirmed on reports (expires_at) where filed_at is not null and confirmed_at is null and purged_at is null;
create index reports_origin on reports (origin, created_at) where origin <> '';
create index reports_ended on reports (expires_at) where filed_at is not null;

create table report_items (
    -- Of the case that it becomes; its pictures lie under it already.
    case_id text primary key,
    report_id text not null references reports (id),
    position integer not null,
    type_key text not null references complaint_types (key),
    form_version integer not null,
    -- JSON of domain::form::Answers: as typed, canonical once sent.
    answers text not null,
    -- Its number and place in the series, once sent.
    number text unique,
    seq integer
) strict;
create index report_items_report on report_items (report_id, position);

-- Links that confirm a report; all of them are good until it ends.
create table report_links (
    token_hash text primary key,
    report_id text not null references reports (id)
) strict;
create index report_links_report on report_links (report_id);

create table rmas (
    id text primary key,
    number text not null unique,
    version integer not null,
    store_id text not null references stores (id),
    route text not null,
    state text not null,
    issued_at integer not null,
    -- Civil date, ISO 8601: the last good day.
    valid_until text not null,
    -- JSON of domain::report::Delivery.
    delivery text not null,
    -- The driver's key, and what it calls the shipment and the pick-up.
    carrier text not null,
    shipment text not null default '',
    pick_up text not null default '',
    -- As printed on the parcel.
    waybill text not null default '',
    tracking_url text not null default '',
    -- The carrier's own label in the object store, and its type.
    label_id text,
    label_type text not null default '',
    -- A code that a carrier gives instead of a label.
    code text not null default '',
    -- What a carrier is still to be asked, and when.
    wanted text not null default '',
    attempts integer not null default 0,
    next_attempt_at integer,
    -- Its words, once it did not do it.
    fault text not null default '',
    -- JSON of what was noted when the goods came, and when they were looked at.
    received text,
    inspected text
) strict;
create index rmas_wanted on rmas (next_attempt_at) where next_attempt_at is not null;
create index rmas_issued on rmas (issued_at, id);
create index rmas_waybill on rmas (waybill) where waybill <> '';

alter table cases add column rma_id text references rmas (id);
-- When the link in the letter was opened; `registered_at` is when it was filed. Null for what staff registered.
alter table cases add column confirmed_at integer;
create index cases_rma on cases (rma_id) where rma_id is not null;

-- Links in letters to a case's status page.
create table status_links (
    token_hash text primary key,
    case_id text not null references cases (id),
    expires_at integer not null
) strict;
create index status_links_case on status_links (case_id);
create index status_links_end on status_links (expires_at);

-- Customers who have proved that a case is theirs: one secret a browser, one row a case.
create table customer_sessions (
    token_hash text not null,
    case_id text not null references cases (id),
    expires_at integer not null,
    primary key (token_hash, case_id)
) strict;
create index customer_sessions_end on customer_sessions (expires_at);

-- What customers wrote.
create table messages (
    seq integer primary key,
    id text not null unique,
    case_id text not null references cases (id),
    body text not null,
    at integer not null
) strict;
create index messages_case on messages (case_id, seq);

-- A letter belongs to a case, or to a report that is none yet; `documents` names what is attached when it is sent.
create table letters_new (
    id text primary key,
    case_id text references cases (id),
    report_id text references reports (id),
    template text not null,
    locale text not null,
    to_address text not null,
    subject text not null,
    html text not null,
    body text not null,
    documents text not null default '',
    message_id text not null unique,
    state text not null,
    attempts integer not null,
    next_attempt_at integer not null,
    error text not null,
    created_at integer not null,
    sent_at integer,
    check ((case_id is null) <> (report_id is null))
) strict;
insert into letters_new (id, case_id, template, locale, to_address, subject, html, body, message_id, state, attempts,
        next_attempt_at, error, created_at, sent_at)
    select id, case_id, template, locale, to_address, subject, html, body, message_id, state, attempts,
        next_attempt_at, error, created_at, sent_at from letters;
drop table letters;
alter table letters_new rename to letters;
create index letters_case on letters (case_id, created_at);
create index letters_report on letters (report_id) where report_id is not null;
-- How many letters of reports an address has been sent.
create index letters_of_reports on letters (lower(to_address), created_at) where report_id is not null;
create index letters_waiting on letters (next_attempt_at) where state = 'waiting';
create index letters_created on letters (created_at, id);
