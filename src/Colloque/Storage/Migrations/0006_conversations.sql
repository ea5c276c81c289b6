-- A conversation about a consultation has the consultation's own id.
create table conversations (
  id uuid primary key,
  number bigint generated always as identity unique,
  tenant_id uuid not null references organizations (id) on delete restrict,
  kind text not null check (kind in ('Consultation', 'Direct', 'Prescription', 'Exam')),
  status text not null default 'Open' check (status in ('Open', 'Archived', 'Closed')),
  last_seq bigint not null default 0,
  last_change bigint not null default 0,
  last_message_at timestamptz,
  created_at timestamptz not null,
  unique (tenant_id, id)
) with (fillfactor = 50); -- every message updates its row: room on the page keeps these updates off the indexes

create table participants (
  conversation_id uuid not null,
  user_id uuid not null,
  tenant_id uuid not null,
  role text not null check (role in ('Patient', 'Practitioner')),
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (conversation_id, user_id),
  foreign key (tenant_id, conversation_id) references conversations (tenant_id, id) on delete restrict,
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict
);
create index participants_user on participants (user_id);
alter table participants enable row level security;
alter table participants force row level security;
-- Tenant and self, and nothing that reads participants: a policy on its own table would recurse.
create policy participants_self on participants for select to colloque_app
  using (user_id = current_user_id() and tenant_id = current_tenant_id() and is_clinical_caller());
-- Both sides of a consultation are seated by whoever of the two makes it.
create policy participants_seat on participants for insert to colloque_app
  with check (tenant_id = current_tenant_id() and is_clinical_caller()
              and exists (select from consultations c where c.id = conversation_id and participants.user_id in (c.patient_id, c.practitioner_id)));
grant select on participants to colloque_app;
grant insert on participants to colloque_app;

alter table conversations enable row level security;
alter table conversations force row level security;
create policy conversations_participant on conversations for select to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = conversations.id and p.user_id = current_user_id() and p.left_at is null));
create policy conversations_advance on conversations for update to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = conversations.id and p.user_id = current_user_id() and p.left_at is null));
create policy conversations_open on conversations for insert to colloque_app
  with check (tenant_id = current_tenant_id() and is_clinical_caller()
              and exists (select from consultations c where c.id = conversations.id));
create policy conversations_operational_close on conversations for update to colloque_lookup using (true) with check (status = 'Closed');
create policy conversations_operational on conversations for select to colloque_lookup using (true);
grant select on conversations to colloque_app;
grant insert (id, tenant_id, kind, status, created_at) on conversations to colloque_app;
grant update (status, last_seq, last_change, last_message_at) on conversations to colloque_app;
grant select (id), update (status) on conversations to colloque_lookup;

create policy data_keys_participant on keys.data_keys to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = owner_id and p.user_id = current_user_id() and p.left_at is null))
  with check (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = owner_id and p.user_id = current_user_id() and p.left_at is null));

create table files (
  id uuid primary key,
  tenant_id uuid not null,
  conversation_id uuid not null,
  uploader_id uuid not null,
  status text not null check (status in ('Prepared', 'Confirmed')),
  mime_type text not null check (length(mime_type) <= 100),
  size_bytes bigint not null check (size_bytes > 0),
  -- Sealed: name and SHA-256 (announced, then measured), and the key of the object's bytes.
  sealed bytea not null,
  object_key text not null unique,
  message_id uuid,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  foreign key (tenant_id, conversation_id) references conversations (tenant_id, id) on delete restrict
);
create index files_unconfirmed on files (created_at) where status = 'Prepared';
alter table files enable row level security;
alter table files force row level security;
create policy files_participant on files to colloque_app
  using (tenant_id = current_tenant_id()
         and (status = 'Confirmed' or uploader_id = current_user_id())
         and exists (select from participants p where p.conversation_id = files.conversation_id and p.user_id = current_user_id() and p.left_at is null))
  with check (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = files.conversation_id and p.user_id = current_user_id() and p.left_at is null));
