-- The civil day since which a case waits for somebody, for the list that has the longest first; 9999-12-31 for none.
alter table cases add column waits_since text not null default '9999-12-31';
update cases set waits_since = coalesce(cast(handling as jsonb) -> 'waiting' ->> 'since', '9999-12-31') where phase like 'waiting%';
create index cases_waits on cases (waits_since, seq) where waits_since < '9999-12-31';
