-- What a case is asked for first: by the law or by our own target.
alter table cases add column next_on text generated always as (least(law_on, due_on)) stored;
create index cases_next on cases (archived, next_on, seq) where archived = 0;
create index cases_next_of_store on cases (archived, store_id, next_on, seq) where archived = 0;
create index cases_next_of_handler on cases (archived, handler_id, next_on, seq) where archived = 0;
-- The law's day of one store alone, for those who reach no more.
create index cases_law_of_store on cases (store_id, law_on, seq) where law_on < '9999-12-31';
