-- Practitioners' profiles and their validation, files that belong to a person, and pictures.

-- Text as it is searched: folded, and an enum's words apart.
create function search_words(content text) returns text language sql immutable parallel safe
  as $$ select people_fold(replace(coalesce(content, ''), '_', ' ')) $$;

-- Beside users.title and users.specialty, which consultations show.
create table practitioners (
  user_id uuid primary key references users (id) on delete restrict,
  languages text[] not null default '{}',
  bio text not null default '' check (length(bio) <= 4000),
  experience integer check (experience between 0 and 80),
  diplomas text[] not null default '{}',
  offers_video boolean not null default true,
  offers_phone boolean not null default true,
  offers_in_person boolean not null default false,
  time_zone text not null default 'Europe/Paris' check (length(time_zone) <= 60),
  status text not null check (status in ('Pending', 'Validated', 'Rejected')),
  rejection_reason text check (length(rejection_reason) <= 1000),
  reviewed_at timestamptz,
  reviewed_by uuid references users (id) on delete restrict,
  documents_verified boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((status = 'Rejected') = (rejection_reason is not null))
);
create index practitioners_pending on practitioners (created_at) where status = 'Pending';
alter table practitioners enable row level security;
alter table practitioners force row level security;
-- The runtime role has no policy here at all: it asks by the functions below, each of which shows what its caller may see.
create policy practitioners_lookup on practitioners for all to colloque_lookup using (true) with check (true);
grant select, insert, update on practitioners to colloque_lookup;

-- Whoever becomes a practitioner has a profile, by whatever door they came: of an organization's, the platform's admin made the account;
-- of the platform's own, somebody has to look first.
create function practitioners_begin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into practitioners (user_id, languages, status, reviewed_at, created_at, updated_at)
    values (new.id, array[new.language], case when new.tenant_id is null then 'Pending' else 'Validated' end,
      case when new.tenant_id is null then null else new.created_at end, new.created_at, new.created_at)
    on conflict (user_id) do nothing;
  return null;
end $$;
create trigger practitioners_begin after insert on users for each row when (new.role = 'Practitioner') execute function practitioners_begin();
insert into practitioners (user_id, languages, status, reviewed_at, created_at, updated_at)
  select id, array[language], 'Validated', created_at, created_at, created_at from users where role = 'Practitioner';

