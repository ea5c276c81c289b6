-- Booking: one person in one place at a time, slots held for a while, a waiting list, and a visit's life with who moved it when.

-- Ranges of ids, so that an exclusion constraint can say "the same person" without an extension.
create type uuidrange as range (subtype = uuid);

alter table consultations
  add column ends_at timestamptz,
  -- False: recorded from elsewhere beside others, not booked; it takes no time from anybody.
  add column exclusive boolean not null default true,
  -- Sealed with the conversation's key: what the patient says it is about, and why it was called off.
  add column reason_sealed bytea,
  add column cancel_reason_sealed bytea,
  add column confirmed_at timestamptz,
  add column cancelled_at timestamptz,
  add column cancelled_by uuid,
  add column cancelled_by_role text check (cancelled_by_role in ('Patient', 'Practitioner')),
  -- The zone the two agreed in: the instant is the truth, this is how to say it.
  add column time_zone text check (length(time_zone) <= 60),
  -- As it was when they agreed: until so many minutes before the start the patient may call it off.
  add column cancel_notice_minutes integer not null default 120 check (cancel_notice_minutes between 0 and 525600),
  add column booked_by uuid,
  -- A client's own word for one booking, and what it asked for with it: the same again is the same visit, another thing is refused.
  add column booking_key text check (length(booking_key) between 1 and 128),
  add column booking_request text check (length(booking_request) <= 200),
  add check ((cancelled_by is null) = (cancelled_by_role is null));

-- An instant and a number of minutes make an instant; PostgreSQL will not have that in a generated column, for days in it would depend on a zone.
create function consultations_plan() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.ends_at := new.scheduled_at + make_interval(mins => new.duration_minutes);
  if new.time_zone is null then
    select p.time_zone into new.time_zone from practitioners p where p.user_id = new.practitioner_id;
  end if;
  return new;
end $$;
create trigger consultations_plan before insert or update of scheduled_at, duration_minutes on consultations for each row execute function consultations_plan();

alter table consultations no force row level security;
alter table practitioners no force row level security;
update consultations c set ends_at = c.scheduled_at + make_interval(mins => c.duration_minutes),
  time_zone = coalesce((select p.time_zone from practitioners p where p.user_id = c.practitioner_id), 'Europe/Paris');
-- Of what overlaps already, the earliest booked stays as it is.
update consultations c set exclusive = false
  where c.status in ('Scheduled', 'Confirmed', 'InProgress') and exists (select from consultations o
    where o.status in ('Scheduled', 'Confirmed', 'InProgress') and (o.practitioner_id = c.practitioner_id or o.patient_id = c.patient_id)
      and (o.created_at, o.id) < (c.created_at, c.id) and tstzrange(o.scheduled_at, o.ends_at) && tstzrange(c.scheduled_at, c.ends_at));
alter table consultations force row level security;
alter table practitioners force row level security;

alter table consultations
  alter column ends_at set not null,
  alter column time_zone set not null,
  add constraint consultations_practitioner_once exclude using gist (uuidrange(practitioner_id, practitioner_id, '[]') with &&, tstzrange(scheduled_at, ends_at) with &&)
    where (status in ('Scheduled', 'Confirmed', 'InProgress') and exclusive),
  add constraint consultations_patient_once exclude using gist (uuidrange(patient_id, patient_id, '[]') with &&, tstzrange(scheduled_at, ends_at) with &&)
    where (status in ('Scheduled', 'Confirmed', 'InProgress') and exclusive);
create unique index consultations_booking_key on consultations (booked_by, booking_key) where booking_key is not null;
create index consultations_open on consultations (ends_at) where status in ('Scheduled', 'Confirmed', 'InProgress');

grant insert (exclusive, reason_sealed, confirmed_at, cancelled_at, cancelled_by, cancelled_by_role, cancel_reason_sealed, time_zone, cancel_notice_minutes, booked_by, booking_key, booking_request)
  on consultations to colloque_app;
grant update (reason_sealed, scheduled_at, duration_minutes, exclusive, confirmed_at, cancelled_at, cancelled_by, cancelled_by_role, cancel_reason_sealed, time_zone, cancel_notice_minutes)
  on consultations to colloque_app;
grant select (patient_id, duration_minutes, ends_at) on consultations to colloque_lookup;
create policy consultations_sweep on consultations for update to colloque_lookup
  using (status in ('Scheduled', 'Confirmed', 'InProgress')) with check (status in ('NoShow', 'Completed'));

-- What can happen to a visit. `detail` is a code, a number, an id or an instant; never a word about anybody's health.
alter table consultation_events
  add column detail text check (detail ~ '^[A-Za-z0-9_.:+-]{1,60}$'),
  -- Null: the server itself, role 'System'.
  alter column actor_id drop not null,
  add check ((actor_id is null) = (actor_role = 'System')),
  drop constraint consultation_events_type_check,
  add constraint consultation_events_type_check check (type in ('Scheduled', 'Confirmed', 'Cancelled', 'Rescheduled', 'Joined', 'Left', 'Started', 'Ended', 'NoShow',
    'Waiting', 'Admitted', 'Delayed', 'HandedOver', 'Incident'));
