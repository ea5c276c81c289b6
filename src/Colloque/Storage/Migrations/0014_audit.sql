-- Who did what to what, when and from where: rows that are added and never changed (docs/subsystems/audit.md). No text, no name, no address of mail.
create table audit_entries (
  id uuid primary key,
  -- The organization whose chain holds the row; null: the platform's own.
  tenant_id uuid,
  at timestamptz not null,
  actor_id uuid,
  actor_role text,
  action text not null
    check (action in ('Create', 'Read', 'Update', 'Delete', 'Login', 'Logout', 'Export', 'Import', 'Validate', 'Cancel', 'Refused')),
  -- What was tried, where the action is Refused.
  attempted text,
  resource text not null,
  resource_id uuid,
  -- Whose data, where that is a person who is known at the time; the people of a consultation are found by its id.
  subject_id uuid,
  -- About what patient and practitioner share: no organization's administrator is shown such a row.
  clinical boolean not null,
  ip inet,
  user_agent text,
  request_id text,
  outcome text not null check (outcome in ('Ok', 'Refused', 'Failed')),
  code text,
  sign_in_id uuid,
  -- HMAC of the row under a key that the database does not have: a row that anyone else wrote is never sealed.
  mac bytea not null
);
create index audit_entries_at on audit_entries (at desc, id desc);
create index audit_entries_tenant on audit_entries (tenant_id, at desc, id desc);
create index audit_entries_subject on audit_entries (subject_id, at desc, id desc) where subject_id is not null;
create index audit_entries_resource on audit_entries (resource_id, at desc, id desc) where resource_id is not null;
create index audit_entries_actor on audit_entries (actor_id, at desc, id desc);

-- Written, and waiting for the sealer.
create table audit_pending (entry_id uuid primary key);

-- A row's place in its organization's chain (seq) and among all rows (number), signed one by one: each can be judged by itself.
create table audit_seals (
  chain uuid not null,
  seq bigint not null check (seq > 0),
  number bigint not null unique check (number > 0),
  entry_id uuid not null unique,
  previous bytea not null check (length(previous) = 32),
  link bytea not null check (length(link) = 32),
  sealed_at timestamptz not null,
  key_id text not null,
  signature bytea not null check (length(signature) = 64),
  primary key (chain, seq)
);

-- How far the chains were, signed. The text is the very text that was signed.
create table audit_checkpoints (
  number bigint primary key check (number > 0),
  at timestamptz not null,
  whole boolean not null,
  body text not null,
  key_id text not null,
  signature bytea not null check (length(signature) = 64)
);

create function audit_refuse_change() returns trigger language plpgsql
  as $$ begin raise exception 'Rows of the audit are added, never changed or removed.' using errcode = 'insufficient_privilege'; end $$;

do $$
declare t text;
begin
  foreach t in array array['audit_entries', 'audit_seals', 'audit_checkpoints']
  loop
    execute format('create trigger %I before update or delete or truncate on %I for each statement execute function audit_refuse_change()', t || '_stay', t);
    execute format('create policy %I on %I for insert to colloque_lookup with check (true)', t || '_append', t);
    execute format('create policy %I on %I for select to colloque_lookup using (true)', t || '_lookup', t);
    execute format('grant select, insert on %I to colloque_lookup', t);
  end loop;
  foreach t in array array['audit_entries', 'audit_seals', 'audit_checkpoints', 'audit_pending']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
create policy audit_pending_lookup on audit_pending for all to colloque_lookup using (true) with check (true);
grant select, insert, delete on audit_pending to colloque_lookup;
-- Which consultations are mine: so that each person sees who looked at theirs.
grant select (patient_id) on consultations to colloque_lookup;

