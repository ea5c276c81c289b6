-- What has to be asked before anyone is known, or by those who may see a state but no content. Each answers one narrow
-- question, is owned by colloque_lookup, and is the only way for the runtime role to those columns.

-- `known_network`: this person has signed in from there since then, and was not robbed there.
create function accounts_find_login(address text, network cidr, since timestamptz)
returns table (user_id uuid, tenant_id uuid, role text, name text, language text, organization_name text, password_hash text, security_version integer, active boolean,
  known_network boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.tenant_id, u.role, u.name, u.language, o.name, c.password_hash, u.security_version,
      u.deactivated_at is null and o.deactivated_at is null,
      exists (select from sign_ins s where s.user_id = u.id and s.last_used_at >= since and s.ip <<= network
                and s.revoked_because is distinct from 'refresh_reused')
    from users u join credentials c on c.user_id = u.id left join organizations o on o.id = u.tenant_id
    where u.email = address
$$;

create function accounts_profile(person uuid)
returns table (user_id uuid, tenant_id uuid, role text, email text, name text, language text, organization_name text, security_version integer, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.tenant_id, u.role, u.email, u.name, u.language, o.name, u.security_version, u.deactivated_at is null and o.deactivated_at is null
    from users u left join organizations o on o.id = u.tenant_id where u.id = person
$$;

-- Only over the hash that was verified: a password changed meanwhile stays changed.
create function accounts_rehash(person uuid, old_hash text, new_hash text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update credentials set password_hash = new_hash where user_id = person and password_hash = old_hash
$$;

create function accounts_start_sign_in(sign_in uuid, person uuid, agent text, address inet, token_hash bytea, now timestamptz, expires timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into sign_ins (id, user_id, created_at, last_used_at, user_agent, ip) values (sign_in, person, now, now, agent, address);
  insert into refresh_tokens (hash, sign_in_id, issued_at, expires_at) values (token_hash, sign_in, now, expires);
$$;

-- Spends a refresh token for its successor, once. Outcomes: rotated · repeated (spent less than `grace` ago, its successor unspent: a lost
-- answer or a second tab) · reused (theft: the family is revoked) · expired · revoked · unknown.
create function accounts_rotate_refresh(old_hash bytea, new_hash bytea, now timestamptz, expires timestamptz, grace interval)
returns table (outcome text, sign_in_id uuid, user_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  token refresh_tokens;
  family sign_ins;
begin
  select * into token from refresh_tokens t where t.hash = old_hash for update;
  if not found then
    return query select 'unknown', null::uuid, null::uuid;
    return;
  end if;
  select * into family from sign_ins s where s.id = token.sign_in_id for update;
  sign_in_id := family.id; user_id := family.user_id;
  if family.revoked_at is not null then
    outcome := 'revoked';
  elsif token.expires_at <= now then
    outcome := 'expired';
  elsif token.spent_at is null then
    update refresh_tokens set spent_at = now where hash = old_hash;
    insert into refresh_tokens (hash, sign_in_id, issued_at, expires_at) values (new_hash, family.id, now, expires);
    update sign_ins set last_used_at = now where id = family.id;
    -- Locked ones are being tried this moment, by someone who waits for us: the next refresh sweeps them.
    delete from refresh_tokens where hash in (
      select t.hash from refresh_tokens t where t.sign_in_id = family.id and t.expires_at < now - interval '1 day' for update skip locked);
    outcome := 'rotated';
  elsif token.spent_at > now - grace and exists (select from refresh_tokens t where t.hash = new_hash and t.spent_at is null) then
    outcome := 'repeated';
  else
    update sign_ins set revoked_at = now, revoked_because = 'refresh_reused' where id = family.id;
    outcome := 'reused';
  end if;
  return next;
end $$;

create function accounts_end_sign_in(token_hash bytea, now timestamptz) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  update sign_ins s set revoked_at = coalesce(revoked_at, now), revoked_because = coalesce(revoked_because, 'signed_out')
    from refresh_tokens t where t.hash = token_hash and s.id = t.sign_in_id returning s.id
$$;

create function accounts_sign_in_states(ids uuid[]) returns table (sign_in_id uuid, security_version integer, live boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.security_version, s.revoked_at is null and u.deactivated_at is null and o.deactivated_at is null
    from sign_ins s join users u on u.id = s.user_id left join organizations o on o.id = u.tenant_id where s.id = any (ids)
$$;

-- The installation's first person, once: no second super-admin by this door.
create function accounts_create_first(person uuid, address text, full_name text, lang text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7305801);
  if exists (select from users where role = 'SuperAdmin') then return false; end if;
  insert into users (id, email, name, role, language, created_at) values (person, lower(address), full_name, 'SuperAdmin', lang, now);
  return true;
end $$;

create function accounts_link_setup(link_hash bytea, now timestamptz, expires timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare admin uuid;
begin
  select u.id into admin from users u left join credentials c on c.user_id = u.id where u.role = 'SuperAdmin' and c.user_id is null
    order by u.created_at limit 1;
  if not found then return false; end if;
  update setup_links set used_at = now where user_id = admin and used_at is null;
  insert into setup_links (hash, user_id, expires_at) values (link_hash, admin, expires);
  return true;
end $$;

create function accounts_use_setup(link_hash bytea, hash text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare admin uuid;
begin
  update setup_links l set used_at = now where l.hash = link_hash and l.used_at is null and l.expires_at > now returning l.user_id into admin;
  if not found then return false; end if;
  insert into credentials (user_id, password_hash, changed_at) values (admin, hash, now);
  return true;
end $$;

-- The operational state of a visit, for administrators: of their own organization, or of any for the platform's.
create function operational_state(consultation uuid)
returns table (id uuid, status text, format text, scheduled_at timestamptz, started_at timestamptz, closed_at timestamptz, queue_position integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.status, c.format, c.scheduled_at, c.started_at, c.closed_at,
      (select count(*)::integer from queue_items mine join queue_items ahead on ahead.practitioner_id = mine.practitioner_id
          and ahead.left_at is null and (ahead.joined_at, ahead.consultation_id) <= (mine.joined_at, mine.consultation_id)
        where mine.consultation_id = c.id and mine.left_at is null having count(*) > 0)
    from consultations c
    where c.id = consultation
      and ((current_caller_role() = 'OrganizationAdmin' and c.tenant_id = current_tenant_id()) or is_platform_caller())
$$;

create function operational_close(consultation uuid, event uuid, now timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare tenant uuid; was text;
begin
  if current_caller_role() is distinct from 'OrganizationAdmin' then return 'forbidden'; end if;
  select c.tenant_id, c.status into tenant, was from consultations c where c.id = consultation and c.tenant_id = current_tenant_id() for update;
  if not found then return 'not_found'; end if;
  if was <> 'InProgress' then return 'illegal'; end if;
  update consultations set status = 'Completed', closed_at = now where id = consultation;
  update conversations set status = 'Closed' where id = consultation;
  update queue_items set left_at = now where consultation_id = consultation and left_at is null;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
    values (event, tenant, consultation, 'Ended', current_user_id(), current_caller_role(), now);
  return 'closed';
end $$;

-- A patient's place: how many of this practitioner's waiting came no later. Others' rows stay unseen.
create function queue_position(consultation uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from queue_items mine join queue_items ahead on ahead.practitioner_id = mine.practitioner_id
      and ahead.left_at is null and (ahead.joined_at, ahead.consultation_id) <= (mine.joined_at, mine.consultation_id)
    where mine.consultation_id = consultation and mine.left_at is null having count(*) > 0
$$;

-- Uploads never confirmed: their objects may go.
create function files_sweep(before timestamptz, most integer) returns setof text
language sql security definer set search_path = public, pg_temp as $$
  delete from files f where f.id in (select id from files where status = 'Prepared' and created_at < before order by created_at limit most) returning f.object_key
$$;

create function keys_seal_check() returns bytea
language sql stable security definer set search_path = keys, pg_temp as $$ select sealed from keys.seal_check $$;

create function keys_set_seal_check(value bytea, now timestamptz) returns void
language sql security definer set search_path = keys, pg_temp as $$ insert into keys.seal_check (sealed, created_at) values (value, now) $$;

-- A function's owner must be able to create in its schema at the moment it is given to it, and not after.
grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'accounts_find_login(text, cidr, timestamptz)', 'accounts_profile(uuid)', 'accounts_rehash(uuid, text, text)',
    'accounts_start_sign_in(uuid, uuid, text, inet, bytea, timestamptz, timestamptz)',
    'accounts_rotate_refresh(bytea, bytea, timestamptz, timestamptz, interval)', 'accounts_end_sign_in(bytea, timestamptz)',
    'accounts_sign_in_states(uuid[])', 'accounts_create_first(uuid, text, text, text, timestamptz)',
    'accounts_link_setup(bytea, timestamptz, timestamptz)', 'accounts_use_setup(bytea, text, timestamptz)',
    'operational_state(uuid)', 'operational_close(uuid, uuid, timestamptz)', 'queue_position(uuid)',
    'files_sweep(timestamptz, integer)', 'keys_seal_check()', 'keys_set_seal_check(bytea, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