create policy consultation_events_sweep on consultation_events for insert to colloque_lookup with check (type in ('Ended', 'NoShow') and actor_id is null);
create policy consultation_events_signs on consultation_events for select to colloque_lookup using (true);
grant select (consultation_id, type, actor_role, at) on consultation_events to colloque_lookup;
grant select (last_message_at) on conversations to colloque_lookup;

-- Somebody who waits for a practitioner's free time.
create table waiting_list_entries (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  practitioner_id uuid not null references users (id) on delete restrict,
  patient_id uuid not null,
  from_at timestamptz,
  until_at timestamptz check (until_at > from_at),
  status text not null default 'Waiting' check (status in ('Waiting', 'Offered')),
  -- Starts that were offered and let go: not offered again.
  passed timestamptz[] not null default '{}',
  created_at timestamptz not null,
  foreign key (tenant_id, patient_id) references users (tenant_id, id) on delete restrict,
  unique (patient_id, practitioner_id)
);
create index waiting_list_entries_order on waiting_list_entries (practitioner_id, created_at, id) where status = 'Waiting';
alter table waiting_list_entries enable row level security;
alter table waiting_list_entries force row level security;
create policy waiting_list_entries_own on waiting_list_entries to colloque_app
  using (patient_id = current_user_id() and tenant_id = current_tenant_id() and current_caller_role() = 'Patient')
  with check (patient_id = current_user_id() and tenant_id = current_tenant_id() and current_caller_role() = 'Patient');
create policy waiting_list_entries_lookup on waiting_list_entries to colloque_lookup using (true) with check (true);
grant select, delete on waiting_list_entries to colloque_app;
grant insert (id, tenant_id, practitioner_id, patient_id, from_at, until_at, created_at) on waiting_list_entries to colloque_app;
grant select, update (status, passed) on waiting_list_entries to colloque_lookup;

-- A time that nobody else can book until it expires: while a patient decides, or offered to one who waits. Who asks whether a time is free asks with the
-- present at hand: an expired row that still lies here holds nothing.
create table slot_holds (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  practitioner_id uuid not null references users (id) on delete restrict,
  patient_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  expires_at timestamptz not null,
  entry_id uuid unique references waiting_list_entries (id) on delete cascade,
  foreign key (tenant_id, patient_id) references users (tenant_id, id) on delete restrict
);
-- One a patient of their own choosing; offers come besides.
create unique index slot_holds_patient on slot_holds (patient_id) where entry_id is null;
create index slot_holds_practitioner on slot_holds (practitioner_id, starts_at);
alter table slot_holds enable row level security;
alter table slot_holds force row level security;
create policy slot_holds_own on slot_holds to colloque_app
  using (patient_id = current_user_id() and tenant_id = current_tenant_id() and current_caller_role() = 'Patient')
  with check (patient_id = current_user_id() and tenant_id = current_tenant_id() and current_caller_role() = 'Patient');
create policy slot_holds_lookup on slot_holds to colloque_lookup using (true) with check (true);
grant select, delete on slot_holds to colloque_app;
grant insert (id, tenant_id, practitioner_id, patient_id, starts_at, ends_at, expires_at) on slot_holds to colloque_app;
grant select, insert, delete on slot_holds to colloque_lookup;

-- What is held is not free: the directory looks again when somebody's next time is.
create trigger slot_holds_touch after insert or delete on slot_holds for each row execute function practice_touch();

-- One booking of a practitioner's, and one of a patient's, at a time. Always in this order, so that no two wait for each other.
create function booking_lock(practitioner uuid, patient uuid) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(73058201, hashtext(practitioner::text));
  if patient is not null then
    perform pg_advisory_xact_lock(73058202, hashtext(patient::text));
  end if;
end $$;

