-- Calls: who rang whom, who is in, how it ended. What goes between two devices to find each other is in no table.

-- Who made it, and how it went: written by the functions below alone, after they have seen the caller's seat and locked the visit. One live call a visit.
create table calls (
  id uuid primary key,
  consultation_id uuid not null references consultations (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  media text not null check (media in ('Audio', 'Video')),
  provider text not null check (provider in ('livekit', 'jitsi', 'peer')),
  state text not null check (state in ('Ringing', 'Accepted', 'Connecting', 'Connected', 'Ended', 'Rejected', 'Missed', 'Failed')),
  -- Of an account, or of a guest in the patient's place.
  caller_id uuid not null,
  started_at timestamptz not null,
  accepted_at timestamptz,
  connected_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('HungUp', 'Left', 'Rejected', 'Busy', 'Missed', 'Failed', 'Lost', 'VisitClosed')),
  -- One more with each move, so that an older word never overtakes a newer one.
  revision integer not null,
  -- How many have ever come in; the next one's order.
  come integer not null,
  -- The conversation has been told of its end.
  told boolean not null default false,
  check ((state in ('Ringing', 'Accepted', 'Connecting', 'Connected')) = (ended_at is null)),
  check ((ended_at is null) = (end_reason is null)),
  check (connected_at is null or accepted_at is not null),
  check (state not in ('Accepted', 'Connecting', 'Connected') or accepted_at is not null)
);
create unique index calls_live on calls (consultation_id) where ended_at is null;
create index calls_consultation on calls (consultation_id, started_at);
create index calls_untold on calls (ended_at) where ended_at is not null and not told;
alter table calls enable row level security;
alter table calls force row level security;
create policy calls_lookup on calls to colloque_lookup using (true) with check (true);
grant select, insert (id, consultation_id, tenant_id, media, provider, state, caller_id, started_at, accepted_at, connected_at, ended_at, end_reason, revision, come),
  update (state, accepted_at, connected_at, ended_at, end_reason, revision, come, told) on calls to colloque_lookup;

-- A place in a call: a person with one device. Who leaves and comes again has another.
create table call_members (
  peer_id uuid primary key,
  call_id uuid not null references calls (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  user_id uuid not null,
  device text not null check (device ~ '^[A-Za-z0-9_-]{1,64}$'),
  position integer not null,
  joined_at timestamptz not null,
  -- When a process last had this device connected; the others believe it for a while.
  seen_at timestamptz not null,
  left_at timestamptz
);
create unique index call_members_in on call_members (call_id, user_id) where left_at is null;
create index call_members_call on call_members (call_id);
alter table call_members enable row level security;
alter table call_members force row level security;
create policy call_members_lookup on call_members to colloque_lookup using (true) with check (true);
grant select, insert (peer_id, call_id, tenant_id, user_id, device, position, joined_at, seen_at), update (seen_at, left_at) on call_members to colloque_lookup;

-- Who wants no sound when somebody calls. Without a row: everybody may ring.
create table call_settings (
  user_id uuid primary key references users (id) on delete restrict,
  do_not_disturb boolean not null,
  updated_at timestamptz not null
);
alter table call_settings enable row level security;
alter table call_settings force row level security;
create policy call_settings_own on call_settings to colloque_app
  using (user_id = current_user_id() and is_clinical_caller()) with check (user_id = current_user_id() and is_clinical_caller());
create policy call_settings_lookup on call_settings for select to colloque_lookup using (true);
grant select, insert, update (do_not_disturb, updated_at) on call_settings to colloque_app;
grant select on call_settings to colloque_lookup;

-- What a person's device and network gave before the visit, by that device's own word.
create table pre_call_tests (
  id uuid primary key,
  consultation_id uuid not null references consultations (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  user_id uuid not null,
  role text not null check (role in ('Patient', 'Practitioner', 'Guest')),
  at timestamptz not null,
  camera text not null check (camera in ('ok', 'denied', 'missing', 'busy', 'skipped')),
  microphone text not null check (microphone in ('ok', 'denied', 'missing', 'busy', 'skipped')),
  speaker text not null check (speaker in ('ok', 'silent', 'skipped')),
  udp boolean,
  tcp boolean,
  tls boolean,
  round_trip_ms integer check (round_trip_ms between 0 and 600000),
  loss_percent double precision check (loss_percent between 0 and 100),
  kilobits_per_second integer check (kilobits_per_second between 0 and 100000000),
  verdict text not null check (verdict in ('good', 'sound_only', 'bad'))
);
create index pre_call_tests_consultation on pre_call_tests (consultation_id, at);
alter table pre_call_tests enable row level security;
alter table pre_call_tests force row level security;
create policy pre_call_tests_participant on pre_call_tests for select to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from consultations c where c.id = consultation_id));
create policy pre_call_tests_lookup on pre_call_tests to colloque_lookup using (true) with check (true);
grant select on pre_call_tests to colloque_app;
grant select (consultation_id, user_id, at), insert on pre_call_tests to colloque_lookup;