-- Adds rows; again with the same ids, nothing. `once` marks reads of which one an hour, by one person of one thing, is enough.
create function audit_append(ids uuid[], tenants uuid[], times timestamptz[], actors uuid[], roles text[], actions text[], attempts text[], resources text[],
  resource_ids uuid[], subjects uuid[], clinicals boolean[], ips inet[], agents text[], requests text[], outcomes text[], codes text[], sign_ins uuid[],
  macs bytea[], once boolean[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  with added as (
    insert into audit_entries (id, tenant_id, at, actor_id, actor_role, action, attempted, resource, resource_id, subject_id, clinical, ip, user_agent,
        request_id, outcome, code, sign_in_id, mac)
      select n.id, n.tenant_id, n.at, n.actor_id, n.actor_role, n.action, n.attempted, n.resource, n.resource_id, n.subject_id, n.clinical, n.ip, n.user_agent,
          n.request_id, n.outcome, n.code, n.sign_in_id, n.mac
        from unnest(ids, tenants, times, actors, roles, actions, attempts, resources, resource_ids, subjects, clinicals, ips, agents, requests, outcomes,
          codes, sign_ins, macs, once) as n (id, tenant_id, at, actor_id, actor_role, action, attempted, resource, resource_id, subject_id, clinical, ip,
          user_agent, request_id, outcome, code, sign_in_id, mac, once)
        where not (n.once and exists (
          select from audit_entries e where e.actor_id = n.actor_id and e.resource_id = n.resource_id and e.resource = n.resource and e.action = n.action
            and e.outcome = 'Ok' and e.at > n.at - interval '1 hour' and e.at <= n.at and e.id <> n.id))
      on conflict (id) do nothing returning id)
  insert into audit_pending (entry_id) select id from added on conflict do nothing
$$;

create function audit_unsealed(most integer) returns setof audit_entries
language sql stable security definer set search_path = public, pg_temp as $$
  select e.* from audit_pending p join audit_entries e on e.id = p.entry_id order by e.at, e.id limit most
$$;

-- Where chains end: those given, or all.
create function audit_heads(chains uuid[]) returns table (chain uuid, seq bigint, link bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.chain, s.seq, s.link
    from (select distinct unnest(chains) chain where chains is not null
          union select distinct a.chain from audit_seals a where chains is null) c
      cross join lateral (select s.seq, s.link from audit_seals s where s.chain = c.chain order by s.seq desc limit 1) s
$$;

-- The last number given, the last checkpoint, and when the last whole one was.
create function audit_progress() returns table (number bigint, checkpoint bigint, body text, whole_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select s.number from audit_seals s order by s.number desc limit 1), 0), coalesce(k.number, 0), k.body,
      (select w.at from audit_checkpoints w where w.whole order by w.number desc limit 1)
    from (select 1) one left join lateral (select c.number, c.body from audit_checkpoints c order by c.number desc limit 1) k on true
$$;

create function audit_seal(chains uuid[], seqs bigint[], numbers bigint[], entries uuid[], previouses bytea[], links bytea[], now timestamptz, key text,
  signatures bytea[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into audit_seals (chain, seq, number, entry_id, previous, link, sealed_at, key_id, signature)
    select n.chain, n.seq, n.number, n.entry_id, n.previous, n.link, now, key, n.signature
      from unnest(chains, seqs, numbers, entries, previouses, links, signatures) as n (chain, seq, number, entry_id, previous, link, signature);
  delete from audit_pending where entry_id = any (entries);
$$;

-- Rows that bear no mac of ours: they stay, unsealed, for verify-audit to name.
create function audit_set_aside(entries uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$ delete from audit_pending where entry_id = any (entries) $$;

create function audit_checkpoint(n bigint, now timestamptz, complete boolean, content text, key text, sig bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into audit_checkpoints (number, at, whole, body, key_id, signature) values (n, now, complete, content, key, sig)
$$;

-- A page of the log, newest first. A super-admin sees all rows; an organization's administrator what administrators of the same organization did,
-- and nothing of what patients and practitioners do: when somebody uses this platform is health data by itself. Everyone else: nothing.
create function audit_log(since timestamptz, until timestamptz, actor uuid, act text, res text, organization uuid, before_at timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, actor_id uuid, actor_name text, actor_role text, action text, attempted text, resource text, resource_id uuid,
  subject_id uuid, tenant_id uuid, organization_name text, ip text, user_agent text, request_id text, outcome text, code text, sealed boolean)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
    select e.id, e.at, e.actor_id, u.name, e.actor_role, e.action, e.attempted, e.resource, e.resource_id, e.subject_id, e.tenant_id, o.name,
        host(e.ip), e.user_agent, e.request_id, e.outcome, e.code, exists (select from audit_seals s where s.entry_id = e.id)
      from audit_entries e left join users u on u.id = e.actor_id left join organizations o on o.id = e.tenant_id
      where (current_caller_role() = 'SuperAdmin'
             or (current_caller_role() = 'OrganizationAdmin' and e.tenant_id = current_tenant_id() and e.actor_role = 'OrganizationAdmin' and not e.clinical))
        and (audit_log.since is null or e.at >= audit_log.since) and (audit_log.until is null or e.at < audit_log.until)
        and (audit_log.actor is null or e.actor_id = audit_log.actor)
        and (audit_log.act is null or e.action = audit_log.act)
        and (audit_log.res is null or e.resource = audit_log.res)
        and (audit_log.organization is null or e.tenant_id = audit_log.organization)
        and (audit_log.before_at is null or (e.at, e.id) < (audit_log.before_at, audit_log.before_id))
      order by e.at desc, e.id desc limit most;
end $$;

-- Who touched what is mine, or tried to: rows about me, about consultations of mine, and about me as an employee. Who was refused stays nameless: that person may be a patient.
create function audit_about_me(before_at timestamptz, before_id uuid, most integer)
returns table (id uuid, at timestamptz, actor_id uuid, actor_name text, actor_role text, action text, attempted text, resource text, resource_id uuid,
  clinical boolean, outcome text)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
    select e.id, e.at, case when e.outcome <> 'Refused' or e.actor_id = current_user_id() then e.actor_id end,
        case when e.outcome <> 'Refused' or e.actor_id = current_user_id() then u.name end,
        e.actor_role, e.action, e.attempted, e.resource, e.resource_id, e.clinical, e.outcome
      from (
        (select * from audit_entries a where a.subject_id = current_user_id()
           and (audit_about_me.before_at is null or (a.at, a.id) < (audit_about_me.before_at, audit_about_me.before_id))
           order by a.at desc, a.id desc limit most)
        union
        (select a.* from consultations c join audit_entries a on a.resource_id = c.id
           where current_user_id() in (c.patient_id, c.practitioner_id)
           and (audit_about_me.before_at is null or (a.at, a.id) < (audit_about_me.before_at, audit_about_me.before_id))
           order by a.at desc, a.id desc limit most)
        union
        (select a.* from employees s join audit_entries a on a.resource_id = s.id
           where s.user_id = current_user_id()
           and (audit_about_me.before_at is null or (a.at, a.id) < (audit_about_me.before_at, audit_about_me.before_id))
           order by a.at desc, a.id desc limit most)) e
        left join users u on u.id = e.actor_id
      order by e.at desc, e.id desc limit most;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'audit_append(uuid[], uuid[], timestamptz[], uuid[], text[], text[], text[], text[], uuid[], uuid[], boolean[], inet[], text[], text[], text[], text[], uuid[], bytea[], boolean[])',
    'audit_unsealed(integer)', 'audit_heads(uuid[])', 'audit_progress()',
    'audit_seal(uuid[], bigint[], bigint[], uuid[], bytea[], bytea[], timestamptz, text, bytea[])', 'audit_set_aside(uuid[])',
    'audit_checkpoint(bigint, timestamptz, boolean, text, text, bytea)',
    'audit_log(timestamptz, timestamptz, uuid, text, text, uuid, timestamptz, uuid, integer)', 'audit_about_me(timestamptz, uuid, integer)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
