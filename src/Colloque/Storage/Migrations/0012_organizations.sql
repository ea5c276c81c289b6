-- Organizations as the platform runs them, the people they employ, and lists of people read from a spreadsheet.

-- Text as it is searched and sorted: no accents, no case, one space between words.
create function people_fold(value text) returns text language sql immutable parallel safe
  as $$
    select btrim(regexp_replace(lower(replace(replace(replace(replace(replace(replace(replace(
        regexp_replace(normalize(lower(value), NFKD), '[\u0300-\u036f]', '', 'g'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'ø', 'o'), 'ł', 'l'), 'đ', 'd'), '’', '''')), '\s+', ' ', 'g'))
  $$;

-- An id that sorts by time (RFC 9562, 5.7), for the rows that triggers make.
create function people_new_id(at timestamptz) returns uuid language sql volatile
  as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
  $$;

alter table organizations
  -- Whose addresses may register by themselves. The platform sets it, after having seen that the domain is theirs.
  add column domain text check (length(domain) <= 253 and domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'),
  add column sector text check (length(sector) <= 80),
  add column size text check (size in ('Small', 'Medium', 'Large', 'Enterprise')),
  -- Not "address": that is what parameters of functions that read this table are called, and a column would be taken for them.
  add column street text check (length(street) <= 200),
  add column city text check (length(city) <= 100),
  add column country text check (length(country) <= 80),
  add column primary_color text check (primary_color ~ '^#[0-9a-f]{6}$'),
  add column contact_email text check (length(contact_email) <= 254),
  add column contact_phone text check (length(contact_phone) <= 30),
  add column website_url text check (length(website_url) <= 200),
  add column auto_approve_employees boolean not null default false,
  add column allow_internal_news boolean not null default true,
  add column validated_at timestamptz,
  add column validated_by uuid references users (id) on delete restrict;
create unique index organizations_domain on organizations (domain);
create index organizations_by_time on organizations (created_at desc, id desc);
-- Those that were there before anyone validated are in use.
alter table organizations no force row level security;
update organizations set validated_at = created_at;
alter table organizations force row level security;
create policy organizations_administered on organizations for select to colloque_app
  using (is_platform_caller() or (id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin'));
create policy organizations_change on organizations for update to colloque_app
  using (is_platform_caller() or (id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin'))
  with check (is_platform_caller() or (id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin'));
create policy organizations_govern on organizations for update to colloque_lookup using (true) with check (true);
grant insert (sector, size, street, city, country, primary_color, contact_email, contact_phone, website_url, auto_approve_employees, allow_internal_news, validated_at)
  on organizations to colloque_app;
-- What only the platform decides (domain, validation, activation) is not here: the functions below change it.
grant update (name, sector, size, street, city, country, primary_color, contact_email, contact_phone, website_url, auto_approve_employees, allow_internal_news)
  on organizations to colloque_app;
grant select on organizations to colloque_lookup;
grant update (domain, validated_at, validated_by, deactivated_at) on organizations to colloque_lookup;

-- A person as their organization knows them: what is on its staff list, and never anything of their care.
create table employees (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  -- Their account, once an invitation made it or they registered themselves.
  user_id uuid,
  email text not null check (length(email) between 3 and 254 and email = lower(email)),
  first_name text not null check (length(first_name) between 1 and 100),
  last_name text not null check (length(last_name) between 1 and 100),
  department text check (length(department) <= 100),
  position text check (length(position) <= 100),
  phone_number text check (length(phone_number) <= 30),
  language text not null default 'en' check (language in ('fr', 'en', 'es')),
  -- An invitation is due: a sweep sends it and sets invited_at.
  invite_wanted_at timestamptz,
  invited_at timestamptz,
  approved_at timestamptz,
  -- The person showed that the address is theirs.
  activated_at timestamptz,
  deactivated_at timestamptz,
  -- No longer of the organization; the account stays, closed, with all that is the person's.
  removed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  status text not null generated always as (
    case when deactivated_at is not null then 'Inactive' when activated_at is null then 'Invited' when approved_at is null then 'PendingApproval' else 'Active' end) stored,
  sort_name text collate "C" not null generated always as (people_fold(last_name || ' ' || first_name)) stored,
  search text collate "C" not null generated always as (
    people_fold(first_name || ' ' || last_name || ' ' || email || ' ' || coalesce(department, '') || ' ' || coalesce(position, ''))) stored,
  unique (tenant_id, email),
  unique (user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete restrict
);
create index employees_by_name on employees (tenant_id, sort_name, id);
create index employees_by_time on employees (tenant_id, created_at, id);
create index employees_invite_due on employees (invite_wanted_at) where invite_wanted_at is not null;
alter table employees enable row level security;
alter table employees force row level security;
create policy employees_administered on employees to colloque_app
  using (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin')
  with check (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin');
create policy employees_self on employees for select to colloque_app
  using (tenant_id = current_tenant_id() and user_id = current_user_id() and current_caller_role() = 'Patient');
create policy employees_lookup on employees to colloque_lookup using (true) with check (true);
grant select on employees to colloque_app;
grant insert (id, tenant_id, email, first_name, last_name, department, position, phone_number, language, invite_wanted_at, approved_at, created_at, updated_at) on employees to colloque_app;
grant update (first_name, last_name, department, position, phone_number, language, invite_wanted_at, approved_at, deactivated_at, removed_at, updated_at) on employees to colloque_app;
grant select, insert, update on employees to colloque_lookup;

-- What a person says of themselves; their organization has no policy here.
create table employee_profiles (
  user_id uuid primary key references users (id) on delete restrict,
  bio text check (length(bio) <= 2000),
  onboarding_completed_at timestamptz,
  consent_given_at timestamptz
);
alter table employee_profiles enable row level security;
alter table employee_profiles force row level security;
create policy employee_profiles_self on employee_profiles to colloque_app
  using (user_id = current_user_id() and current_caller_role() = 'Patient') with check (user_id = current_user_id() and current_caller_role() = 'Patient');
grant select, insert (user_id, bio, onboarding_completed_at, consent_given_at), update (bio, onboarding_completed_at, consent_given_at) on employee_profiles to colloque_app;

-- One list that was sent. Its rows are staged by the thousand and take effect together, or not at all.
create table employee_imports (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  actor_id uuid not null references users (id) on delete restrict,
  dry_run boolean not null,
  invite boolean not null,
  status text not null check (status in ('Reading', 'Storing', 'Completed', 'Failed', 'Cancelled')),
  started_at timestamptz not null,
  touched_at timestamptz not null,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  rows_read integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  failed integer not null default 0,
  refusal_code text check (length(refusal_code) <= 60),
  refusal_row integer
);
-- One at a time: two lists at once would tell of each other's rows what neither of them did.
create unique index employee_imports_one on employee_imports (tenant_id) where status in ('Reading', 'Storing');
create index employee_imports_by_time on employee_imports (tenant_id, started_at desc);
alter table employee_imports enable row level security;
alter table employee_imports force row level security;
create policy employee_imports_administered on employee_imports to colloque_app
  using (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin')
  with check (tenant_id = current_tenant_id() and actor_id = current_user_id() and current_caller_role() = 'OrganizationAdmin');
create policy employee_imports_touch on employee_imports for update to colloque_app
  using (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin')
  with check (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin');
grant select, delete on employee_imports to colloque_app;
grant insert (id, tenant_id, actor_id, dry_run, invite, status, started_at, touched_at) on employee_imports to colloque_app;
grant update (status, touched_at, finished_at, cancel_requested_at, rows_read, created, updated, unchanged, failed, refusal_code, refusal_row) on employee_imports to colloque_app;

-- A row of a list: its cells until it has taken effect, what became of it for as long as the list is remembered.
create table employee_import_rows (
  import_id uuid not null references employee_imports (id) on delete cascade,
  tenant_id uuid not null,
  row integer not null,
  email text not null,
  first_name text,
  last_name text,
  department text,
  position text,
  phone_number text,
  language text,
  outcome text check (outcome in ('created', 'updated', 'unchanged', 'failed')),
  field text,
  code text,
  primary key (import_id, row)
);
alter table employee_import_rows enable row level security;
alter table employee_import_rows force row level security;
create policy employee_import_rows_administered on employee_import_rows to colloque_app
  using (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin')
  with check (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin');
grant select, delete on employee_import_rows to colloque_app;
grant insert (import_id, tenant_id, row, email, first_name, last_name, department, position, phone_number, language, outcome, field, code) on employee_import_rows to colloque_app;
grant update (first_name, last_name, department, position, phone_number, language, outcome, field, code) on employee_import_rows to colloque_app;

-- An administrator of an organization is made by the platform, and by nobody else.
create policy users_appointed on users for insert to colloque_lookup with check (role = 'OrganizationAdmin' and is_platform_caller());

-- The staff list follows accounts: who registered and read their mail is on it; who was on it already becomes that entry's person.
create function employees_follow_account() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare entry employees;
begin
  if new.role <> 'Patient' or new.email_verified_at is null then return null; end if;
  insert into employees (id, tenant_id, user_id, email, first_name, last_name, language, approved_at, activated_at, created_at, updated_at)
    values (people_new_id(new.created_at), new.tenant_id, new.id, new.email, left(coalesce(new.first_name, nullif(split_part(new.name, ' ', 1), ''), new.name), 100),
      left(coalesce(new.last_name, nullif(substr(new.name, length(split_part(new.name, ' ', 1)) + 2), ''), new.name), 100), new.language,
      new.approved_at, new.email_verified_at, new.created_at, new.email_verified_at)
    on conflict (tenant_id, email) do update set user_id = new.id, activated_at = coalesce(employees.activated_at, new.email_verified_at),
      approved_at = case when employees.removed_at is null then coalesce(employees.approved_at, new.approved_at) else new.approved_at end,
      removed_at = null, invite_wanted_at = null, updated_at = greatest(employees.updated_at, new.email_verified_at, new.approved_at)
    returning * into entry;
  -- The organization had named this address before: that is its yes. And its no holds as well.
  if (entry.approved_at is not null and new.approved_at is null) or (entry.deactivated_at is not null and new.deactivated_at is null) then
    update users set approved_at = coalesce(approved_at, entry.approved_at), deactivated_at = coalesce(deactivated_at, entry.deactivated_at) where id = new.id;
  end if;
  return null;
end $$;
create trigger users_employment after insert on users for each row execute function employees_follow_account();
create trigger users_employment_change after update on users for each row
  when ((new.email_verified_at, new.approved_at) is distinct from (old.email_verified_at, old.approved_at)) execute function employees_follow_account();

-- And accounts follow the staff list: closed with its entry, opened with it, called as it says.
create function accounts_follow_employee() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare off boolean; was_off boolean;
begin
  off := new.deactivated_at is not null or new.removed_at is not null;
  was_off := old.deactivated_at is not null or old.removed_at is not null;
  if off and not was_off then
    update users set deactivated_at = coalesce(new.deactivated_at, new.removed_at), security_version = security_version + 1 where id = new.user_id;
    update sign_ins set revoked_at = new.updated_at, revoked_because = 'deactivated' where user_id = new.user_id and revoked_at is null;
  elsif was_off and not off then
    update users set deactivated_at = null, security_version = security_version + 1 where id = new.user_id;
  end if;
  if new.approved_at is not null and old.approved_at is null then
    update users set approved_at = coalesce(approved_at, new.approved_at) where id = new.user_id;
  end if;
  if (new.first_name, new.last_name) is distinct from (old.first_name, old.last_name) then
    update users set first_name = new.first_name, last_name = new.last_name, name = left(new.first_name || ' ' || new.last_name, 200) where id = new.user_id;
  end if;
  return null;
end $$;
create trigger employees_account after update on employees for each row
  when (new.user_id is not null and (new.deactivated_at, new.removed_at, new.approved_at, new.first_name, new.last_name)
    is distinct from (old.deactivated_at, old.removed_at, old.approved_at, old.first_name, old.last_name))
  execute function accounts_follow_employee();

-- Whoever is here already gets their entry.
alter table users no force row level security;
alter table employees no force row level security;
insert into employees (id, tenant_id, user_id, email, first_name, last_name, language, approved_at, activated_at, deactivated_at, created_at, updated_at)
  select people_new_id(u.created_at), u.tenant_id, u.id, u.email, left(coalesce(u.first_name, nullif(split_part(u.name, ' ', 1), ''), u.name), 100),
      left(coalesce(u.last_name, nullif(substr(u.name, length(split_part(u.name, ' ', 1)) + 2), ''), u.name), 100), u.language,
      u.approved_at, u.email_verified_at, u.deactivated_at, u.created_at, u.created_at
    from users u where u.role = 'Patient' and u.email_verified_at is not null;
alter table users force row level security;
alter table employees force row level security;

-- What a person changes of themselves on the staff list.
create function employees_change_self(first text, last text, phone text, lang text, now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update employees e set first_name = coalesce(first, e.first_name), last_name = coalesce(last, e.last_name), language = coalesce(lang, e.language),
      phone_number = case when phone is null then e.phone_number else nullif(phone, '') end, updated_at = now
    where e.user_id = current_user_id() and e.tenant_id = current_tenant_id() and current_caller_role() = 'Patient';
  update users u set language = coalesce(lang, u.language) where u.id = current_user_id() and current_caller_role() = 'Patient';
end $$;

-- Which of these addresses are of the caller's own organization, but not on its staff list: its practitioners and administrators.
create function employees_colleagues(addresses text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select u.email from users u where u.email = any (addresses) and u.role <> 'Patient' and u.tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin'
$$;

-- What an administrator speaks, for the people they add without saying what those speak.
create function employees_usual_language() returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select u.language from users u where u.id = current_user_id()), 'en')
$$;

-- Invitations that are due, taken once. The account is made here, out of sight of who invited: an address that has an account somewhere else
-- (`known`) looks the same to them.
create function employees_take_invitations(most integer, now timestamptz)
returns table (employee_id uuid, user_id uuid, known boolean, email text, language text, organization_name text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query with due as (
    select e.id, e.tenant_id, e.user_id, e.email, e.first_name, e.last_name, e.language, o.name
      from employees e join organizations o on o.id = e.tenant_id
      where e.invite_wanted_at <= now and e.removed_at is null and e.deactivated_at is null and e.activated_at is null
        and o.validated_at is not null and o.deactivated_at is null
      order by e.invite_wanted_at limit most for update of e skip locked),
  made as (
    insert into users (id, tenant_id, email, name, first_name, last_name, role, language, created_at, approved_at)
      select people_new_id(now), d.tenant_id, d.email, left(d.first_name || ' ' || d.last_name, 200), d.first_name, d.last_name, 'Patient', d.language, now, now
        from due d where d.user_id is null
      on conflict (email) do nothing returning id, tenant_id, email),
  sent as (
    update employees e set user_id = coalesce(e.user_id, m.id), invited_at = now, invite_wanted_at = null
      from due d left join made m on m.tenant_id = d.tenant_id and m.email = d.email where e.id = d.id returning e.id, e.user_id)
  select d.id, s.user_id, s.user_id is null, d.email, d.language, d.name from due d join sent s on s.id = d.id;
end $$;

-- How many people each organization has; of one's own, or of any for the platform's administrators.
create function organizations_counts(organizations uuid[]) returns table (organization_id uuid, employees integer, practitioners integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select w.id,
      (select count(*)::integer from employees e where e.tenant_id = w.id and e.removed_at is null),
      (select count(*)::integer from users u where u.tenant_id = w.id and u.role = 'Practitioner' and u.deactivated_at is null)
    from unnest(organizations) w (id) where is_platform_caller() or (current_caller_role() = 'OrganizationAdmin' and w.id = current_tenant_id())
$$;

-- Outcomes: changed · taken · not_found.
create function organizations_set_domain(organization uuid, new_domain text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(is_platform_caller(), false) then return 'not_found'; end if;
  update organizations set domain = new_domain where id = organization;
  return case when found then 'changed' else 'not_found' end;
exception when unique_violation then return 'taken';
end $$;

create function organizations_validate(organization uuid, now timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with changed as (
    update organizations set validated_at = coalesce(validated_at, now), validated_by = coalesce(validated_by, current_user_id())
      where id = organization and is_platform_caller() returning id)
  select exists (select from changed)
$$;

-- Closing an organization ends every sign-in of its people; opening it again lets them sign in anew.
create function organizations_set_active(organization uuid, active boolean, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(is_platform_caller(), false) then return false; end if;
  update organizations set deactivated_at = case when active then null else coalesce(deactivated_at, now) end where id = organization;
  if not found then return false; end if;
  if not active then
    update sign_ins s set revoked_at = now, revoked_because = 'deactivated' from users u where u.id = s.user_id and u.tenant_id = organization and s.revoked_at is null;
  end if;
  return true;
end $$;

-- A first or further administrator of an organization, who has to accept by mail. Outcomes: made · taken · not_found.
create function organizations_appoint(organization uuid, person uuid, address text, first text, last text, lang text, now timestamptz)
returns table (outcome text, organization_name text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare title text;
begin
  select o.name into title from organizations o where o.id = organization and is_platform_caller() and o.deactivated_at is null;
  if not found then return query select 'not_found', null::text; return; end if;
  insert into users (id, tenant_id, email, name, first_name, last_name, role, language, created_at, approved_at)
    values (person, organization, address, left(first || ' ' || last, 200), first, last, 'OrganizationAdmin', lang, now, now) on conflict (email) do nothing;
  return query select case when found then 'made' else 'taken' end, title;
end $$;

-- Which organization a registration belongs to: by the address's domain, or else by the name it asks for. Only those in use.
create function organizations_open_to(address text, wanted_slug text)
returns table (organization_id uuid, name text, auto_approve boolean, by_domain boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.name, o.auto_approve_employees, o.domain is not distinct from split_part(address, '@', 2)
    from organizations o where o.validated_at is not null and o.deactivated_at is null
      and ((wanted_slug is null and o.domain = split_part(address, '@', 2)) or o.slug = wanted_slug)
$$;

-- Lists whose sender went away are over; old ones and their rows are forgotten.
create function employees_sweep_imports(idle_before timestamptz, forget_before timestamptz, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update employee_imports set status = 'Failed', refusal_code = 'import_interrupted', finished_at = now where status in ('Reading', 'Storing') and touched_at < idle_before;
  delete from employee_imports where started_at < forget_before;
$$;
create policy employee_imports_lookup on employee_imports to colloque_lookup using (true) with check (true);
grant select, delete, update (status, refusal_code, finished_at) on employee_imports to colloque_lookup;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'employees_follow_account()', 'accounts_follow_employee()', 'employees_change_self(text, text, text, text, timestamptz)', 'employees_colleagues(text[])', 'employees_usual_language()',
    'employees_take_invitations(integer, timestamptz)', 'organizations_counts(uuid[])', 'organizations_set_domain(uuid, text)',
    'organizations_validate(uuid, timestamptz)', 'organizations_set_active(uuid, boolean, timestamptz)',
    'organizations_appoint(uuid, uuid, text, text, text, text, timestamptz)', 'organizations_open_to(text, text)',
    'employees_sweep_imports(timestamptz, timestamptz, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
