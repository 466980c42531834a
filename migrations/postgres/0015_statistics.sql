-- What statistics count, in plain columns: read narrowly for all cases, written with the case.
-- The first decision, and the outcome, in milliseconds UTC.
alter table cases add column decided_at bigint;
alter table cases add column settled_at bigint;
-- Civil date on which the customer took it back.
alter table cases add column withdrawn_on text;
-- Keys of the organisation's lists; empty for none.
alter table cases add column outcome text not null default '';
alter table cases add column cause text not null default '';
-- In the smallest unit of the organisation's currency.
alter table cases add column cost_minor bigint;
alter table cases add column credit_minor bigint;
-- As typed; the article by its number, else by its name.
alter table cases add column brand text not null default '';
alter table cases add column article text not null default '';
alter table cases add column supplier text not null default '';
-- Civil dates, as they stood when the case was decided: the last safe day of the law's reply, and our own target.
alter table cases add column reply_by text;
alter table cases add column target_on text;

-- Cases that are there already. Their reply's day cannot be told here: it is noted with their next change, if they are open.
update cases set
    decided_at = coalesce(
        cast(floor(extract(epoch from cast(cast(law_facts as jsonb) -> 'replied' ->> 'sent' as timestamptz))) as bigint) * 1000,
        cast(cast(decision as jsonb) ->> 'at' as bigint)),
    settled_at = cast(cast(settlement as jsonb) ->> 'at' as bigint),
    withdrawn_on = cast(law_facts as jsonb) ->> 'taken_back',
    outcome = coalesce(cast(settlement as jsonb) ->> 'outcome', ''),
    cause = coalesce(cast(handling as jsonb) -> 'examined' ->> 'cause', ''),
    cost_minor = cast(cast(settlement as jsonb) ->> 'amount_minor' as bigint),
    credit_minor = cast(cast(handling as jsonb) -> 'supplier' ->> 'amount_minor' as bigint),
    brand = coalesce(cast(answers as jsonb) -> 'brand' ->> 0, ''),
    article = coalesce(nullif(cast(answers as jsonb) -> 'article_number' ->> 0, ''), cast(answers as jsonb) -> 'article_name' ->> 0, ''),
    supplier = coalesce(cast(answers as jsonb) -> 'supplier' ->> 0, ''),
    target_on = case when due_on < '9999-12-31' then due_on else (
        select cast(cast(to_timestamp(cases.registered_at / 1000) at time zone 'UTC' as date) + cast(target_days as integer) as text)
        from complaint_types where key = cases.type_key) end;

-- What has changed since statistics last looked.
create index cases_changed on cases (updated_at, seq);
