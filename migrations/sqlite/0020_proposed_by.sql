-- Whose decision it is that waits for a second person, or came back from one.
alter table cases add column proposed_by text;
update cases set proposed_by = json_extract(handling, '$.proposed.by') where handling like '%"proposed"%';
create index cases_proposed_by on cases (proposed_by, seq) where proposed_by is not null;
