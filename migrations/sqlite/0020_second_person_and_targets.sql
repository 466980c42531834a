-- Whose decision it is that waits for a second person, or came back from one.
alter table cases add column proposed_by text;
update cases set proposed_by = json_extract(handling, '$.proposed.by') where handling like '%"proposed"%';
create index cases_proposed_by on cases (proposed_by, seq) where proposed_by is not null;

-- What the handler was told of the organisation's own target: 0 nothing, 1 that it comes near, 2 that it has passed. What
-- passed before anybody watched it is told to nobody.
alter table cases add column target_told integer not null default 0;
update cases set target_told = 2 where due_on < date('now');
create index cases_target_untold on cases (due_on, seq) where archived = 0 and target_told < 2;
