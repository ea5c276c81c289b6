-- Files: objects that are to go, what is kept of a cleaned picture, and how much people keep.

-- Objects without a row: of deleted messages, and those being written whose row is not there yet. Whoever takes a row away notes its object
-- here in the same transaction; a sweep takes the object away, and then the note. Nothing here says whose they are.
create table doomed_objects (
  object_key text primary key check (object_key ~ '^[0-9a-f]{2}/[0-9a-f]{32}$'),
  due_at timestamptz not null
);
create index doomed_objects_due on doomed_objects (due_at);
alter table doomed_objects enable row level security;
alter table doomed_objects force row level security;
create policy doomed_objects_sweep on doomed_objects to colloque_lookup using (true) with check (true);
grant select, delete, insert (object_key, due_at), update (due_at) on doomed_objects to colloque_lookup;

create function objects_doom(keys text[], due timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into doomed_objects (object_key, due_at) select k, due from unnest(keys) k on conflict (object_key) do update set due_at = least(doomed_objects.due_at, excluded.due_at)
$$;

-- A row leads to it now: it stays. False where it went already.
create function objects_spare(key text) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with spared as (delete from doomed_objects where object_key = key returning object_key) select exists (select from spared)
$$;

create function objects_doomed(now timestamptz, most integer) returns setof text
language sql security definer set search_path = public, pg_temp as $$
  delete from doomed_objects d where d.object_key in (select object_key from doomed_objects where due_at <= now order by due_at limit most for update skip locked) returning d.object_key
$$;

-- A picture is kept without what it told of its maker, at another place and of another size; only while it is being confirmed.
grant update (size_bytes, object_key) on files to colloque_app;

-- How much a person, and an organization, keep in conversations; bytes. A sum of sizes tells nobody's content.
create index files_uploader on files (uploader_id) include (size_bytes);
create index files_tenant on files (tenant_id) include (size_bytes);
grant select (uploader_id, tenant_id, size_bytes) on files to colloque_lookup;
create function files_kept(person uuid, tenant uuid, out of_person bigint, out of_tenant bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select coalesce(sum(size_bytes), 0)::bigint from files where uploader_id = person), (select coalesce(sum(size_bytes), 0)::bigint from files where tenant_id = tenant)
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['objects_doom(text[], timestamptz)', 'objects_spare(text)', 'objects_doomed(timestamptz, integer)', 'files_kept(uuid, uuid)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