-- Of strangers' uploads, sweeping and the presigned door see where they lie and how old they are.
create policy files_sweep on files for select to colloque_lookup using (true);
create policy files_sweep_delete on files for delete to colloque_lookup using (status = 'Prepared');
grant select on files to colloque_app;
grant insert (id, tenant_id, conversation_id, uploader_id, status, mime_type, size_bytes, sealed, object_key, created_at) on files to colloque_app;
grant update (status, sealed, message_id, confirmed_at) on files to colloque_app;
grant delete on files to colloque_app;
grant select (id, status, object_key, created_at), delete on files to colloque_lookup;

create table messages (
  id uuid not null unique,
  tenant_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  sender_id uuid not null,
  sender_role text not null check (sender_role in ('Patient', 'Practitioner')),
  client_msg_id text not null check (length(client_msg_id) between 1 and 128),
  kind text not null check (kind in ('Text', 'File')),
  -- version | key id | nonce | tag | ciphertext; null once deleted.
  body bytea,
  version integer not null default 1,
  file_id uuid,
  change bigint not null default 0,
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  -- No foreign key: the policy to send already demands a seat, and a seat has one (a second look-up per message is a tenth of its cost).
  primary key (conversation_id, seq)
);
-- The same id from the same sender is the same message, for as long as the message lives.
create unique index messages_client_msg_id on messages (sender_id, client_msg_id);
create index messages_changed on messages (conversation_id, change) where change > 0;
alter table messages enable row level security;
alter table messages force row level security;
create policy messages_read on messages for select to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null));
create policy messages_send on messages for insert to colloque_app
  with check (tenant_id = current_tenant_id() and sender_id = current_user_id()
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null));
create policy messages_change on messages for update to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null));
grant select on messages to colloque_app;
grant insert (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, created_at) on messages to colloque_app;
grant update (body, version, change, edited_at, deleted_at) on messages to colloque_app;

-- What a message said before it was edited; erased with it.
create table message_versions (
  message_id uuid not null references messages (id) on delete restrict,
  version integer not null,
  tenant_id uuid not null,
  conversation_id uuid not null,
  body bytea not null,
  replaced_at timestamptz not null,
  primary key (message_id, version)
);
alter table message_versions enable row level security;
alter table message_versions force row level security;
create policy message_versions_own on message_versions to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from messages m where m.id = message_id and m.sender_id = current_user_id()))
  with check (tenant_id = current_tenant_id()
         and exists (select from messages m where m.id = message_id and m.sender_id = current_user_id()));
grant select, insert, delete on message_versions to colloque_app;

-- One sealed list of emoji per message and person.
create table reactions (
  message_id uuid not null references messages (id) on delete restrict,
  user_id uuid not null,
  tenant_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  body bytea not null,
  primary key (conversation_id, seq, user_id)
);
alter table reactions enable row level security;
alter table reactions force row level security;
create policy reactions_read on reactions for select to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null));
create policy reactions_own on reactions to colloque_app
  using (tenant_id = current_tenant_id() and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null))
  with check (tenant_id = current_tenant_id() and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null));
grant select, insert, delete on reactions to colloque_app;
grant update (body) on reactions to colloque_app;

-- Watermarks, append-only: at this time this person had everything up to seq. A message's own time is the first row that covers it.
create table receipts (
  conversation_id uuid not null,
  kind "char" not null check (kind in ('d', 'r')),
  seq bigint not null,
  user_id uuid not null,
  tenant_id uuid not null,
  at timestamptz not null,
  primary key (conversation_id, user_id, kind, seq)
);
alter table receipts enable row level security;
alter table receipts force row level security;
create policy receipts_read on receipts for select to colloque_app
  using (tenant_id = current_tenant_id()
         and exists (select from participants p where p.conversation_id = receipts.conversation_id and p.user_id = current_user_id() and p.left_at is null));
create policy receipts_advance on receipts for insert to colloque_app
  with check (tenant_id = current_tenant_id() and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = receipts.conversation_id and p.user_id = current_user_id() and p.left_at is null));
grant select, insert on receipts to colloque_app;
