-- Who may sign in: names, a verified address, an approval; links by mail; second factors; requests that are answered before they are looked at.

alter table users
  add column first_name text check (length(first_name) between 1 and 100),
  add column last_name text check (length(last_name) between 1 and 100),
  add column phone text check (length(phone) between 1 and 40),
  -- Null: nobody has shown yet that they read this address (registered, or invited and not yet come).
  add column email_verified_at timestamptz,
  -- Null: registered, and the organization's administrator has not said yes. An invitation is a yes.
  add column approved_at timestamptz;
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
-- Whoever is here already counts as verified and approved. After the policy: until there is one, forced row-level security shows the owner no row to change.
update users set email_verified_at = created_at, approved_at = created_at;
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

-- How many passkeys a person has: none, until there is a table of them.
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


-- One person as sign-in needs them; the other functions here add what they know besides.
create function accounts_person(person uuid)
returns table (user_id uuid, tenant_id uuid, role text, email text, name text, first_name text, last_name text, language text, organization_name text,
  avatar_url text, verified boolean, approved boolean, totp boolean, passkeys integer, recovery_left integer, security_version integer, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.tenant_id, u.role, u.email, u.name, u.first_name, u.last_name, u.language, o.name, null::text,
      u.email_verified_at is not null, u.approved_at is not null,
      exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null), accounts_passkey_count(u.id),
      (select count(*)::integer from recovery_codes r where r.user_id = u.id and r.used_at is null),
      u.security_version, u.deactivated_at is null and o.deactivated_at is null
    from users u left join organizations o on o.id = u.tenant_id where u.id = person
$$;

