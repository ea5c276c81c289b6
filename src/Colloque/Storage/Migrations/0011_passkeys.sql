-- Passkeys (WebAuthn), and what a person may see and end of their own sign-ins.

-- A ceremony under way. The challenge is known to the browser alone: its SHA-256 is the key of the row, which goes when it is answered.
create table passkey_ceremonies (
  hash bytea primary key check (length(hash) = 32),
  user_id uuid references users (id) on delete cascade,
  sealed bytea not null check (length(sealed) <= 4096),
  expires_at timestamptz not null
);
create index passkey_ceremonies_expiry on passkey_ceremonies (expires_at);
alter table passkey_ceremonies enable row level security;
alter table passkey_ceremonies force row level security;
create policy passkey_ceremonies_lookup on passkey_ceremonies for all to colloque_lookup using (true) with check (true);
-- PostgreSQL demands update for "for update skip locked", too.
grant select, insert, update, delete on passkey_ceremonies to colloque_lookup;

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  name text not null check (length(name) between 1 and 100),
  credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
  public_key bytea not null check (length(public_key) between 1 and 600),
  sign_count bigint not null check (sign_count between 0 and 4294967295),
  transports text[] not null default '{}',
  backup_eligible boolean not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id, created_at);
alter table passkeys enable row level security;
alter table passkeys force row level security;
create policy passkeys_lookup on passkeys for all to colloque_lookup using (true) with check (true);
grant select, insert, update (sign_count, backed_up, last_used_at), delete on passkeys to colloque_lookup;

