-- What statistics count, in plain columns: read narrowly for all cases, written with the case.
-- The first decision, and the outcome, in milliseconds UTC.
alter table cases add column decided_at integer;
alter table cases add column settled_at integer;
-- Civil date on which the customer took it back.
alter table cases add column withdrawn_on text;
-- Keys of the organisation's lists; empty for none.
alter table cases add column outcome text not null default '';
alter table cases add column cause text not null default '';
-- In the smallest unit of the organisation's currency.
alter table cases add column cost_minor integer;
alter table cases add column credit_minor integer;
-- As typed; the article by its number, else by its name.
alter table cases add column brand text not null default '';
alter table cases add column article text not null default '';
alter table cases add column supplier text not null default '';
-- Civil dates, as they stood when the case was decided: the last safe day of the law's reply, and our own target.
alter table cases add column reply_by text;
alter table cases add column target_on text;

-- Cases that are there already. Their reply's day cannot be told here: it is noted with their next change, if they are open.
update cases set
    decided_at = coalesce(unixepoch(json_extract(law_facts, '$.replied.sent')) * 1000, json_extract(decision, '$.at')),
    settled_at = json_extract(settlement, '$.at'),
    withdrawn_on = json_extract(law_facts, '$.taken_back'),
    outcome = coalesce(json_extract(settlement, '$.outcome'), ''),
    cause = coalesce(json_extract(handling, '$.examined.cause'), ''),
    cost_minor = json_extract(settlement, '$.amount_minor'),
    credit_minor = json_extract(handling, '$.supplier.amount_minor'),
    brand = coalesce(json_extract(answers, '$.brand[0]'), ''),
    article = coalesce(nullif(json_extract(answers, '$.article_number[0]'), ''), json_extract(answers, '$.article_name[0]'), ''),
    supplier = coalesce(json_extract(answers, '$.supplier[0]'), ''),
    target_on = case when due_on < '9999-12-31' then due_on else (
        select date(cases.registered_at / 1000, 'unixepoch', '+' || target_days || ' days')
        from complaint_types where key = cases.type_key) end;

-- What has changed since statistics last looked.
create index cases_changed on cases (updated_at, seq);
