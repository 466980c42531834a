-- How people keep their lists, what is done to many cases in one go, and who took which list out.
create table views (
    id text primary key,
    -- Whose it is; a shared one is everybody's to open.
    staff_id text not null references staff (id),
    shared bigint not null,
    name text not null,
    -- The list as its address says it, see app/src/pages/list/query.rs; never a page of it.
    query text not null,
    -- Keys of domain::column::Column with dots between.
    columns text not null,
    created_at bigint not null
);
create index views_staff on views (staff_id);
create index views_shared on views (created_at) where shared = 1;

create table list_choices (
    staff_id text primary key references staff (id),
    -- Empty for the usual ones.
    columns text not null,
    -- The view that Cases opens with; it may be gone.
    view_id text
);

-- Many cases changed in one go: domain::bulk::RunState.
create table bulk_runs (
    id text primary key,
    staff_id text not null references staff (id),
    state text not null,
    -- A key of app::backend::BulkKind.
    kind text not null,
    -- JSON of app::backend::BulkDeed; empty until it is settled.
    deed text not null,
    -- The list whose every case is meant; empty for chosen ones.
    query text not null,
    -- Where the list has been read to; empty at its beginning.
    cursor text not null,
    -- All of the list are among the items.
    gathered bigint not null,
    -- Runs take turns: the one whose last portion is longest ago is next.
    worked_at bigint not null,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint
);
create index bulk_runs_working on bulk_runs (worked_at, id) where state in ('gathering', 'running', 'undoing');
create index bulk_runs_staff on bulk_runs (staff_id, created_at);
create index bulk_runs_age on bulk_runs (created_at);

-- One case of a run: domain::bulk::ItemState.
create table bulk_items (
    run_id text not null references bulk_runs (id),
    place bigint not null,
    case_id text not null references cases (id),
    state text not null,
    -- A key of domain::bulk::Hindrance; empty where there is none.
    hindrance text not null,
    -- The case's version that was looked at; once it is changed, the one that came of it.
    version bigint not null,
    -- JSON of what the run changed, as it was before.
    before text not null,
    -- The letter that went with it.
    letter_id text,
    primary key (run_id, place)
);
create unique index bulk_items_case on bulk_items (run_id, case_id);
create index bulk_items_state on bulk_items (run_id, state, hindrance, place);

-- Who took which list out, and how much of it.
create table exports (
    id text primary key,
    staff_id text not null references staff (id),
    at bigint not null,
    format text not null,
    query text not null,
    columns text not null,
    -- Null until the file was whole.
    cases bigint
);
create index exports_at on exports (at);
