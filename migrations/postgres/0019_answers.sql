-- An answer counts when it leaves: an e-mail when it is sent, a letter on paper when somebody hands it over or posts it.

-- When the first answer left. Null: none has. What was decided before counted as answered.
alter table cases add column replied_at bigint;
update cases set replied_at = decided_at where decided_at is not null;

-- 1: it is to be printed, since no e-mail brought it and no later letter takes its place.
alter table papers add column to_print bigint not null default 0;
-- When it was handed over or posted, how, and by whom that was noted.
alter table papers add column handed_at bigint;
alter table papers add column handover text;
alter table papers add column handed_by text references staff (id);
create index papers_to_print on papers (created_at, id) where to_print = 1;
update papers set to_print = 1
    where (letter_id is null or exists (select 1 from letters where letters.id = papers.letter_id and letters.state = 'failed'))
    and not exists (select 1 from papers later where later.case_id = papers.case_id and later.created_at > papers.created_at
        and (later.template = 'last_call') = (papers.template = 'last_call'));