-- Whether two people can meet then: free · taken (the practitioner's time, by a visit or somebody else's hold) · busy (the patient's). `spare` is the visit
-- that would move there; `buffer` is kept free of the practitioner's time before and after. Asked with the locks held, the answer is true until the end of the transaction.
create function booking_state(practitioner uuid, patient uuid, starts timestamptz, ends timestamptz, buffer interval, spare uuid, now timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when exists (select from consultations c where c.practitioner_id = practitioner and c.id is distinct from spare and c.status in ('Scheduled', 'Confirmed', 'InProgress')
        and c.scheduled_at < ends + buffer and c.ends_at > starts - buffer)
      or exists (select from slot_holds h where h.practitioner_id = practitioner and h.patient_id is distinct from patient and h.expires_at > now
        and h.starts_at < ends + buffer and h.ends_at > starts - buffer) then 'taken'
    when exists (select from consultations c where c.patient_id = patient and c.id is distinct from spare and c.status in ('Scheduled', 'Confirmed', 'InProgress')
        and c.scheduled_at < ends and c.ends_at > starts) then 'busy'
    else 'free' end
$$;

-- Holds a time that got free for the first of those who wait for it, in the order in which they began to.
create function waiting_list_offer(practitioner uuid, starts timestamptz, ends timestamptz, buffer interval, hold uuid, now timestamptz, expires timestamptz)
returns table (entry_id uuid, patient_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare entry waiting_list_entries;
begin
  perform booking_lock(practitioner, null);
  if booking_state(practitioner, null, starts, ends, buffer, null, now) <> 'free' then return; end if;
  select e.* into entry from waiting_list_entries e
    where e.practitioner_id = practitioner and e.status = 'Waiting' and coalesce(e.from_at <= starts, true) and coalesce(ends <= e.until_at, true)
      and not starts = any (e.passed) and booking_state(practitioner, e.patient_id, starts, ends, buffer, null, now) = 'free'
      and exists (select from users u where u.id = e.patient_id and u.deactivated_at is null)
    order by e.created_at, e.id limit 1 for update of e;
  if not found then return; end if;
  insert into slot_holds (id, tenant_id, practitioner_id, patient_id, starts_at, ends_at, expires_at, entry_id)
    values (hold, entry.tenant_id, practitioner, entry.patient_id, starts, ends, expires, entry.id);
  update waiting_list_entries e set status = 'Offered' where e.id = entry.id;
  return query select entry.id, entry.patient_id;
end $$;

-- What has expired. Holds of one's own choosing go at once; offers are named, to be passed on one by one (waiting_list_pass).
create function waiting_list_expired(now timestamptz, most integer) returns table (hold_id uuid, practitioner_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql security definer set search_path = public, pg_temp as $$
  delete from slot_holds h where h.id in (select id from slot_holds where expires_at <= now and entry_id is null limit most);
  select h.id, h.practitioner_id, h.starts_at, h.ends_at from slot_holds h where h.expires_at <= now and h.entry_id is not null order by h.expires_at limit most
$$;

-- Ends one offer that was let go: who let it go waits on, for other times. False if it was taken up or passed on meanwhile.
create function waiting_list_pass(hold uuid, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone slot_holds;
begin
  select h.* into gone from slot_holds h where h.id = hold;
  perform booking_lock(gone.practitioner_id, null);
  delete from slot_holds h where h.id = hold and h.expires_at <= now and h.entry_id is not null returning h.* into gone;
  if not found then return false; end if;
  update waiting_list_entries e set status = 'Waiting', passed = array_append(e.passed, gone.starts_at) where e.id = gone.entry_id;
  return true;
end $$;

-- As in 0019, and what is held for others: until it expires, by the database's own clock, for this is what is shown and not what decides.
create or replace function practitioner_busy(person uuid, since timestamptz, until timestamptz) returns table (starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.scheduled_at, c.ends_at from consultations c
    where c.practitioner_id = person and c.status in ('Scheduled', 'Confirmed', 'InProgress')
      -- No visit is longer than eight hours: the first line is for the index.
      and c.scheduled_at > since - interval '8 hours' and c.scheduled_at < until and c.ends_at > since
      and current_user_id() is not null
  union all
  select h.starts_at, h.ends_at from slot_holds h
    where h.practitioner_id = person and h.starts_at < until and h.ends_at > since and h.expires_at > now() and h.patient_id <> current_user_id()
$$;

-- What is past and was left open. Nobody came, or not the practitioner: NoShow. Both came and nobody ended it: Completed at the last sign of life, which is
-- the last event or message; not a minute is made up. A video visit that the patient never entered is a NoShow too; one in a room or by telephone leaves
-- no such trace. One sweep at a time, however many servers there are.
create function consultations_sweep(now timestamptz, no_show_after interval, close_after interval, most integer)
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
              or exists (select from queue_items q where q.consultation_id = c.id) as patient_came
          from consultation_events e where e.consultation_id = c.id) s
      where c.status in ('Scheduled', 'Confirmed', 'InProgress') and c.ends_at <= now - least(no_show_after, close_after)
        and case when c.status <> 'InProgress' or (c.format = 'Video' and not s.patient_came) then c.ends_at <= now - no_show_after
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
    'consultations_plan()', 'booking_state(uuid, uuid, timestamptz, timestamptz, interval, uuid, timestamptz)',
    'waiting_list_offer(uuid, timestamptz, timestamptz, interval, uuid, timestamptz, timestamptz)', 'waiting_list_expired(timestamptz, integer)', 'waiting_list_pass(uuid, timestamptz)', 'practitioner_busy(uuid, timestamptz, timestamptz)',
    'consultations_sweep(timestamptz, interval, interval, integer)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
