-- The waiting room: whose turn it is, who is away for a moment, who shares a queue with whom; and the rooms of remote visits.

alter table queue_items
  -- Since when none of the patient's devices is connected; the place is kept for a while.
  add column away_since timestamptz,
  -- When another practitioner took it over; nobody takes it from them again.
  add column taken_at timestamptz;
grant update (practitioner_id, away_since, taken_at) on queue_items to colloque_app, colloque_lookup;
alter policy queue_items_operational_close on queue_items with check (true);

-- What a practitioner says of the own waiting room. Without a row: no delay, nobody shares it.
create table waiting_rooms (
  practitioner_id uuid primary key references users (id) on delete restrict,
  shares_queue boolean not null default false,
  delay_minutes integer not null default 0 check (delay_minutes between 0 and 480),
  -- No patient is seen before; null when there is no delay.
  delayed_until timestamptz,
  updated_at timestamptz not null,
  check ((delay_minutes = 0) = (delayed_until is null))
);
create index waiting_rooms_shared on waiting_rooms (practitioner_id) where shares_queue;
alter table waiting_rooms enable row level security;
alter table waiting_rooms force row level security;
create policy waiting_rooms_own on waiting_rooms to colloque_app
  using (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner')
  with check (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner');
create policy waiting_rooms_lookup on waiting_rooms for select to colloque_lookup using (true);
grant select, insert, update on waiting_rooms to colloque_app;
grant select on waiting_rooms to colloque_lookup;

-- Those whose patients wait in one queue: of one organization (or of none), of one specialty, and each has said so. A practitioner is always among them.
create function queue_sharers(person uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select person
  union
  select u.id
    from users me join waiting_rooms mine on mine.practitioner_id = me.id and mine.shares_queue
      join waiting_rooms theirs on theirs.shares_queue
      join users u on u.id = theirs.practitioner_id and u.tenant_id is not distinct from me.tenant_id and u.deactivated_at is null
        and search_words(u.specialty) = search_words(me.specialty)
      join practitioners p on p.user_id = u.id and p.status = 'Validated'
    where me.id = person and search_words(me.specialty) <> ''
$$;

-- A patient's place. Ranked by the later of planned time and coming: who was there in time by the plan, who came late by the coming. Others' rows stay unseen.
create or replace function queue_position(consultation uuid) returns integer
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer
    from queue_items mine join consultations c on c.id = mine.consultation_id
      join queue_items ahead on ahead.left_at is null and ahead.practitioner_id in (select queue_sharers(mine.practitioner_id))
      join consultations a on a.id = ahead.consultation_id
        and (greatest(a.scheduled_at, ahead.joined_at), ahead.joined_at, a.id) <= (greatest(c.scheduled_at, mine.joined_at), mine.joined_at, c.id)
    where mine.consultation_id = consultation and mine.left_at is null having count(*) > 0
$$;

create or replace function operational_state(consultation uuid)
returns table (id uuid, status text, format text, scheduled_at timestamptz, started_at timestamptz, closed_at timestamptz, queue_position integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.status, c.format, c.scheduled_at, c.started_at, c.closed_at, queue_position(c.id)
    from consultations c
    where c.id = consultation
      and ((current_caller_role() = 'OrganizationAdmin' and c.tenant_id = current_tenant_id()) or is_platform_caller())
$$;

create index consultations_running on consultations (practitioner_id) where status = 'InProgress';

-- All that a forecast of one practitioner's queue needs: who waits, what is under way, what is planned for the next hours, how long the last visits really took.
-- For the practitioner and the server itself, whom it names the waiting, and nameless for a patient with a visit of theirs ahead.
create function queue_board(person uuid, now timestamptz)
returns table (consultation_id uuid, tenant_id uuid, practitioner_id uuid, patient_id uuid, patient_name text, status text, format text, scheduled_at timestamptz,
  duration_minutes integer, started_at timestamptz, closed_at timestamptz, joined_at timestamptz, away_since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with pool as (
    select s.id from queue_sharers(person) s (id)
      where current_user_id() is null or (current_caller_role() = 'Practitioner' and current_user_id() = person)
        or (current_caller_role() = 'Patient' and exists (select from consultations c
              where c.practitioner_id = person and c.patient_id = current_user_id() and c.status in ('Scheduled', 'Confirmed', 'InProgress')))
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
  select c.id, c.tenant_id, c.practitioner_id, c.patient_id, case when v.joined_at is not null and current_caller_role() is distinct from 'Patient' then u.name end,
      c.status, c.format, c.scheduled_at, c.duration_minutes, c.started_at, c.closed_at, v.joined_at, v.away_since
    from visits v join consultations c on c.id = v.id join users u on u.id = c.patient_id
$$;

-- The practitioners of one queue and what each says; to the same people.
create function queue_members(person uuid)
returns table (practitioner_id uuid, shares_queue boolean, delay_minutes integer, delayed_until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, coalesce(w.shares_queue, false), coalesce(w.delay_minutes, 0), w.delayed_until
    from queue_sharers(person) s (id) left join waiting_rooms w on w.practitioner_id = s.id
    where current_user_id() is null or (current_caller_role() = 'Practitioner' and current_user_id() = person)
      or (current_caller_role() = 'Patient' and exists (select from consultations c
            where c.practitioner_id = person and c.patient_id = current_user_id() and c.status in ('Scheduled', 'Confirmed', 'InProgress')))
$$;

-- Whoever's visit begins, ends or moves to another time waits no longer.
create function queue_leave() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update queue_items set left_at = now(), away_since = null where consultation_id = new.id and left_at is null;
  return null;
end $$;
create trigger consultations_queue after update of status, scheduled_at on consultations for each row
  when (new.scheduled_at <> old.scheduled_at or (new.status <> old.status and new.status not in ('Scheduled', 'Confirmed'))) execute function queue_leave();

-- The sweep: all who wait, while no other sweep is at it. The server's own alone.
create function waiting_room_rows()
returns table (consultation_id uuid, tenant_id uuid, patient_id uuid, practitioner_id uuid, joined_at timestamptz, away_since timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null or not pg_try_advisory_xact_lock(hashtext('colloque waiting room')) then return; end if;
  return query select q.consultation_id, q.tenant_id, c.patient_id, q.practitioner_id, q.joined_at, q.away_since
    from queue_items q join consultations c on c.id = q.consultation_id where q.left_at is null;
end $$;

-- Who went away, who is back, whose place is given up. What changed in between is left as it is.
create function waiting_room_mark(away uuid[], since timestamptz[], back uuid[], gone uuid[], now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null then return; end if;
  update queue_items q set away_since = a.since from unnest(away, since) a (id, since) where q.consultation_id = a.id and q.left_at is null and q.away_since is null;
  update queue_items q set away_since = null where q.consultation_id = any (back) and q.left_at is null;
  with left_now as (
    update queue_items q set left_at = now, away_since = null where q.consultation_id = any (gone) and q.left_at is null and q.away_since is not null
      returning q.consultation_id, q.tenant_id)
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    select people_new_id(now), l.tenant_id, l.consultation_id, 'Left', null, 'System', now, 'waiting_room_away' from left_now l;
end $$;

-- Another practitioner of the same queue takes a waiting patient over, or is handed one. The giver's seat ends: they see nothing of it any more.
create function queue_hand_over(consultation uuid, target uuid, now timestamptz)
returns table (outcome text, tenant_id uuid, patient_id uuid, giver_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  me uuid := current_user_id();
  visit record;
  item record;
  overlaps boolean;
begin
  -- The visit first, then its place, as every other verb locks them.
  select c.id, c.tenant_id, c.patient_id, c.practitioner_id, c.status, c.scheduled_at, c.duration_minutes into visit
    from consultations c where c.id = consultation for update;
  if not found or current_caller_role() is distinct from 'Practitioner' or me not in (select queue_sharers(visit.practitioner_id)) then
    outcome := 'not_found'; return next; return;
  end if;
  tenant_id := visit.tenant_id; patient_id := visit.patient_id; giver_id := visit.practitioner_id;
  select q.taken_at into item from queue_items q where q.consultation_id = consultation and q.left_at is null for update;
  outcome := case
    when visit.status not in ('Scheduled', 'Confirmed') or not found then 'not_waiting'
    when target = visit.practitioner_id or (target = me and item.taken_at is not null) then 'already_taken'
    when target <> me and visit.practitioner_id <> me then 'not_found'
    when target not in (select queue_sharers(me)) then 'not_sharing'
    else 'done' end;
  if outcome <> 'done' then return next; return; end if;
  select exists (select from practitioner_busy(target, visit.scheduled_at, visit.scheduled_at + make_interval(mins => visit.duration_minutes))) into overlaps;
  -- Nobody's calendar is filled by another. Whoever takes a patient knows the own, and sees them now, not at the planned time.
  if overlaps and target <> me then outcome := 'busy'; return next; return; end if;
  begin
    update consultations c set practitioner_id = target, exclusive = c.exclusive and not overlaps where c.id = consultation;
  exception when exclusion_violation then
    -- Booked in this very moment.
    if target <> me then outcome := 'busy'; return next; return; end if;
    update consultations c set practitioner_id = target, exclusive = false where c.id = consultation;
  end;
  update queue_items q set practitioner_id = target, taken_at = now where q.consultation_id = consultation;
  update participants p set left_at = now where p.conversation_id = consultation and p.user_id = visit.practitioner_id;
  insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at) values (consultation, target, visit.tenant_id, 'Practitioner', now)
    on conflict (conversation_id, user_id) do update set joined_at = now, left_at = null;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    values (people_new_id(now), visit.tenant_id, consultation, 'HandedOver', me, 'Practitioner', now, case when target = me then 'taken' else 'handed' end);
  return next;
end $$;
grant update (practitioner_id, exclusive) on consultations to colloque_lookup;
grant select (exclusive) on consultations to colloque_lookup;
create policy consultations_hand_over on consultations for update to colloque_lookup using (true) with check (status in ('Scheduled', 'Confirmed'));
create policy consultation_events_waiting on consultation_events for insert to colloque_lookup with check (type in ('Left', 'HandedOver', 'Delayed'));
create policy participants_hand_over on participants to colloque_lookup using (role = 'Practitioner') with check (role = 'Practitioner');
grant select (conversation_id, user_id, tenant_id, role), insert (conversation_id, user_id, tenant_id, role, joined_at), update (joined_at, left_at) on participants to colloque_lookup;

-- A delay is an event of every visit that waits for this practitioner.
create function queue_tell_delay(minutes integer, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    select people_new_id(now), q.tenant_id, q.consultation_id, 'Delayed', q.practitioner_id, 'Practitioner', now, 'minutes_' || minutes
      from queue_items q where q.practitioner_id = current_user_id() and current_caller_role() = 'Practitioner' and q.left_at is null
$$;

-- Rooms. The organization of the patient says by what means; null: as the installation is set.
alter table organizations add column video_provider text check (video_provider in ('livekit', 'jitsi', 'peer'));
grant update (video_provider) on organizations to colloque_app;
-- The first who enters settles name and provider for both: a setting changed in between does not part them.
alter table consultations add column room_opened_at timestamptz;
grant update (video_provider, room_opened_at) on consultations to colloque_app;

create function organization_video_provider(organization uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$ select o.video_provider from organizations o where o.id = organization $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'queue_position(uuid)', 'operational_state(uuid)', 'queue_board(uuid, timestamptz)', 'queue_members(uuid)', 'queue_leave()', 'waiting_room_rows()',
    'waiting_room_mark(uuid[], timestamptz[], uuid[], uuid[], timestamptz)', 'queue_hand_over(uuid, uuid, timestamptz)',
    'queue_tell_delay(integer, timestamptz)', 'organization_video_provider(uuid)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  -- Asked by the functions above alone.
  revoke all on function queue_sharers(uuid) from public;
  alter function queue_sharers(uuid) owner to colloque_lookup;
end $$;
revoke create on schema public from colloque_lookup;
