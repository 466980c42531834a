-- Messages of ours: a row is written with the change that causes it; a job sends it.
create table letters (
    id text primary key,
    case_id text not null references cases (id),
    template text not null,
    locale text not null,
    to_address text not null,
    subject text not null,
    html text not null,
    body text not null,
    -- RFC 5322 Message-ID, the same at every attempt.
    message_id text not null unique,
    state text not null,
    attempts bigint not null,
    next_attempt_at bigint not null,
    error text not null,
    created_at bigint not null,
    sent_at bigint
);
create index letters_case on letters (case_id, created_at);
create index letters_waiting on letters (next_attempt_at) where state = 'waiting';
create index letters_created on letters (created_at, id);
