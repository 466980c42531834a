-- Pictures and documents. The bytes lie in the object store under the attachment's id.
create table attachments (
    id text primary key,
    -- Of a case, or of the draft that becomes it under the same id.
    case_id text not null,
    kind text not null,
    content_type text not null,
    -- SHA-256 of what was sent: the same picture sent twice is stored once.
    sha256 text not null,
    width integer not null,
    height integer not null,
    bytes integer not null,
    -- Milliseconds UTC by the camera's own word, or when it came.
    taken_at integer not null,
    received_at integer not null,
    staff_id text,
    upload_link_id text,
    removed_at integer,
    unique (case_id, sha256)
) strict;
create index attachments_case on attachments (case_id, taken_at);
create index attachments_upload_link on attachments (upload_link_id) where upload_link_id is not null;
-- What lies about without a case or a draft is found by its age.
create index attachments_received on attachments (received_at);

create table upload_links (
    id text primary key,
    token_hash text not null unique,
    case_id text not null,
    staff_id text,
    -- What was asked, when the link went out in a letter.
    question text not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    -- When something was last sent through it: a phone in the middle is not cut off.
    used_at integer,
    -- When the customer first answered a letter's question through it.
    answered_at integer
) strict;
create index upload_links_case on upload_links (case_id);
