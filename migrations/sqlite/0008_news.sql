-- When a customer last sent what nobody has looked at yet; what was said about fees when the complaint was taken in.
alter table cases add column news_at integer;
alter table cases add column fee_warning text not null default '';
create index cases_news on cases (news_at) where news_at is not null;
