-- The case that a duplicate was joined into: it rests in the archive, and what hangs on it is shown there.
alter table cases add column joined_into text references cases (id);
create index cases_joined on cases (joined_into) where joined_into is not null;