drop function accounts_find_login(text, cidr, timestamptz);
-- `known_network`: this person has signed in from there since then, and was not robbed there.
create function accounts_find_login(address text, network cidr, since timestamptz)
returns table (user_id uuid, tenant_id uuid, role text, email text, name text, first_name text, last_name text, language text, organization_name text,
  avatar_url text, verified boolean, approved boolean, totp boolean, passkeys integer, recovery_left integer, security_version integer, active boolean,
  password_hash text, known_network boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.*, c.password_hash,
      exists (select from sign_ins s where s.user_id = u.id and s.last_used_at >= since and s.ip <<= network
                and s.revoked_because is distinct from 'refresh_reused')
    from users u join credentials c on c.user_id = u.id cross join lateral accounts_person(u.id) p where u.email = address
$$;

drop function accounts_profile(uuid);
create function accounts_profile(person uuid, sign_in uuid)
returns table (user_id uuid, tenant_id uuid, role text, email text, name text, first_name text, last_name text, language text, organization_name text,
  avatar_url text, verified boolean, approved boolean, totp boolean, passkeys integer, recovery_left integer, security_version integer, active boolean,
  restricted boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.*, exists (select from sign_ins s where s.id = sign_in and s.restricted) from accounts_person(person) p
$$;

drop function accounts_start_sign_in(uuid, uuid, text, inet, bytea, timestamptz, timestamptz);
create function accounts_start_sign_in(sign_in uuid, person uuid, agent text, address inet, token_hash bytea, now timestamptz, expires timestamptz, half boolean)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into sign_ins (id, user_id, created_at, last_used_at, user_agent, ip, restricted) values (sign_in, person, now, now, agent, address, half);
  insert into refresh_tokens (hash, sign_in_id, issued_at, expires_at) values (token_hash, sign_in, now, expires);
$$;

-- Second factors.

create function accounts_open_challenge(challenge bytea, person uuid, version integer, known boolean, now timestamptz, expires timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from login_challenges where hash in (
    select c.hash from login_challenges c where c.user_id = person and c.expires_at <= now for update skip locked);
  insert into login_challenges (hash, user_id, security_version, known_network, created_at, expires_at)
    values (challenge, person, version, known, now, expires);
$$;

-- Counts a try. Nothing for an unknown, used, expired or tired challenge, nor for one from before the password changed.
create function accounts_try_challenge(challenge bytea, most integer, now timestamptz)
returns table (user_id uuid, known_network boolean, sealed bytea)
language sql security definer set search_path = public, pg_temp as $$
  update login_challenges c set tries = c.tries + 1 from users u
    where c.hash = challenge and u.id = c.user_id and c.used_at is null and c.expires_at > now and c.tries < most and u.security_version = c.security_version
    returning c.user_id, c.known_network, (select f.sealed from second_factors f where f.user_id = c.user_id)
$$;

-- Uses a code, once: the row's lock lets one of many who come with the same code through. With a challenge, that is used too.
create function accounts_pass_factor(person uuid, challenge bytea, step bigint, code_hash bytea, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if challenge is not null then
    perform from login_challenges c where c.hash = challenge and c.user_id = person and c.used_at is null and c.expires_at > now for update;
    if not found then return false; end if;
  end if;
  if step is not null then
    update second_factors f set last_step = step where f.user_id = person and f.confirmed_at is not null and f.last_step < step;
  else
    update recovery_codes r set used_at = now where r.user_id = person and r.hash = code_hash and r.used_at is null;
  end if;
  if not found then return false; end if;
  update login_challenges c set used_at = now where c.hash = challenge;
  return true;
end $$;

create function accounts_factor(person uuid) returns table (sealed bytea, pending bytea, pending_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.sealed, f.pending, f.pending_at from second_factors f where f.user_id = person
$$;

create function accounts_begin_factor(person uuid, secret bytea, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into second_factors (user_id, pending, pending_at) values (person, secret, now)
    on conflict (user_id) do update set pending = secret, pending_at = now
$$;

-- The secret that waited becomes the person's, and the sign-in that proved it whole. Others that still lacked a factor end.
create function accounts_confirm_factor(person uuid, sign_in uuid, secret bytea, step bigint, codes bytea[], now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update second_factors f set sealed = f.pending, confirmed_at = now, last_step = step, pending = null, pending_at = null
    where f.user_id = person and f.pending = secret;
  if not found then return false; end if;
  perform accounts_replace_recovery(person, codes, now);
  perform accounts_complete_sign_in(person, sign_in, now);
  return true;
end $$;

-- A factor was proved in this sign-in: it is whole, and others of the person that lack one end.
create function accounts_complete_sign_in(person uuid, sign_in uuid, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update sign_ins s set revoked_at = now, revoked_because = 'factor_elsewhere'
    where s.user_id = person and s.restricted and s.id <> sign_in and s.revoked_at is null;
  update sign_ins s set restricted = false where s.id = sign_in and s.user_id = person;
$$;

create function accounts_replace_recovery(person uuid, codes bytea[], now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from recovery_codes where user_id = person;
  insert into recovery_codes (user_id, hash, created_at) select person, c, now from unnest(codes) c;
$$;

-- Outcomes: dropped · unknown · last (the only second factor of one who must have one). With passkeys left, the recovery codes stay good.
create function accounts_drop_factor(person uuid, must boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare others integer;
begin
  -- Whoever removes a passkey takes this lock too: of two factors, two requests at once do not remove both.
  perform pg_advisory_xact_lock(hashtextextended('passkeys of ' || person, 0));
  others := accounts_passkey_count(person);
  if must and others = 0 then return 'last'; end if;
  delete from second_factors f where f.user_id = person and f.confirmed_at is not null;
  if not found then return 'unknown'; end if;
  if others = 0 then delete from recovery_codes where user_id = person; end if;
  return 'dropped';
end $$;

-- Passwords.

create function accounts_find_password(person uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$ select password_hash from credentials where user_id = person $$;

-- Only over the hash that was verified. Every other sign-in ends; this one's tokens are refreshed.
create function accounts_change_password(person uuid, old_hash text, new_hash text, keep uuid, now timestamptz)
returns table (email text, name text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update credentials c set password_hash = new_hash, changed_at = now where c.user_id = person and c.password_hash = old_hash;
  if not found then return; end if;
  update sign_ins s set revoked_at = now, revoked_because = 'password_changed' where s.user_id = person and s.id <> keep and s.revoked_at is null;
  return query update users u set security_version = u.security_version + 1 where u.id = person returning u.email, u.name, u.language;
end $$;

-- A new password by a mail: the address is read, and nobody stays signed in. The second factor is not touched.
create function accounts_reset_password(token_hash bytea, new_hash text, now timestamptz)
returns table (user_id uuid, email text, name text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare person uuid;
begin
  select t.user_id into person from accounts_use_token(token_hash, 'Reset', now) t;
  if not found then return; end if;
  update account_tokens t set used_at = now where t.user_id = person and t.purpose in ('Reset', 'Invite', 'Verify') and t.used_at is null;
  insert into credentials (user_id, password_hash, changed_at) values (person, new_hash, now)
    on conflict (user_id) do update set password_hash = new_hash, changed_at = now;
  update sign_ins s set revoked_at = now, revoked_because = 'password_reset' where s.user_id = person and s.revoked_at is null;
  delete from login_challenges c where c.user_id = person;
  return query update users u set security_version = u.security_version + 1, email_verified_at = coalesce(u.email_verified_at, now)
    where u.id = person returning u.id, u.email, u.name, u.language;
end $$;

-- Requests that were answered before they are looked at.

create function accounts_request(request uuid, content bytea, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into account_requests (id, sealed, created_at, due_at) values (request, content, now, now)
$$;

-- The next one, out of others' reach until `again`: should this process die, another takes it then.
create function accounts_take_request(now timestamptz, again timestamptz) returns table (id uuid, sealed bytea, tries integer)
language sql security definer set search_path = public, pg_temp as $$
  update account_requests r set due_at = again, tries = r.tries + 1
    where r.id = (select q.id from account_requests q where q.due_at <= now order by q.due_at limit 1 for update skip locked)
    returning r.id, r.sealed, r.tries
$$;

create function accounts_finish_request(request uuid) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from account_requests where id = request returning 1) select exists (select from gone)
$$;

-- The link's password becomes the person's: of several who registered one address, who reads its mail decides whose holds.
create function accounts_verify_email(token_hash bytea, now timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare used record;
begin
  select * into used from accounts_use_token(token_hash, 'Verify', now);
  if not found then return null; end if;
  update account_tokens t set used_at = now where t.user_id = used.user_id and t.purpose = 'Verify' and t.used_at is null;
  if used.payload is not null then
    update credentials c set password_hash = used.payload, changed_at = now
      where c.user_id = used.user_id and exists (select from users u where u.id = used.user_id and u.email_verified_at is null);
  end if;
  update users u set email_verified_at = coalesce(u.email_verified_at, now) where u.id = used.user_id;
  return used.user_id;
end $$;

-- Whom a mail about a forgotten password or a missing verification may go to, unless enough of them lie in the box already.
create function accounts_find_mailbox(address text, what text, since timestamptz, most integer)
returns table (user_id uuid, name text, language text, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.name, u.language, c.password_hash
    from users u left join organizations o on o.id = u.tenant_id left join credentials c on c.user_id = u.id
    where u.email = address and u.deactivated_at is null and o.deactivated_at is null
      and (what <> 'Verify' or (u.email_verified_at is null and c.user_id is not null))
      and (select count(*) from account_tokens t where t.user_id = u.id and t.purpose = what and t.created_at > since) < most
$$;

-- Lets an invited person in: whoever holds the link reads the address. Outcomes: accepted · spent · other_address.
create function accounts_accept_invitation(token_hash bytea, address text, first text, last text, lang text, new_hash text, now timestamptz)
returns table (outcome text, user_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare token account_tokens; person users;
begin
  select * into token from account_tokens t where t.hash = token_hash and t.purpose = 'Invite' and t.used_at is null and t.expires_at > now for update;
  if found then
    select u.* into person from users u left join organizations o on o.id = u.tenant_id
      where u.id = token.user_id and u.deactivated_at is null and o.deactivated_at is null and u.email_verified_at is null for update of u;
  end if;
  if person.id is null then return query select 'spent', null::uuid; return; end if;
  if address is not null and address <> person.email then return query select 'other_address', null::uuid; return; end if;
  update account_tokens t set used_at = now where t.user_id = person.id and t.used_at is null;
  insert into credentials (user_id, password_hash, changed_at) values (person.id, new_hash, now)
    on conflict (user_id) do update set password_hash = new_hash, changed_at = now;
  update users u set first_name = coalesce(first, u.first_name), last_name = coalesce(last, u.last_name),
      name = case when first is null or last is null then u.name else first || ' ' || last end, language = coalesce(lang, u.language),
      email_verified_at = now, approved_at = coalesce(u.approved_at, now), security_version = u.security_version + 1 where u.id = person.id;
  return query select 'accepted', person.id;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'accounts_raise_security(uuid)', 'accounts_issue_tokens(bytea[], uuid[], text, text, timestamptz, timestamptz)',
    'accounts_use_token(bytea, text, timestamptz)', 'accounts_passkey_count(uuid)', 'accounts_person(uuid)',
    'accounts_find_login(text, cidr, timestamptz)', 'accounts_profile(uuid, uuid)',
    'accounts_start_sign_in(uuid, uuid, text, inet, bytea, timestamptz, timestamptz, boolean)',
    'accounts_open_challenge(bytea, uuid, integer, boolean, timestamptz, timestamptz)', 'accounts_try_challenge(bytea, integer, timestamptz)',
    'accounts_pass_factor(uuid, bytea, bigint, bytea, timestamptz)', 'accounts_factor(uuid)', 'accounts_begin_factor(uuid, bytea, timestamptz)',
    'accounts_confirm_factor(uuid, uuid, bytea, bigint, bytea[], timestamptz)', 'accounts_complete_sign_in(uuid, uuid, timestamptz)',
    'accounts_replace_recovery(uuid, bytea[], timestamptz)', 'accounts_drop_factor(uuid, boolean)',
    'accounts_find_password(uuid)', 'accounts_change_password(uuid, text, text, uuid, timestamptz)',
    'accounts_reset_password(bytea, text, timestamptz)', 'accounts_request(uuid, bytea, timestamptz)',
    'accounts_take_request(timestamptz, timestamptz)', 'accounts_finish_request(uuid)', 'accounts_verify_email(bytea, timestamptz)',
    'accounts_find_mailbox(text, text, timestamptz, integer)',
    'accounts_accept_invitation(bytea, text, text, text, text, text, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
