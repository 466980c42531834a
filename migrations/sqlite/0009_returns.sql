-- What a carrier is asked has an id of its own, by which its messages are told apart.
alter table rmas add column errand_id text not null default '';
-- Until then nobody asks: a server is at it, or an answer that was lost shows only later.
alter table rmas add column not_before integer;
-- As it is printed in the barcode.
update rmas set waybill = upper(replace(waybill, ' ', '')) where waybill <> '';
