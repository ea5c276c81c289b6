-- Who may sign in: names, a verified address, an approval; links by mail; second factors; requests that are answered before they are looked at.

alter table users
  add column first_name text check (length(first_name) between 1 and 100),
  add column last_name text check (length(last_name) between 1 and 100),
  add column phone text check (length(phone) between 1 and 40),
  -- Null: nobody has shown yet that they read this address (registered, or invited and not yet come).
  add column email_verified_at timestamptz,
  -- Null: registered, and the organization's administrator has not said yes. An invitation is a yes.
  add column approved_at timestamptz;
update users set email_verified_at = created_at, approved_at = created_at;
-- Practitioners without an organization are the platform's own.
alter table users drop constraint users_check;
alter table users add constraint users_organization check (case role
  when 'Patient' then tenant_id is not null when 'OrganizationAdmin' then tenant_id is not null when 'Practitioner' then true else tenant_id is null end);
drop policy users_create on users;
create policy users_create on users for insert to colloque_app
  with check (is_platform_caller() and (tenant_id is not null or role = 'Practitioner' or current_caller_role() = 'SuperAdmin'));
-- Who registers is nobody yet: a patient or a practitioner, never an administrator.
drop policy users_first on users;
create policy users_register on users for insert to colloque_lookup with check (role in ('Patient', 'Practitioner', 'SuperAdmin'));
create policy users_change on users for update to colloque_lookup using (true) with check (true);
grant insert (first_name, last_name, phone, email_verified_at, approved_at) on users to colloque_app;
grant insert (tenant_id, title, specialty, first_name, last_name, phone, email_verified_at, approved_at) on users to colloque_lookup;
-- Neither the role nor the organization: nobody changes those by a look-up.
grant update (email, name, first_name, last_name, phone, title, specialty, language, email_verified_at, approved_at, security_version, deactivated_at)
  on users to colloque_lookup;

-- A link in a mail: hashed, once, expiring. The payload is the new address of an EmailChange.
create table account_tokens (
  hash bytea primary key check (length(hash) = 32),
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('Verify', 'Reset', 'Invite', 'EmailChange')),
  payload text check (length(payload) <= 400),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index account_tokens_user on account_tokens (user_id, purpose, created_at);
alter table account_tokens enable row level security;
alter table account_tokens force row level security;
create policy account_tokens_lookup on account_tokens for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on account_tokens to colloque_lookup;

-- Password in, second factor still out (docs/subsystems/accounts.md).
alter table sign_ins add column restricted boolean not null default false;

-- An authenticator's secret, wrapped by the master key for this person alone. One that waits for its first code is `pending`.
create table second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  sealed bytea,
  confirmed_at timestamptz,
  -- The newest 30 s step whose code has been used: no code counts twice, nor does an older one.
  last_step bigint not null default 0,
  pending bytea,
  pending_at timestamptz,
  check ((sealed is null) = (confirmed_at is null))
);
alter table second_factors enable row level security;
alter table second_factors force row level security;
create policy second_factors_lookup on second_factors for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on second_factors to colloque_lookup;

create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  hash bytea not null check (length(hash) = 32),
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, hash)
);
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy recovery_codes_lookup on recovery_codes for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on recovery_codes to colloque_lookup;

-- A right password that waits for its second factor.
create table login_challenges (
  hash bytea primary key check (length(hash) = 32),
  user_id uuid not null references users (id) on delete cascade,
  security_version integer not null,
  known_network boolean not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index login_challenges_user on login_challenges (user_id);
alter table login_challenges enable row level security;
alter table login_challenges force row level security;
create policy login_challenges_lookup on login_challenges for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on login_challenges to colloque_lookup;

-- Registrations and forgotten passwords, for known and unknown addresses alike: answered first, looked at afterwards.
create table account_requests (
  id uuid primary key,
  -- Kind, address, names and password hash, sealed by the master key: nothing here is to be read.
  sealed bytea not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0
);
create index account_requests_due on account_requests (due_at);
alter table account_requests enable row level security;
alter table account_requests force row level security;
create policy account_requests_lookup on account_requests for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on account_requests to colloque_lookup;

-- Ends every access token and socket of a person within 5 s; their sign-ins go on and refresh.
create function accounts_raise_security(person uuid) returns integer
language sql security definer set search_path = public, pg_temp as $$
  update users set security_version = security_version + 1 where id = person returning security_version
$$;

create function accounts_issue_tokens(hashes bytea[], people uuid[], what text, content text, now timestamptz, expires timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into account_tokens (hash, user_id, purpose, payload, created_at, expires_at)
    select t.hash, t.person, what, content, now, expires from unnest(hashes, people) t (hash, person)
$$;

-- Null for unknown, used, expired and for another purpose alike.
create function accounts_use_token(token_hash bytea, what text, now timestamptz) returns table (user_id uuid, payload text)
language sql security definer set search_path = public, pg_temp as $$
  update account_tokens t set used_at = now where t.hash = token_hash and t.purpose = what and t.used_at is null and t.expires_at > now
    returning t.user_id, t.payload
$$;

-- How many passkeys a person has; 0011 gives it its table.
create function accounts_passkey_count(person uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$ select 0 $$;

create or replace function accounts_create_first(person uuid, address text, full_name text, lang text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7305801);
  if exists (select from users where role = 'SuperAdmin') then return false; end if;
  insert into users (id, email, name, role, language, created_at, email_verified_at, approved_at)
    values (person, lower(address), full_name, 'SuperAdmin', lang, now, now, now);
  return true;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'accounts_raise_security(uuid)', 'accounts_issue_tokens(bytea[], uuid[], text, text, timestamptz, timestamptz)',
    'accounts_use_token(bytea, text, timestamptz)', 'accounts_passkey_count(uuid)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
