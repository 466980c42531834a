-- By which release the deadlines of all cases were last worked out: another one does it anew.
alter table organisation add column law_stamp text not null default '';