alter table consultation_events
  drop constraint consultation_events_type_check,
  add constraint consultation_events_type_check check (type in ('Scheduled', 'Confirmed', 'Cancelled', 'Rescheduled', 'Joined', 'Left', 'Started', 'Ended', 'NoShow',
    'Waiting', 'Admitted', 'Delayed', 'HandedOver', 'Incident', 'CallStarted', 'CallJoined', 'CallLeft', 'CallEnded', 'CallIncident', 'PreCallTest'));
create policy consultation_events_calls on consultation_events for insert to colloque_lookup
  with check (type in ('CallStarted', 'CallJoined', 'CallLeft', 'CallEnded', 'CallIncident', 'PreCallTest'));

-- Whether the caller has a place in a visit: one of its two people, or a guest of it who is in. The server itself has one everywhere.
create function is_call_seat(consultation uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select current_user_id() is null or exists (
    select from consultations c join participants p on p.conversation_id = c.id and p.user_id = current_user_id() and p.left_at is null and p.tenant_id = c.tenant_id
      where c.id = consultation and is_own_tenant(c.tenant_id)
        and case current_caller_role() when 'Patient' then c.patient_id = current_user_id() when 'Practitioner' then c.practitioner_id = current_user_id()
          when 'Guest' then p.role = 'Guest' else false end)
$$;

-- As what somebody is in the calls of a visit. Who is in for the patient, by the patient's link, is on the patient's side.
create function call_side(consultation uuid, person uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case when c.practitioner_id = person then 'Practitioner' when c.patient_id = person then 'Patient'
      when exists (select from consultation_guests g where g.id = person and g.role = 'Patient') then 'Patient' else 'Guest' end
    from consultations c where c.id = consultation
$$;
create function call_name(person uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select u.name from users u where u.id = person), (select g.name from consultation_guests g where g.id = person), '')
$$;

-- The visit as calls need it, to who has a place in it; no row to others. Who is going to change something has it alone until the commit.
create function call_visit(consultation uuid, alone boolean)
returns table (tenant_id uuid, status text, format text, provider text, patient_id uuid, practitioner_id uuid, side text, name text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not is_call_seat(consultation) then return; end if;
  if alone then perform from consultations c where c.id = consultation for no key update; end if;
  return query select c.tenant_id, c.status, c.format, c.video_provider, c.patient_id, c.practitioner_id,
      call_side(c.id, current_user_id()), call_name(current_user_id())
    from consultations c where c.id = consultation;
end $$;

-- A call of a visit, a row a member who is in it: the live one, or one by its id.
create function call_rows(consultation uuid, one uuid)
returns table (id uuid, tenant_id uuid, media text, provider text, state text, caller_id uuid, caller_name text, caller_side text, patient_id uuid, practitioner_id uuid,
  started_at timestamptz, accepted_at timestamptz, connected_at timestamptz, ended_at timestamptz, end_reason text, revision integer, come integer,
  peer_id uuid, user_id uuid, name text, side text, device text, "position" integer, joined_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.tenant_id, c.media, c.provider, c.state, c.caller_id, call_name(c.caller_id), call_side(c.consultation_id, c.caller_id), v.patient_id, v.practitioner_id,
      c.started_at, c.accepted_at, c.connected_at, c.ended_at, c.end_reason, c.revision, c.come,
      m.peer_id, m.user_id, call_name(m.user_id), call_side(c.consultation_id, m.user_id), m.device, m.position, m.joined_at, m.seen_at
    from calls c join consultations v on v.id = c.consultation_id left join call_members m on m.call_id = c.id and m.left_at is null
    where c.consultation_id = consultation and case when one is null then c.ended_at is null else c.id = one end and is_call_seat(consultation)
    order by m.position
$$;

-- Who is rung by a call from one side: the other of the two and, where that is the patient, who is in for the patient.
create function call_rung(consultation uuid, from_side text) returns table (user_id uuid, silent boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, coalesce((select s.do_not_disturb from call_settings s where s.user_id = r.id), false)
    from (select case from_side when 'Patient' then c.practitioner_id else c.patient_id end as id from consultations c where c.id = consultation
          union
          select g.id from consultation_guests g where g.consultation_id = consultation and g.role = 'Patient' and g.left_at is null and from_side = 'Practitioner') r
    where is_call_seat(consultation)
$$;

-- Keeps a call as it is after a move, and what happened in it. False: the caller has no place there, or the visit is not under way.
create function call_keep(call uuid, consultation uuid, call_media text, call_state text, caller uuid, started timestamptz, accepted timestamptz, connected timestamptz,
  ended timestamptz, reason text, new_revision integer, have_come integer, peers uuid[], people uuid[], devices text[], positions integer[],
  event_types text[], event_details text[], now timestamptz)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare visit record;
begin
  if not is_call_seat(consultation) then return false; end if;
  select c.tenant_id, c.video_provider into visit from consultations c where c.id = consultation and c.status = 'InProgress';
  if not found then return false; end if;
  insert into calls as c (id, consultation_id, tenant_id, media, provider, state, caller_id, started_at, accepted_at, connected_at, ended_at, end_reason, revision, come)
    values (call, consultation, visit.tenant_id, call_media, visit.video_provider, call_state, caller, started, accepted, connected, ended, reason, new_revision, have_come)
    on conflict (id) do update set state = excluded.state, accepted_at = excluded.accepted_at, connected_at = excluded.connected_at, ended_at = excluded.ended_at,
      end_reason = excluded.end_reason, revision = excluded.revision, come = excluded.come
      -- What is over stays as it ended, and a call stays with its visit.
      where c.ended_at is null and c.consultation_id = consultation;
  if not found then return false; end if;
  update call_members m set left_at = call_keep.now where m.call_id = call and m.left_at is null and not (m.peer_id = any (peers));
  insert into call_members (peer_id, call_id, tenant_id, user_id, device, position, joined_at, seen_at)
    select m.peer, call, visit.tenant_id, m.person, m.device, m.position, call_keep.now, call_keep.now
      from unnest(peers, people, devices, positions) m (peer, person, device, position)
      where not exists (select from call_members x where x.peer_id = m.peer);
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    select people_new_id(call_keep.now), visit.tenant_id, consultation, e.type, current_user_id(), coalesce(current_caller_role(), 'System'),
        call_keep.now + (e.place - 1) * interval '1 microsecond', e.detail
      from unnest(event_types, event_details) with ordinality e (type, detail, place) order by e.place;
  return true;
end $$;

-- A client's word on what happened in a call that it is in, or in a test before it. False: it is not in it.
create function call_incident(consultation uuid, call uuid, code text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is null or not is_call_seat(consultation) then return false; end if;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    select people_new_id(call_incident.now), c.tenant_id, consultation, 'CallIncident', current_user_id(), current_caller_role(), call_incident.now, code
      from calls c join call_members m on m.call_id = c.id and m.user_id = current_user_id() and m.left_at is null
      where c.id = call and c.consultation_id = consultation and c.ended_at is null;
  return found;
end $$;

create function call_test_keep(test uuid, consultation uuid, cameras text, microphones text, speakers text, over_udp boolean, over_tcp boolean, over_tls boolean,
  round_trip integer, loss double precision, kilobits integer, result text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare visit record;
begin
  if current_user_id() is null or not is_call_seat(consultation) then return false; end if;
  select c.tenant_id into visit from consultations c where c.id = consultation and c.status in ('Scheduled', 'Confirmed', 'InProgress');
  if not found then return false; end if;
  insert into pre_call_tests (id, consultation_id, tenant_id, user_id, role, at, camera, microphone, speaker, udp, tcp, tls, round_trip_ms, loss_percent, kilobits_per_second, verdict)
    values (test, consultation, visit.tenant_id, current_user_id(), current_caller_role(), call_test_keep.now, cameras, microphones, speakers, over_udp, over_tcp, over_tls, round_trip, loss, kilobits, result);
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
    values (people_new_id(call_test_keep.now), visit.tenant_id, consultation, 'PreCallTest', current_user_id(), current_caller_role(), call_test_keep.now, result);
  return true;
end $$;

-- The calls that ring for the caller at this moment.
create function calls_ringing() returns table (consultation_id uuid, call_id uuid, silent boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.consultation_id, c.id, coalesce((select s.do_not_disturb from call_settings s where s.user_id = current_user_id()), false)
    from participants p join calls c on c.consultation_id = p.conversation_id and c.state = 'Ringing'
    where p.user_id = current_user_id() and p.left_at is null and is_call_seat(c.consultation_id)
      and call_side(c.consultation_id, current_user_id()) in ('Patient', 'Practitioner')
      and call_side(c.consultation_id, current_user_id()) <> call_side(c.consultation_id, c.caller_id)
    order by c.started_at
$$;

-- The sweep's look: notes whom this process sees, and names the live calls in which something may be due. One at a time; the server's own alone.
create function calls_due(here uuid[], now timestamptz, ring interval, connect interval, seen_every interval)
returns table (consultation_id uuid, call_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null or not pg_try_advisory_xact_lock(hashtext('colloque calls')) then return; end if;
  update call_members m set seen_at = calls_due.now where m.peer_id = any (here) and m.left_at is null and m.seen_at <= calls_due.now - seen_every;
  return query select c.consultation_id, c.id from calls c
    where c.ended_at is null
      and (case c.state when 'Ringing' then c.started_at <= calls_due.now - ring when 'Connected' then false else c.accepted_at <= calls_due.now - connect end
        or exists (select from call_members m where m.call_id = c.id and m.left_at is null and not (m.peer_id = any (here))));
end $$;

-- Calls whose end their conversation has not been told of, and that it is told.
create function calls_untold(since timestamptz, most integer)
returns table (consultation_id uuid, call_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.consultation_id, c.id from calls c where c.ended_at >= since and not c.told and current_user_id() is null order by c.ended_at limit most
$$;
create function call_told(call uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  update calls c set told = true where c.id = call and c.ended_at is not null and current_user_id() is null
$$;

-- A visit that is over has no call, whoever or whatever ended it. Nothing can be said in its conversation any more.
create function calls_close() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare over record;
begin
  for over in
    update calls c set state = case c.state when 'Ringing' then 'Missed' else 'Ended' end, ended_at = greatest(coalesce(new.closed_at, now()), c.started_at), end_reason = 'VisitClosed',
        revision = c.revision + 1, told = true
      where c.consultation_id = new.id and c.ended_at is null returning c.id, c.ended_at
  loop
    update call_members m set left_at = over.ended_at where m.call_id = over.id and m.left_at is null;
    insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at, detail)
      values (people_new_id(over.ended_at), new.tenant_id, new.id, 'CallEnded', null, 'System', over.ended_at, 'visit_closed');
  end loop;
  return null;
end $$;
create trigger calls_close after update of status on consultations
  for each row when (old.status = 'InProgress' and new.status <> 'InProgress') execute function calls_close();

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'call_visit(uuid, boolean)', 'call_rows(uuid, uuid)', 'call_rung(uuid, text)',
    'call_keep(uuid, uuid, text, text, uuid, timestamptz, timestamptz, timestamptz, timestamptz, text, integer, integer, uuid[], uuid[], text[], integer[], text[], text[], timestamptz)',
    'call_incident(uuid, uuid, text, timestamptz)',
    'call_test_keep(uuid, uuid, text, text, text, boolean, boolean, boolean, integer, double precision, integer, text, timestamptz)',
    'calls_ringing()', 'calls_due(uuid[], timestamptz, interval, interval, interval)', 'calls_untold(timestamptz, integer)', 'call_told(uuid)', 'calls_close()']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  -- Asked by the functions above alone.
  foreach f in array array['is_call_seat(uuid)', 'call_side(uuid, uuid)', 'call_name(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
