-- as: setup
-- Rotating keys, backing up, and counting what there is.

-- The role that a rotation works as: wrapped keys and nothing else of the database. The runtime role is no member of it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'colloque_keys') then
    create role colloque_keys nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
grant colloque_keys to colloque_owner;
set local role colloque_owner;

-- Which master key wraps a tenant key. Rows from before it was written down have none; a row written from now on has.
alter table keys.tenant_keys add column master_id uuid;
alter table keys.tenant_keys add constraint tenant_keys_master check (master_id is not null) not valid;

create table keys.rotations (
  id uuid primary key,
  to_master uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index rotations_under_way on keys.rotations ((true)) where finished_at is null;
alter table keys.rotations enable row level security;
alter table keys.rotations force row level security;

-- Master keys that are gone from the key file: nothing may be wrapped with one any more.
create table keys.retired_masters (
  id uuid primary key,
  retired_at timestamptz not null
);
alter table keys.retired_masters enable row level security;
alter table keys.retired_masters force row level security;

create policy rotations_keys on keys.rotations to colloque_keys using (true) with check (true);
create policy retired_masters_keys on keys.retired_masters to colloque_keys using (true) with check (true);
create policy retired_masters_lookup on keys.retired_masters for select to colloque_lookup using (true);
create policy tenant_keys_rotation on keys.tenant_keys to colloque_keys using (true) with check (true);
create policy data_keys_rotation on keys.data_keys to colloque_keys using (true) with check (true);
create policy seal_check_rotation on keys.seal_check to colloque_keys using (true) with check (true);
grant usage on schema keys to colloque_keys;
grant select, insert (id, to_master, started_at), update (finished_at) on keys.rotations to colloque_keys;
grant select, insert (id, retired_at) on keys.retired_masters to colloque_keys;
grant select on keys.retired_masters to colloque_lookup;
grant select, insert (id, tenant_id, class, version, wrapped, master_id, created_at), update (wrapped, master_id), delete on keys.tenant_keys to colloque_keys;
grant select, update (tenant_key_id, wrapped) on keys.data_keys to colloque_keys;
grant select, update (sealed) on keys.seal_check to colloque_keys;

-- Authenticators' secrets are wrapped by the master key itself.
create policy second_factors_rotation on second_factors to colloque_keys using (true) with check (true);
grant select (user_id, sealed, pending), update (sealed, pending) on second_factors to colloque_keys;
grant usage on schema public to colloque_keys;

-- A process that has not heard of a rotation yet must not wrap with the key that it retired: what it wrote could never be read.
create function keys_refuse_retired() returns trigger
language plpgsql security definer set search_path = keys, pg_temp as $$
begin
  if exists (select from keys.retired_masters r where r.id = new.master_id) then
    raise exception 'retired master key' using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger tenant_keys_not_retired before insert or update on keys.tenant_keys for each row execute function keys_refuse_retired();

-- One row a backup, also of those that failed.
create table backups (
  id uuid primary key,
  -- Null: the command line.
  requested_by uuid references users (id) on delete restrict,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  status text not null check (status in ('Queued', 'Running', 'Done', 'Failed')),
  -- Why it failed.
  code text check (length(code) <= 60),
  file_name text check (length(file_name) <= 200),
  keys_file_name text check (length(keys_file_name) <= 200),
  size_bytes bigint
);
create index backups_newest on backups (requested_at desc, id desc);
alter table backups enable row level security;
alter table backups force row level security;
create policy backups_operators on backups to colloque_app
  using (current_caller_role() = 'SuperAdmin') with check (current_caller_role() = 'SuperAdmin');
grant select on backups to colloque_app;
grant insert (id, requested_by, requested_at, status) on backups to colloque_app;
grant update (started_at, finished_at, status, code, file_name, keys_file_name, size_bytes) on backups to colloque_app;

-- How many there are of what. Counts of care are rounded down to tens and are of the whole installation: no small group, and nobody's single visit, shows in them.
grant select (last_seq) on conversations to colloque_lookup;
create function operations_counts() returns table (name text, label text, value bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not is_platform_caller() then return; end if;
  return query select 'organizations', case when o.deactivated_at is null then 'active' else 'inactive' end, count(*) from organizations o group by 2;
  return query select 'users', u.role, count(*) from users u where u.deactivated_at is null group by 2;
  return query select 'users_deactivated', u.role, count(*) from users u where u.deactivated_at is not null group by 2;
  return query select 'practitioners', p.status, count(*) from practitioners p group by 2;
  return query select 'sign_ins', 'active', count(*) from sign_ins s where s.revoked_at is null and s.last_used_at > now() - interval '30 days';
  return query select 'consultations', c.status, count(*) / 10 * 10 from consultations c group by 2;
  return query select 'messages', 'total', coalesce(sum(c.last_seq), 0)::bigint / 10 * 10 from conversations c;
end $$;

-- A link that sets the first password of an operator of the platform, made at the server's own command line.
create function accounts_link_operator(link_hash bytea, person uuid, now timestamptz, expires timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_caller_role() is distinct from 'SuperAdmin'
     or not exists (select from users u where u.id = person and u.role in ('PlatformAdmin', 'SuperAdmin'))
     or exists (select from credentials c where c.user_id = person) then
    return false;
  end if;
  update setup_links set used_at = now where user_id = person and used_at is null;
  insert into setup_links (hash, user_id, expires_at) values (link_hash, person, expires);
  return true;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['operations_counts()', 'accounts_link_operator(bytea, uuid, timestamptz, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  execute 'revoke all on function keys_refuse_retired() from public';
  execute 'alter function keys_refuse_retired() owner to colloque_lookup';
end $$;
revoke create on schema public from colloque_lookup;