-- What nobody answered is swept by who comes next, a hundred at a time.
create function accounts_offer_passkey(challenge_hash bytea, person uuid, state bytea, now timestamptz, expires timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from passkey_ceremonies where hash in (select c.hash from passkey_ceremonies c where c.expires_at <= now order by c.expires_at limit 100 for update skip locked);
  insert into passkey_ceremonies (hash, user_id, sealed, expires_at) values (challenge_hash, person, state, expires);
$$;

-- Once: of any number who ask at the same time, one gets it.
create function accounts_take_ceremony(challenge_hash bytea, person uuid, now timestamptz) returns bytea
language sql security definer set search_path = public, pg_temp as $$
  with taken as (delete from passkey_ceremonies c where c.hash = challenge_hash and c.user_id is not distinct from person returning c.sealed, c.expires_at)
  select t.sealed from taken t where t.expires_at > now
$$;

create function accounts_passkeys()
returns table (id uuid, name text, credential_id bytea, public_key bytea, sign_count bigint, transports text[], backup_eligible boolean, backed_up boolean,
  created_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.name, p.credential_id, p.public_key, p.sign_count, p.transports, p.backup_eligible, p.backed_up, p.created_at, p.last_used_at
    from passkeys p where p.user_id = current_user_id() order by p.created_at, p.id
$$;

-- Outcomes: added · known (this credential is registered) · many. Who was let in to set up a second factor has one now: the sign-in becomes a full one.
create function accounts_add_passkey(sign_in uuid, passkey uuid, label text, credential bytea, key bytea, count bigint, ways text[], eligible boolean, backed boolean,
  now timestamptz, most integer)
returns text language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('passkeys of ' || current_user_id(), 0));
  if (select count(*) from passkeys p where p.user_id = current_user_id()) >= most then return 'many'; end if;
  insert into passkeys (id, user_id, name, credential_id, public_key, sign_count, transports, backup_eligible, backed_up, created_at)
    values (passkey, current_user_id(), label, credential, key, count, ways, eligible, backed, now) on conflict (credential_id) do nothing;
  if not found then return 'known'; end if;
  perform accounts_complete_sign_in(current_user_id(), sign_in, now);
  return 'added';
end $$;

-- Outcomes: removed · unknown · last (the only second factor of one who must have one).
create function accounts_remove_passkey(passkey uuid, must boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('passkeys of ' || current_user_id(), 0));
  if not exists (select from passkeys p where p.id = passkey and p.user_id = current_user_id()) then return 'unknown'; end if;
  if must and (select count(*) from passkeys p where p.user_id = current_user_id()) = 1
    and not exists (select from second_factors f where f.user_id = current_user_id() and f.confirmed_at is not null) then return 'last'; end if;
  delete from passkeys p where p.id = passkey;
  -- Recovery codes stand in for a factor: without one they open nothing.
  delete from recovery_codes r where r.user_id = current_user_id() and accounts_passkey_count(r.user_id) = 0
    and not exists (select from second_factors f where f.user_id = r.user_id and f.confirmed_at is not null);
  return 'removed';
end $$;

create function accounts_find_passkey(credential bytea)
returns table (id uuid, user_id uuid, credential_id bytea, public_key bytea, sign_count bigint, transports text[], backup_eligible boolean, backed_up boolean, created_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.user_id, p.credential_id, p.public_key, p.sign_count, p.transports, p.backup_eligible, p.backed_up, p.created_at from passkeys p where p.credential_id = credential
$$;

-- The count only rises, also when two arrive at once; authenticators that do not count stay at zero.
create function accounts_use_passkey(passkey uuid, count bigint, backed boolean, now timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with used as (
    update passkeys p set sign_count = count, backed_up = backed, last_used_at = now
      where p.id = passkey and (p.sign_count < count or (p.sign_count = 0 and count = 0)) returning 1)
  select exists (select from used)
$$;

create or replace function accounts_passkey_count(person uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from passkeys p where p.user_id = person
$$;

-- One's own sign-ins that live, the last used first; the refresh tokens say whether one can still be prolonged.
create function accounts_sign_ins(now timestamptz)
returns table (id uuid, user_agent text, ip inet, created_at timestamptz, last_used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.user_agent, s.ip, s.created_at, s.last_used_at from sign_ins s
    where s.user_id = current_user_id() and s.revoked_at is null
      and exists (select from refresh_tokens t where t.sign_in_id = s.id and t.spent_at is null and t.expires_at > now)
    order by s.last_used_at desc, s.id limit 200
$$;

-- Ends one's own sign-ins: the one named, or all but the one spared. Gives those that this call ended.
create function accounts_end_own_sign_ins(one uuid, spared uuid, now timestamptz) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  update sign_ins s set revoked_at = now, revoked_because = 'ended_by_owner'
    where s.user_id = current_user_id() and s.revoked_at is null and (one is null or s.id = one) and (spared is null or s.id <> spared) returning s.id
$$;

-- Where this person signed in from before, but for one sign-in, and which of it is fresh enough to count as known. None: it was their first.
create function accounts_recent_origins(sign_in uuid, person uuid, network cidr, since timestamptz) returns table (user_agent text, fresh boolean, same_network boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.user_agent, bool_or(s.last_used_at >= since), coalesce(bool_or(s.ip <<= network and s.last_used_at >= since), false) from sign_ins s
    where s.user_id = person and s.id <> sign_in and s.revoked_because is distinct from 'refresh_reused'
    group by s.user_agent order by max(s.last_used_at) desc limit 100
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'accounts_offer_passkey(bytea, uuid, bytea, timestamptz, timestamptz)', 'accounts_take_ceremony(bytea, uuid, timestamptz)', 'accounts_passkeys()',
    'accounts_add_passkey(uuid, uuid, text, bytea, bytea, bigint, text[], boolean, boolean, timestamptz, integer)', 'accounts_remove_passkey(uuid, boolean)',
    'accounts_find_passkey(bytea)',
    'accounts_use_passkey(uuid, bigint, boolean, timestamptz)', 'accounts_sign_ins(timestamptz)',
    'accounts_end_own_sign_ins(uuid, uuid, timestamptz)', 'accounts_recent_origins(uuid, uuid, cidr, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
