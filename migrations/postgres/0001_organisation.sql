-- Who we are: organisation, stores, staff, sessions, complaint types and lists.
create table organisation (
    id bigint primary key check (id = 1),
    name text not null,
    currency text not null,
    country text not null,
    time_zone text not null,
    locale text not null,
    reply_to text not null,
    outcome_wanted bigint not null,
    -- Counts the changes of everything that desk/book.rs keeps in memory.
    version bigint not null
);

create table stores (
    id text primary key,
    code text not null unique,
    name text not null,
    email text not null,
    phone text not null,
    address text not null,
    locale text not null,
    country text not null,
    time_zone text not null,
    handler_id text,
    active bigint not null
);

create table staff (
    id text primary key,
    login text not null unique,
    name text not null,
    -- Folded to lower case; empty or unique.
    email text not null,
    role text not null,
    locale text not null,
    password_hash text,
    pin_hash text,
    store_id text references stores (id),
    active bigint not null,
    created_at bigint not null
);
create unique index staff_email on staff (email) where email <> '';

create table staff_stores (
    staff_id text not null references staff (id),
    store_id text not null references stores (id),
    primary key (staff_id, store_id)
);

-- One-time links; only a hash of the secret is kept.
create table invitations (
    token_hash text primary key,
    -- Null for the first admin.
    staff_id text references staff (id),
    expires_at bigint not null,
    used_at bigint
);

create table sessions (
    token_hash text primary key,
    id text not null unique,
    -- Null at a store's tablet while nobody has said who they are.
    staff_id text references staff (id),
    -- Set for a store's tablet.
    tablet_store_id text references stores (id),
    device text not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
);
create index sessions_staff on sessions (staff_id);

-- Failed attempts by account, by address and by tablet; `subject` is a hash.
create table attempts (
    subject text primary key,
    failures bigint not null,
    last_at bigint not null,
    blocked_until bigint not null
);

-- What a form held that failed without script.
create table submissions (
    key_hash text primary key,
    body text not null,
    expires_at bigint not null
);

create table complaint_types (
    key text primary key,
    -- JSON of domain::Localized.
    name text not null,
    icon text not null,
    handler_id text references staff (id),
    target_days bigint not null,
    default_outcome text,
    form_version bigint not null,
    position bigint not null,
    active bigint not null
);

create table forms (
    type_key text not null references complaint_types (key),
    version bigint not null,
    -- JSON of domain::form::Form.
    definition text not null,
    primary key (type_key, version)
);

create table statuses (
    id text primary key,
    phase text not null,
    name text not null,
    active bigint not null
);

create table reasons (
    key text primary key,
    name text not null,
    against bigint not null,
    position bigint not null,
    active bigint not null
);

create table outcomes (
    key text primary key,
    name text not null,
    has_amount bigint not null,
    after_rejection bigint not null,
    position bigint not null,
    active bigint not null
);
