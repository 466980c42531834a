-- An outcome may be offered after any decision: goodwill, goods disposed of, a customer who never came.
alter table outcomes add column offered text not null default 'approved';
update outcomes set offered = case when key in ('goodwill', 'disposed', 'not_collected', 'no_reply') then 'always'
                                   when after_rejection = 1 then 'rejected' else 'approved' end;
alter table outcomes drop column after_rejection;