-- A candidate's own words, at registration.
create function practitioners_apply(person uuid, new_title text, new_specialty text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update users u set title = nullif(new_title, ''), specialty = nullif(new_specialty, '')
    from practitioners p where u.id = person and p.user_id = person and p.status = 'Pending' and u.tenant_id is null
$$;

-- A file of one person: nobody else's business, but for the papers that a practitioner hands in.
create table person_files (
  id uuid primary key,
  owner_id uuid not null references users (id) on delete restrict,
  kind text not null check (kind in ('Private', 'Diploma', 'Licence', 'Identity', 'Insurance')),
  status text not null check (status in ('Prepared', 'Confirmed')),
  mime_type text not null check (length(mime_type) <= 100),
  size_bytes bigint not null check (size_bytes > 0),
  -- Sealed under a data key of its own: name and SHA-256 (announced, then measured), and the key of the object's bytes.
  sealed bytea not null,
  object_key text not null unique,
  created_at timestamptz not null,
  confirmed_at timestamptz
);
create index person_files_owner on person_files (owner_id, created_at);
create index person_files_unconfirmed on person_files (created_at) where status = 'Prepared';
alter table person_files enable row level security;
alter table person_files force row level security;
create policy person_files_own on person_files to colloque_app using (owner_id = current_user_id()) with check (owner_id = current_user_id());
create policy person_files_review on person_files for select to colloque_app
  using (kind <> 'Private' and status = 'Confirmed' and current_caller_role() = 'PlatformAdmin');
create policy person_files_sweep on person_files for select to colloque_lookup using (true);
create policy person_files_sweep_delete on person_files for delete to colloque_lookup using (status = 'Prepared');
grant select, delete on person_files to colloque_app;
grant insert (id, owner_id, kind, status, mime_type, size_bytes, sealed, object_key, created_at) on person_files to colloque_app;
grant update (status, sealed, confirmed_at) on person_files to colloque_app;
grant select (id, status, object_key, created_at), delete on person_files to colloque_lookup;

-- One picture of each kind a person or an organization. Whoever has its name may see it: the name cannot be guessed.
create table pictures (
  id uuid primary key,
  name text not null unique check (name ~ '^[0-9A-Za-z]{32}\.(jpg|png|gif|webp)$'),
  owner_id uuid not null,
  kind text not null check (kind in ('Avatar', 'Cover', 'Logo')),
  size_bytes integer not null check (size_bytes > 0),
  -- The key of the object's bytes, sealed under a data key of its own.
  sealed bytea not null,
  object_key text not null unique,
  created_at timestamptz not null,
  unique (owner_id, kind)
);
alter table pictures enable row level security;
alter table pictures force row level security;
create policy pictures_own on pictures to colloque_app
  using (owner_id = current_user_id() and kind <> 'Logo'
         or owner_id = current_tenant_id() and kind <> 'Avatar' and current_caller_role() = 'OrganizationAdmin')
  with check (owner_id = current_user_id() and kind <> 'Logo'
         or owner_id = current_tenant_id() and kind <> 'Avatar' and current_caller_role() = 'OrganizationAdmin');
create policy pictures_lookup on pictures for select to colloque_lookup using (true);
grant select, delete on pictures to colloque_app;
grant insert (id, name, owner_id, kind, size_bytes, sealed, object_key, created_at) on pictures to colloque_app;
grant select on pictures to colloque_lookup;

create function picture_url(owner uuid, what text) returns text
language sql stable security definer set search_path = public, pg_temp as $$ select '/pictures/' || p.name from pictures p where p.owner_id = owner and p.kind = what $$;

-- Keys of what belongs to people and to no organization: their tenant is none, which is all zeros (and so the keys' contexts stay as they are).
create function no_tenant_id() returns uuid language sql immutable parallel safe as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;
alter table keys.tenant_keys drop constraint tenant_keys_tenant_id_fkey;
alter table keys.tenant_keys
  add column organization_id uuid generated always as (nullif(tenant_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored references organizations (id) on delete restrict;
create policy tenant_keys_of_people on keys.tenant_keys to colloque_app
  using (tenant_id = no_tenant_id() and class = 'file' and current_user_id() is not null)
  with check (tenant_id = no_tenant_id() and class = 'file' and current_user_id() is not null);
create policy tenant_keys_lookup on keys.tenant_keys for select to colloque_lookup using (tenant_id = no_tenant_id() and class = 'file');
grant select on keys.tenant_keys to colloque_lookup;
-- Who may see the file's row may load its key; who owns it may make it. The tables' own policies say who that is.
create policy data_keys_of_people on keys.data_keys to colloque_app
  using (tenant_id = no_tenant_id()
         and (exists (select from person_files f where f.id = data_keys.owner_id) or exists (select from pictures p where p.id = data_keys.owner_id)))
  with check (tenant_id = no_tenant_id()
         and (exists (select from person_files f where f.id = data_keys.owner_id and f.owner_id = current_user_id())
              or exists (select from pictures p where p.id = data_keys.owner_id)));
create policy data_keys_lookup on keys.data_keys for select to colloque_lookup using (tenant_id = no_tenant_id());
create policy data_keys_lookup_erase on keys.data_keys for delete to colloque_lookup using (tenant_id = no_tenant_id());
grant select, delete on keys.data_keys to colloque_lookup;

-- The key goes with the row: bytes that a crash, or a backup, leaves behind are unreadable.
create function keys_erase_of_file() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from keys.data_keys where owner_id = old.id and tenant_id = no_tenant_id();
  return null;
end $$;
create trigger person_files_erase after delete on person_files for each row execute function keys_erase_of_file();
create trigger pictures_erase after delete on pictures for each row execute function keys_erase_of_file();

-- What it takes to show a picture, to whoever knows its name.
create function pictures_find(wanted text)
returns table (id uuid, owner_id uuid, size_bytes integer, sealed bytea, object_key text, key_id uuid, tenant_key_id uuid, epoch integer, wrapped bytea, commitment bytea,
  tenant_key_version integer, tenant_key_wrapped bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.owner_id, p.size_bytes, p.sealed, p.object_key, d.id, d.tenant_key_id, d.epoch, d.wrapped, d.commitment, t.version, t.wrapped
    from pictures p join keys.data_keys d on d.owner_id = p.id join keys.tenant_keys t on t.id = d.tenant_key_id where p.name = wanted order by d.epoch desc limit 1
$$;

-- Papers never confirmed: their objects may go.
create function person_files_sweep(before timestamptz, most integer) returns setof text
language sql security definer set search_path = public, pg_temp as $$
  delete from person_files f where f.id in (select id from person_files where status = 'Prepared' and created_at < before order by created_at limit most) returning f.object_key
$$;

-- The one reader of profiles. In the `directory` are those whom a patient may choose; else one sees oneself, and the platform's admin everyone.
-- What is not public (from `email` on) is null in the directory. An empty text asks for nothing.
create function practitioners_find(directory boolean, one uuid, wanted_status text, words text, wanted_specialty text, wanted_language text, wanted_format text,
  sort text, after_key text, after_id uuid, most integer)
returns table (user_id uuid, first_name text, last_name text, title text, specialty text, languages text[], bio text, experience integer, diplomas text[],
  offers_video boolean, offers_phone boolean, offers_in_person boolean, time_zone text, avatar_url text, cover_url text, created_at timestamptz, sort_key text,
  email text, status text, rejection_reason text, documents_verified boolean, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with people as (
    select u.*, coalesce(u.first_name, nullif(regexp_replace(u.name, '\s*\S+$', ''), ''), u.name) as given,
        coalesce(u.last_name, case when u.name ~ '\s' then regexp_replace(u.name, '^.*\s', '') else '' end) as family,
        u.deactivated_at is null and o.deactivated_at is null as is_active
      from users u left join organizations o on o.id = u.tenant_id
      where u.role = 'Practitioner' and (one = no_tenant_id() or u.id = one)
  ), seen as (
    select u.id, u.given, u.family, u.title, u.specialty, p.languages, p.bio, p.experience, p.diplomas, p.offers_video, p.offers_phone, p.offers_in_person, p.time_zone,
        p.created_at, u.email, p.status, p.rejection_reason, p.documents_verified, u.is_active,
        case ltrim(sort, '-') when 'experience' then lpad((80 - coalesce(p.experience, 0))::text, 2, '0') when 'createdAt' then to_char(p.created_at at time zone 'utc', 'YYYYMMDDHH24MISSUS')
          else search_words(u.family || ' ' || u.given) end collate "C" as key
      from people u join practitioners p on p.user_id = u.id
      where case when directory
          then p.status = 'Validated' and u.is_active and current_user_id() is not null and (u.tenant_id is null or u.tenant_id = current_tenant_id() or is_platform_caller())
          else current_caller_role() = 'PlatformAdmin' or (current_caller_role() = 'Practitioner' and u.id = current_user_id()) end
        -- Whoever has not shown that the address is theirs has not applied yet.
        and (directory or one <> no_tenant_id() or p.status <> 'Pending' or u.email_verified_at is not null)
        and (wanted_status = '' or p.status = wanted_status)
        and (wanted_specialty = '' or strpos(search_words(u.specialty), search_words(wanted_specialty)) > 0)
        and (wanted_language = '' or lower(wanted_language) = any (p.languages))
        and case wanted_format when 'Video' then p.offers_video when 'Audio' then p.offers_phone when 'InPerson' then p.offers_in_person else true end
        and not exists (select from regexp_split_to_table(search_words(words), '\s+') w
          where w <> '' and strpos(search_words(concat_ws(' ', u.name, u.given, u.family, u.title, u.specialty, p.bio, array_to_string(p.diplomas, ' '))), w) = 0)
  )
  select s.id, s.given, s.family, s.title, s.specialty, s.languages, s.bio, s.experience, s.diplomas, s.offers_video, s.offers_phone, s.offers_in_person, s.time_zone,
      picture_url(s.id, 'Avatar'), picture_url(s.id, 'Cover'), s.created_at, s.key,
      case when not directory then s.email end, case when not directory then s.status end, case when not directory then s.rejection_reason end,
      case when not directory then s.documents_verified end, case when not directory then s.is_active end
    from seen s
    where after_id = no_tenant_id() or case when sort like '-%' then (s.key, s.id) < (after_key collate "C", after_id) else (s.key, s.id) > (after_key collate "C", after_id) end
    order by case when sort like '-%' then null else s.key end, case when sort like '-%' then null else s.id end,
      case when sort like '-%' then s.key end desc, case when sort like '-%' then s.id end desc
    limit most
$$;

-- One's own profile: what `change` names is set. Title, specialty, name and diplomas are what the papers were compared with: changed, they are to be looked at
-- again; and who was rejected and corrects something waits anew.
create function practitioners_save(change jsonb, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare was users; told boolean;
begin
  select * into was from users u where u.id = current_user_id() and u.role = 'Practitioner' and current_caller_role() = 'Practitioner' for update;
  if not found then return false; end if;
  update users u set
      title = case when change ? 'title' then nullif(change ->> 'title', '') else u.title end,
      specialty = case when change ? 'specialty' then nullif(change ->> 'specialty', '') else u.specialty end,
      first_name = coalesce(change ->> 'firstName', u.first_name),
      last_name = coalesce(change ->> 'lastName', u.last_name),
      name = case when change ? 'firstName' or change ? 'lastName'
        then left(concat_ws(' ', coalesce(change ->> 'firstName', u.first_name, regexp_replace(u.name, '\s*\S+$', '')), coalesce(change ->> 'lastName', u.last_name, regexp_replace(u.name, '^.*\s', ''))), 200)
        else u.name end
    where u.id = was.id
    returning (u.title, u.specialty, u.name) is distinct from (was.title, was.specialty, was.name) into told;
  update practitioners p set
      languages = case when change ? 'languages' then array(select jsonb_array_elements_text(change -> 'languages')) else p.languages end,
      bio = coalesce(change ->> 'bio', p.bio),
      experience = coalesce((change ->> 'experience')::integer, p.experience),
      diplomas = case when change ? 'diplomas' then array(select jsonb_array_elements_text(change -> 'diplomas')) else p.diplomas end,
      offers_video = coalesce((change ->> 'offersVideo')::boolean, p.offers_video),
      offers_phone = coalesce((change ->> 'offersPhone')::boolean, p.offers_phone),
      offers_in_person = coalesce((change ->> 'offersInPerson')::boolean, p.offers_in_person),
      time_zone = coalesce(change ->> 'timeZone', p.time_zone),
      documents_verified = p.documents_verified and not told
        and (not change ? 'diplomas' or p.diplomas = array(select jsonb_array_elements_text(change -> 'diplomas'))),
      status = case when p.status = 'Rejected' then 'Pending' else p.status end,
      rejection_reason = null,
      updated_at = now
    where p.user_id = was.id;
  return true;
end $$;

-- The platform's admin decides. Answers with where to tell the person; no row for nobody, `changed` is false when it was so already.
create function practitioners_review(person uuid, validated boolean, reason text, now timestamptz) returns table (email text, language text, changed boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare was text;
begin
  if current_caller_role() is distinct from 'PlatformAdmin' then return; end if;
  select p.status into was from practitioners p where p.user_id = person for update;
  if not found then return; end if;
  update practitioners p set status = case when validated then 'Validated' else 'Rejected' end, rejection_reason = case when validated then null else reason end,
      reviewed_at = now, reviewed_by = current_user_id(), updated_at = now
    where p.user_id = person;
  return query select u.email, u.language, was <> case when validated then 'Validated' else 'Rejected' end from users u where u.id = person;
end $$;

create function practitioners_verify(person uuid, verified boolean, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update practitioners set documents_verified = verified, updated_at = now where user_id = person and current_caller_role() = 'PlatformAdmin';
  return found;
end $$;

-- Deactivated, a practitioner is found no more and is signed out everywhere within 5 s; nothing of theirs is erased.
create function practitioners_activate(person uuid, active boolean, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update users u set deactivated_at = case when active then null else coalesce(u.deactivated_at, now) end,
      security_version = u.security_version + case when active = (u.deactivated_at is null) then 0 else 1 end
    where u.id = person and u.role = 'Practitioner' and current_caller_role() = 'PlatformAdmin';
  return found;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'practitioners_begin()', 'keys_erase_of_file()', 'practitioners_apply(uuid, text, text)', 'picture_url(uuid, text)', 'pictures_find(text)',
    'person_files_sweep(timestamptz, integer)', 'practitioners_find(boolean, uuid, text, text, text, text, text, text, text, uuid, integer)',
    'practitioners_save(jsonb, timestamptz)', 'practitioners_review(uuid, boolean, text, timestamptz)', 'practitioners_verify(uuid, boolean, timestamptz)',
    'practitioners_activate(uuid, boolean, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
