-- Wrapped keys only: the key that opens them is in the key file, never here. Erasing a data key erases what it sealed.
create table keys.tenant_keys (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  class text not null check (class in ('chat', 'note', 'journal', 'file', 'secret')),
  version integer not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  unique (tenant_id, class, version)
);
alter table keys.tenant_keys enable row level security;
alter table keys.tenant_keys force row level security;
create policy tenant_keys_clinical on keys.tenant_keys to colloque_app
  using (tenant_id = current_tenant_id() and is_clinical_caller())
  with check (tenant_id = current_tenant_id() and is_clinical_caller());
grant select, insert on keys.tenant_keys to colloque_app;

create table keys.data_keys (
  id uuid primary key,
  tenant_id uuid not null,
  tenant_key_id uuid not null references keys.tenant_keys (id) on delete restrict,
  -- The conversation (or later: note book, journal) that it seals.
  owner_id uuid not null,
  epoch integer not null,
  wrapped bytea not null,
  -- GCM does not commit to its key: an HMAC over id and tenant does (docs/subsystems/encryption.md).
  commitment bytea not null,
  created_at timestamptz not null,
  unique (owner_id, epoch)
);
alter table keys.data_keys enable row level security;
alter table keys.data_keys force row level security;
grant select, insert on keys.data_keys to colloque_app;

-- One row that only the right key file opens: checked before anything is written (a wrong key refuses to start).
create table keys.seal_check (
  singleton boolean primary key default true check (singleton),
  sealed bytea not null,
  created_at timestamptz not null
);
alter table keys.seal_check enable row level security;
alter table keys.seal_check force row level security;
create policy seal_check_lookup on keys.seal_check for all to colloque_lookup using (true) with check (true);
grant usage on schema keys to colloque_lookup;
grant select, insert on keys.seal_check to colloque_lookup;
