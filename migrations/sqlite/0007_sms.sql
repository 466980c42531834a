-- What a letter comes by: `email` or `sms` (domain::contact::Medium).
alter table letters add column medium text not null default 'email';
-- What the customer chose; empty where nobody asked.
alter table cases add column medium text not null default '';
-- Where the letters with the link go: an address of that medium; empty once the report is confirmed or has ended.
alter table reports rename column email to to_address;
alter table reports add column medium text not null default 'email';
