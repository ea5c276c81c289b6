-- A patient who comes by a link takes the patient's place in that one visit; guests' own entries to its room; places that outlive a process; what clients say of themselves decides nothing.

-- Each time that a guest is in has an id of its own, as each sign-in of an account has: what has ended stays so, and who left may come again.
alter table consultation_guests add column sign_in_id uuid not null default gen_random_uuid();
create index consultation_guests_sign_in on consultation_guests (sign_in_id);
grant insert (sign_in_id), update (sign_in_id) on consultation_guests to colloque_lookup;
create or replace function accounts_sign_in_states(ids uuid[]) returns table (sign_in_id uuid, security_version integer, live boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.security_version, s.revoked_at is null and u.deactivated_at is null and o.deactivated_at is null
    from sign_ins s join users u on u.id = s.user_id left join organizations o on o.id = u.tenant_id where s.id = any (ids)
  union all
  select g.sign_in_id, g.version, g.left_at is null and o.deactivated_at is null
    from consultation_guests g join organizations o on o.id = g.tenant_id where g.sign_in_id = any (ids)
$$;

-- The waiting room.
alter table queue_items
  -- When a process last had a device of the patient's connected; those that have none believe it for a while.
  add column seen_at timestamptz,
  -- Who took the place by a link; null once the patient's own account has.
  add column guest_id uuid;
grant update (seen_at, guest_id) on queue_items to colloque_app;
grant insert (consultation_id, tenant_id, practitioner_id, joined_at, seen_at, guest_id), update (joined_at, seen_at, guest_id) on queue_items to colloque_lookup;
create policy queue_items_by_link on queue_items for insert to colloque_lookup with check (guest_id is not null);
create policy consultation_events_by_link on consultation_events for insert to colloque_lookup with check (type = 'Waiting' and actor_role = 'Guest');

-- Only a link of the patient's role leads here. True: the visit has not begun, and its patient waits from now on, or waited already.
create function queue_enter_by_link(consultation uuid, guest uuid, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  visit record;
  taken integer;
begin
  select c.tenant_id, c.practitioner_id into visit from consultations c where c.id = consultation and c.status in ('Scheduled', 'Confirmed') for share;
  if not found then return false; end if;
  insert into queue_items as q (consultation_id, tenant_id, practitioner_id, joined_at, seen_at, guest_id)
    values (consultation, visit.tenant_id, visit.practitioner_id, now, now, guest)
    on conflict (consultation_id) do update set practitioner_id = excluded.practitioner_id, joined_at = now, left_at = null, away_since = null, taken_at = null, seen_at = now, guest_id = guest
      where q.left_at is not null;
  get diagnostics taken = row_count;
  if taken = 1 then
    insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at) values (people_new_id(now), visit.tenant_id, consultation, 'Waiting', guest, 'Guest', now);
  else
    update queue_items q set away_since = null, seen_at = now where q.consultation_id = consultation and q.left_at is null;
  end if;
  return true;
end $$;
grant update (taken_at) on queue_items to colloque_lookup;

-- The same for a guest who is in already, and comes back after their place was given up. Nothing for whoever is no such guest.
create function guest_wait(consultation uuid, now timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  select queue_enter_by_link(consultation, g.id, now)
    from consultation_guests g
    where g.id = current_user_id() and g.tenant_id = current_tenant_id() and g.consultation_id = consultation and g.role = 'Patient' and g.left_at is null and current_caller_role() = 'Guest'
$$;

-- Whether a guest's link makes them the patient of a visit of this practitioner's that is still to come.
create function is_patient_by_link(practitioner uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select current_caller_role() = 'Guest' and exists (select from consultation_guests g join consultations c on c.id = g.consultation_id
    where g.id = current_user_id() and g.tenant_id = current_tenant_id() and g.role = 'Patient' and g.left_at is null
      and c.practitioner_id = practitioner and c.status in ('Scheduled', 'Confirmed', 'InProgress'))
$$;

drop function queue_board(uuid, timestamptz);
create function queue_board(person uuid, now timestamptz)
returns table (consultation_id uuid, tenant_id uuid, practitioner_id uuid, patient_id uuid, patient_name text, status text, format text, scheduled_at timestamptz,
  duration_minutes integer, started_at timestamptz, closed_at timestamptz, joined_at timestamptz, away_since timestamptz, guest_id uuid, guest_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  with pool as (
    select s.id from queue_sharers(person) s (id)
      where current_user_id() is null or (current_caller_role() = 'Practitioner' and current_user_id() = person)
        or (current_caller_role() = 'Patient' and exists (select from consultations c
              where c.practitioner_id = person and c.patient_id = current_user_id() and c.status in ('Scheduled', 'Confirmed', 'InProgress')))
        or is_patient_by_link(person)
  ), visits as (
    select c.id, q.joined_at, q.away_since from pool p join queue_items q on q.practitioner_id = p.id and q.left_at is null join consultations c on c.id = q.consultation_id
    union all
    select c.id, null, null from pool p join consultations c on c.practitioner_id = p.id and c.status = 'InProgress' where c.started_at > now - interval '12 hours'
    union all
    select c.id, null, null from pool p join consultations c on c.practitioner_id = p.id and c.status in ('Scheduled', 'Confirmed')
      where c.scheduled_at between now - interval '30 minutes' and now + interval '4 hours'
        and not exists (select from queue_items q where q.consultation_id = c.id and q.left_at is null)
    union all
    (select c.id, null, null from pool p join consultations c on c.practitioner_id = p.id and c.status = 'Completed'
      where c.scheduled_at between now - interval '1 day' and now + interval '1 day' and c.started_at < c.closed_at and c.closed_at > now - interval '8 hours'
      order by c.closed_at desc limit 24)
  )
  select c.id, c.tenant_id, c.practitioner_id, c.patient_id, case when v.joined_at is not null and o.names then u.name end,
      c.status, c.format, c.scheduled_at, c.duration_minutes, c.started_at, c.closed_at, v.joined_at, v.away_since, case when o.names then g.id end, case when o.names then g.name end
    from visits v join consultations c on c.id = v.id join users u on u.id = c.patient_id
      cross join (select current_caller_role() is null or current_caller_role() not in ('Patient', 'Guest') as names) o
      left join lateral (select g.id, g.name from consultation_guests g
        where v.joined_at is not null and g.consultation_id = c.id and g.role = 'Patient' and g.left_at is null order by g.entered_at desc limit 1) g on true
$$;

-- With the names of those who share it, to a practitioner of theirs and to the server: whom to hand a patient over to.
drop function queue_members(uuid);
create function queue_members(person uuid)
returns table (practitioner_id uuid, shares_queue boolean, delay_minutes integer, delayed_until timestamptz, name text, specialty text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, coalesce(w.shares_queue, false), coalesce(w.delay_minutes, 0), w.delayed_until, case when o.names then u.name end, case when o.names then u.specialty end
    from queue_sharers(person) s (id) join users u on u.id = s.id left join waiting_rooms w on w.practitioner_id = s.id
      cross join (select current_caller_role() is null or current_caller_role() not in ('Patient', 'Guest') as names) o
    where current_user_id() is null or (current_caller_role() = 'Practitioner' and current_user_id() = person)
      or (current_caller_role() = 'Patient' and exists (select from consultations c
            where c.practitioner_id = person and c.patient_id = current_user_id() and c.status in ('Scheduled', 'Confirmed', 'InProgress')))
      or is_patient_by_link(person)
    order by u.name, s.id
$$;

drop function waiting_room_rows();
create function waiting_room_rows()
returns table (consultation_id uuid, patient_id uuid, practitioner_id uuid, joined_at timestamptz, away_since timestamptz, seen_at timestamptz, people uuid[])
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null or not pg_try_advisory_xact_lock(hashtext('colloque waiting room')) then return; end if;
  return query select q.consultation_id, c.patient_id, q.practitioner_id, q.joined_at, q.away_since, greatest(q.seen_at, q.joined_at),
      -- Whoever is in for the patient counts as the patient.
      c.patient_id || array(select g.id from consultation_guests g where g.consultation_id = q.consultation_id and g.role = 'Patient' and g.left_at is null)
    from queue_items q join consultations c on c.id = q.consultation_id where q.left_at is null;
end $$;

drop function waiting_room_mark(uuid[], timestamptz[], uuid[], uuid[], timestamptz);
create function waiting_room_mark(here uuid[], away uuid[], since timestamptz[], gone uuid[], now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null then return; end if;
  update queue_items q set away_since = a.since from unnest(away, since) a (id, since) where q.consultation_id = a.id and q.left_at is null and q.away_since is null;
  update queue_items q set away_since = null, seen_at = now where q.consultation_id = any (here) and q.left_at is null;
  with left_now as (
    update queue_items q set left_at = now, away_since = null where q.consultation_id = any (gone) and q.left_at is null and q.away_since is not null
      returning q.consultation_id, q.tenant_id)
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    select people_new_id(now), l.tenant_id, l.consultation_id, 'Left', null, 'System', now, 'waiting_room_away' from left_now l;
end $$;

-- The door. It tells the server whose visit it is, so that one of the two who is signed in is sent to their own page.
drop function join_door(bytea, timestamptz);
create function join_door(token_hash bytea, now timestamptz)
returns table (kind text, link_id uuid, consultation_id uuid, tenant_id uuid, role text, name text, email text, language text, requires_code boolean, status text, format text,
  scheduled_at timestamptz, practitioner_name text, patient_id uuid, practitioner_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'link', l.id, c.id, l.tenant_id, l.role, l.name, l.email, l.language, l.requires_code, c.status, c.format, c.scheduled_at, u.name, c.patient_id, c.practitioner_id
    from join_links l join consultations c on c.id = l.consultation_id join users u on u.id = c.practitioner_id
    where l.hash = token_hash and l.revoked_at is null and l.expires_at > now and c.status in ('Scheduled', 'Confirmed', 'InProgress')
  union all
  select 'own', null, c.id, c.tenant_id, null, null, null, null, false, c.status, c.format, c.scheduled_at, u.name, c.patient_id, c.practitioner_id
    from teleconsultation_tokens t join consultations c on c.id = t.consultation_id join users u on u.id = c.practitioner_id
    where t.hash = token_hash and t.expires_at > now
$$;

-- As in 0023, and: the patient's link takes the patient's place; who had left gets a time of their own again.
drop function join_enter(bytea, bytea, uuid, text, interval, uuid, timestamptz);
create function join_enter(token_hash bytea, code bytea, guest uuid, called text, early interval, event uuid, now timestamptz)
returns table (outcome text, guest_id uuid, sign_in_id uuid, version integer, consultation_id uuid, tenant_id uuid, role text, name text, expires_at timestamptz,
  patient_id uuid, practitioner_id uuid, waits boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  link record;
  visit record;
begin
  select l.id, l.tenant_id, l.consultation_id, l.role, l.requires_code, l.expires_at, l.code_hash, l.code_expires_at, l.code_tries into link
    from join_links l where l.hash = token_hash and l.revoked_at is null and l.expires_at > now for update;
  if not found then outcome := 'gone'; return next; return; end if;
  -- Shared: the visit cannot end between this look and the commit.
  select c.status, c.scheduled_at, c.patient_id, c.practitioner_id into visit from consultations c where c.id = link.consultation_id for share;
  if visit.status not in ('Scheduled', 'Confirmed', 'InProgress') then outcome := 'gone'; return next; return; end if;
  if visit.status <> 'InProgress' and visit.scheduled_at - early > now then outcome := 'early'; return next; return; end if;
  if link.requires_code then
    outcome := case when code is null then 'code_required'
      when link.code_hash is null or link.code_expires_at <= now or link.code_tries >= 5 then 'code_spent'
      when link.code_hash <> code then 'wrong_code' end;
    if outcome = 'wrong_code' then update join_links l set code_tries = l.code_tries + 1 where l.id = link.id; end if;
    if outcome is not null then return next; return; end if;
    update join_links l set code_hash = null, code_expires_at = null where l.id = link.id;
  end if;

  -- Who comes again, on this device or another, sees what they have seen; who had left sees what is said from now on.
  insert into consultation_guests as g (id, link_id, consultation_id, tenant_id, role, name, entered_at, sign_in_id)
    values (guest, link.id, link.consultation_id, link.tenant_id, link.role, called, now, guest)
    on conflict (link_id) do update set name = called, version = g.version + 1, entered_at = now,
      sign_in_id = case when g.left_at is null then g.sign_in_id else excluded.sign_in_id end
    returning g.id, g.version, g.sign_in_id into guest_id, version, sign_in_id;
  insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at, floor_seq)
    select v.id, guest_id, link.tenant_id, 'Guest', now, v.last_seq from conversations v where v.id = link.consultation_id
    on conflict (conversation_id, user_id) do update set left_at = null, floor_seq = case when p.left_at is null then p.floor_seq else excluded.floor_seq end;
  update consultation_guests g set left_at = null where g.id = guest_id and g.left_at is not null;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    values (event, link.tenant_id, link.consultation_id, 'Joined', guest_id, 'Guest', now, 'as_' || lower(link.role));
  waits := link.role = 'Patient' and queue_enter_by_link(link.consultation_id, guest_id, now);
  outcome := 'entered'; consultation_id := link.consultation_id; tenant_id := link.tenant_id; role := link.role; name := called; expires_at := link.expires_at;
  patient_id := visit.patient_id; practitioner_id := visit.practitioner_id;
  return next;
end $$;

drop function guest_visit(uuid);
create function guest_visit(consultation uuid)
returns table (id uuid, status text, format text, scheduled_at timestamptz, duration_minutes integer, started_at timestamptz, closed_at timestamptz,
  patient_id uuid, patient_name text, practitioner_id uuid, practitioner_name text, practitioner_title text, practitioner_specialty text, provider text, room_name text,
  seq bigint, change bigint, floor_seq bigint, version integer, expires_at timestamptz, guest_role text, queue_position integer, queued_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.status, c.format, c.scheduled_at, c.duration_minutes, c.started_at, c.closed_at, c.patient_id, p.name, c.practitioner_id, d.name, d.title, null::text,
      c.video_provider, case when c.status = 'InProgress' then c.room_name end, v.last_seq, v.last_change, s.floor_seq, g.version, l.expires_at, g.role,
      case when q.joined_at is not null then queue_position(c.id) end, q.joined_at
    from participants s join consultations c on c.id = s.conversation_id join conversations v on v.id = c.id
      join users p on p.id = c.patient_id join users d on d.id = c.practitioner_id
      join consultation_guests g on g.id = s.user_id join join_links l on l.id = g.link_id
      left join queue_items q on q.consultation_id = c.id and q.left_at is null and g.role = 'Patient'
    where s.conversation_id = consultation and s.user_id = current_user_id() and s.tenant_id = current_tenant_id() and s.role = 'Guest' and s.left_at is null
      and current_caller_role() = 'Guest'
$$;

-- The room of a remote visit under way, for a guest of it. The first who asks settles name and provider, as with the two.
create function guest_room(consultation uuid, provider_otherwise text, name_otherwise text, now timestamptz)
returns table (provider text, room_name text, planned_end timestamptz, guest_name text, guest_role text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare guest record;
begin
  select g.name, g.role, l.language into guest
    from consultation_guests g join join_links l on l.id = g.link_id
    where g.id = current_user_id() and g.tenant_id = current_tenant_id() and g.consultation_id = consultation and g.left_at is null and current_caller_role() = 'Guest';
  if not found then return; end if;
  return query update consultations c set
      video_provider = case when c.room_opened_at is null then coalesce(organization_video_provider(c.tenant_id), provider_otherwise) else c.video_provider end,
      room_name = coalesce(c.room_name, name_otherwise), room_opened_at = coalesce(c.room_opened_at, now)
    where c.id = consultation and c.status = 'InProgress' and c.format <> 'InPerson'
    returning c.video_provider, c.room_name, greatest(c.started_at, c.scheduled_at) + make_interval(mins => c.duration_minutes), guest.name, guest.role, guest.language;
end $$;
grant select (room_opened_at), update (video_provider, room_name, room_opened_at) on consultations to colloque_lookup;
create policy consultations_room_by_link on consultations for update to colloque_lookup using (status = 'InProgress') with check (status = 'InProgress');

-- The name of a visit's room, for the server itself, which tells the media server who has to go: a person who has no place in it, or everyone when it is over.
create function room_of(consultation uuid, person uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select c.room_name from consultations c
    where c.id = consultation and current_user_id() is null
      and case when person is null then c.status in ('Completed', 'Cancelled', 'NoShow')
        else person not in (c.patient_id, c.practitioner_id) and not exists (select from consultation_guests g where g.id = person and g.left_at is null) end
$$;

-- The guest goes, and with them the place that they had taken.
drop function guest_leave(uuid, timestamptz);
create function guest_leave(event uuid, now timestamptz) returns table (consultation_id uuid, practitioner_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare guest record;
begin
  if current_caller_role() is distinct from 'Guest' then return; end if;
  update consultation_guests g set left_at = now where g.id = current_user_id() and g.tenant_id = current_tenant_id() and g.left_at is null
    returning g.consultation_id, g.tenant_id into guest;
  if not found then return; end if;
  update participants p set left_at = now where p.conversation_id = guest.consultation_id and p.user_id = current_user_id() and p.role = 'Guest';
  update queue_items q set left_at = now, away_since = null where q.consultation_id = guest.consultation_id and q.guest_id = current_user_id() and q.left_at is null;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
    values (event, guest.tenant_id, guest.consultation_id, 'Left', current_user_id(), 'Guest', now);
  return query select c.id, c.practitioner_id from consultations c where c.id = guest.consultation_id;
end $$;

create or replace function join_links_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update consultation_guests g set left_at = new.revoked_at where g.link_id = new.id and g.left_at is null;
  update participants p set left_at = new.revoked_at from consultation_guests g
    where g.link_id = new.id and p.conversation_id = g.consultation_id and p.user_id = g.id and p.role = 'Guest' and p.left_at is null;
  update queue_items q set left_at = new.revoked_at, away_since = null from consultation_guests g
    where g.link_id = new.id and q.consultation_id = g.consultation_id and q.guest_id = g.id and q.left_at is null;
  return null;
end $$;

-- As in 0020, but: the patient came who came by the patient's link; and what a client says of itself (detail client…) is no sign of anybody.
grant select (detail) on consultation_events to colloque_lookup;
create or replace function consultations_sweep(now timestamptz, no_show_after interval, close_after interval, most integer)
returns table (id uuid, tenant_id uuid, patient_id uuid, practitioner_id uuid, status text, format text, scheduled_at timestamptz, duration_minutes integer, closed_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare visit record;
begin
  if not pg_try_advisory_xact_lock(73058203) then return; end if;
  for visit in
    select c.id, c.tenant_id, c.patient_id, c.practitioner_id, c.format, c.scheduled_at, c.duration_minutes, least(s.last_sign, now) as last_sign,
        case when c.status <> 'InProgress' or (c.format = 'Video' and not s.patient_came) then 'NoShow' else 'Completed' end as becomes
      from consultations c join conversations v on v.id = c.id
        cross join lateral (select greatest(c.started_at, v.last_message_at, max(e.at)) as last_sign,
            v.last_message_at is not null or coalesce(bool_or(e.actor_role = 'Patient' and e.type in ('Joined', 'Waiting')), false)
              or exists (select from queue_items q where q.consultation_id = c.id)
              or exists (select from consultation_guests g where g.consultation_id = c.id and g.role = 'Patient') as patient_came,
            -- Who sits in the waiting room while the practitioner runs late is not absent, however late it gets.
            exists (select from queue_items q where q.consultation_id = c.id and q.left_at is null and q.away_since is null) as waits
          from consultation_events e where e.consultation_id = c.id and not starts_with(coalesce(e.detail, ''), 'client')) s
      where c.status in ('Scheduled', 'Confirmed', 'InProgress') and c.ends_at <= now - least(no_show_after, close_after)
        and case when c.status <> 'InProgress' or (c.format = 'Video' and not s.patient_came) then c.ends_at <= now - case when s.waits then close_after else no_show_after end
          else greatest(c.ends_at, s.last_sign) <= now - close_after end
      order by c.ends_at limit most for update of c skip locked
  loop
    id := visit.id; tenant_id := visit.tenant_id; patient_id := visit.patient_id; practitioner_id := visit.practitioner_id; status := visit.becomes;
    format := visit.format; scheduled_at := visit.scheduled_at; duration_minutes := visit.duration_minutes;
    closed_at := case when visit.becomes = 'Completed' then visit.last_sign end;
    update consultations c set status = visit.becomes, closed_at = consultations_sweep.closed_at where c.id = visit.id;
    update conversations v set status = 'Closed' where v.id = visit.id;
    update queue_items q set left_at = now where q.consultation_id = visit.id and q.left_at is null;
    insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
      values (people_new_id(now), visit.tenant_id, visit.id, case when visit.becomes = 'Completed' then 'Ended' else 'NoShow' end, null, 'System', now);
    return next;
  end loop;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'guest_wait(uuid, timestamptz)', 'queue_board(uuid, timestamptz)', 'queue_members(uuid)', 'waiting_room_rows()',
    'waiting_room_mark(uuid[], uuid[], timestamptz[], uuid[], timestamptz)', 'join_door(bytea, timestamptz)',
    'join_enter(bytea, bytea, uuid, text, interval, uuid, timestamptz)', 'guest_visit(uuid)', 'guest_room(uuid, text, text, timestamptz)', 'room_of(uuid, uuid)',
    'guest_leave(uuid, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  -- Asked by the functions above alone.
  foreach f in array array['queue_enter_by_link(uuid, uuid, timestamptz)', 'is_patient_by_link(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
