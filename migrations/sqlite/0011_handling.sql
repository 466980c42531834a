-- JSON of domain::handling::Handling: whom a case waits for, what was found, what the supplier said.
alter table cases add column handling text not null default '{}';
-- The next day on which whoever is waited for is to be reminded; 9999-12-31 for none.
alter table cases add column remind_on text not null default '9999-12-31';
create index cases_remind on cases (remind_on, seq) where remind_on < '9999-12-31';
