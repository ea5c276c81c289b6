-- What people are told: each notice is a row, made in the transaction of what it tells of, and told once: on their sockets, and by mail where they want it.

create table notifications (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  kind text not null check (kind in ('Booked', 'Confirmed', 'Cancelled', 'Rescheduled', 'PractitionerReady', 'PractitionerChanged', 'Reminder', 'SlotOffered')),
  consultation_id uuid references consultations (id) on delete restrict,
  -- Whose time is offered.
  practitioner_id uuid references users (id) on delete restrict,
  -- What it came of: an event, a hold; of a reminder the consultation.
  cause_id uuid not null,
  -- The start that was planned when it came to be.
  starts_at timestamptz not null,
  -- How long before the start a reminder is.
  lead_minutes integer check (lead_minutes between 5 and 10080),
  created_at timestamptz not null,
  read_at timestamptz,
  told_at timestamptz,
  unique nulls not distinct (user_id, kind, cause_id, starts_at, lead_minutes)
);
create index notifications_newest on notifications (user_id, created_at desc, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
create index notifications_untold on notifications (created_at) where told_at is null;
alter table notifications enable row level security;
alter table notifications force row level security;
create policy notifications_own on notifications to colloque_app using (user_id = current_user_id()) with check (user_id = current_user_id());
create policy notifications_lookup on notifications to colloque_lookup using (true) with check (true);
grant select, update (read_at) on notifications to colloque_app;
grant select, insert, update (told_at) on notifications to colloque_lookup;

-- A person's own choices; no row is the default of their role.
create table notice_settings (
  user_id uuid primary key references users (id) on delete restrict,
  mail_changes boolean not null,
  mail_reminders boolean not null,
  reminder_minutes integer[] not null check (cardinality(reminder_minutes) <= 5 and 5 <= all (reminder_minutes) and 10080 >= all (reminder_minutes)),
  updated_at timestamptz not null
);
alter table notice_settings enable row level security;
alter table notice_settings force row level security;
create policy notice_settings_own on notice_settings to colloque_app using (user_id = current_user_id()) with check (user_id = current_user_id());
create policy notice_settings_lookup on notice_settings for select to colloque_lookup using (true);
grant select, insert, update (mail_changes, mail_reminders, reminder_minutes, updated_at) on notice_settings to colloque_app;
grant select on notice_settings to colloque_lookup;

-- One address a person where calendars fetch their visits; whoever has it may read it, so it cannot be guessed and can be taken back. Only its hash is here.
create table calendar_feeds (
  user_id uuid primary key references users (id) on delete restrict,
  hash bytea not null unique check (length(hash) = 32),
  created_at timestamptz not null
);
alter table calendar_feeds enable row level security;
alter table calendar_feeds force row level security;
create policy calendar_feeds_own on calendar_feeds to colloque_app using (user_id = current_user_id()) with check (user_id = current_user_id());
create policy calendar_feeds_lookup on calendar_feeds for select to colloque_lookup using (true);
grant select, insert, update (hash, created_at), delete on calendar_feeds to colloque_app;
grant select on calendar_feeds to colloque_lookup;

grant select (cancelled_at, confirmed_at, time_zone, created_at) on consultations to colloque_lookup;

-- Every move of a visit is an event, so no verb can forget to tell of one. The patient hears of all, also of their own doing: mails and calendars follow. The
-- practitioner hears of what others did.
create function notices_of_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare visit record;
begin
  select c.patient_id, c.practitioner_id, c.scheduled_at into visit from consultations c where c.id = new.consultation_id;
  insert into notifications (id, user_id, kind, consultation_id, cause_id, starts_at, created_at)
    select people_new_id(new.at), n.person, n.kind, new.consultation_id, new.id, visit.scheduled_at, new.at
    from (values
      (visit.patient_id, case when new.type in ('Confirmed', 'Cancelled', 'Rescheduled') then new.type
        when new.type = 'Started' and new.actor_role = 'Practitioner' then 'PractitionerReady' when new.type = 'HandedOver' then 'PractitionerChanged' end),
      (visit.practitioner_id, case when new.actor_id is not distinct from visit.practitioner_id then null
        when new.type in ('Cancelled', 'Rescheduled') then new.type when new.type in ('Scheduled', 'HandedOver') then 'Booked' end)
    ) as n (person, kind) where n.kind is not null
    on conflict do nothing;
  return null;
end $$;
create trigger notices_of_event after insert on consultation_events for each row
  when (new.type in ('Scheduled', 'Confirmed', 'Cancelled', 'Rescheduled', 'Started', 'HandedOver')) execute function notices_of_event();

create function notices_of_offer() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare now timestamptz := clock_timestamp();
begin
  insert into notifications (id, user_id, kind, practitioner_id, cause_id, starts_at, created_at)
    values (people_new_id(now), new.patient_id, 'SlotOffered', new.practitioner_id, new.id, new.starts_at, now) on conflict do nothing;
  return null;
end $$;
create trigger notices_of_offer after insert on slot_holds for each row when (new.entry_id is not null) execute function notices_of_offer();

-- Reminders that are due: of each person's chosen times the one nearest to the start, of visits that were agreed before it. Of what a server that slept has
-- missed, only that one is made up for; of what it has sent, none is sent again.
create function notices_remind(now timestamptz, usual integer[], most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare made integer;
begin
  -- The server's own work: no person's request may ask for it.
  if current_user_id() is not null or not pg_try_advisory_xact_lock(73058206) then return 0; end if;
  insert into notifications (id, user_id, kind, consultation_id, cause_id, starts_at, lead_minutes, created_at)
    select people_new_id(now), due.person, 'Reminder', due.id, due.id, due.scheduled_at, due.lead, now
    from (
      select c.id, c.scheduled_at, p.person, min(l.lead) as lead
        from consultations c
          cross join lateral (values (c.patient_id), (c.practitioner_id)) as p (person)
          left join notice_settings s on s.user_id = p.person
          cross join lateral unnest(coalesce(s.reminder_minutes, usual)) as l (lead)
        where c.status = 'Confirmed' and c.scheduled_at > now and c.scheduled_at <= now + interval '7 days'
          and c.scheduled_at - make_interval(mins => l.lead) <= now
          and c.scheduled_at - make_interval(mins => l.lead) > coalesce(c.confirmed_at, c.created_at)
        group by c.id, c.scheduled_at, p.person) due
    where not exists (select from notifications n where n.user_id = due.person and n.kind = 'Reminder' and n.cause_id = due.id and n.starts_at = due.scheduled_at
      and n.lead_minutes <= due.lead)
    order by due.scheduled_at limit most
    on conflict do nothing;
  get diagnostics made = row_count;
  return made;
end $$;

-- Notices that nobody has been told of yet, with what a mail needs. Locked until they are marked: a process that dies in between lets go of them.
create function notices_untold(most integer)
returns table (id uuid, user_id uuid, kind text, consultation_id uuid, practitioner_id uuid, starts_at timestamptz, lead_minutes integer, created_at timestamptz,
  email text, language text, role text, active boolean, mail_changes boolean, mail_reminders boolean, status text, duration_minutes integer, time_zone text, moves integer)
language sql security definer set search_path = public, pg_temp as $$
  select n.id, n.user_id, n.kind, n.consultation_id, n.practitioner_id, n.starts_at, n.lead_minutes, n.created_at, u.email, u.language, u.role, u.deactivated_at is null,
      coalesce(s.mail_changes, u.role = 'Patient'), coalesce(s.mail_reminders, u.role = 'Patient'), c.status, c.duration_minutes,
      coalesce(c.time_zone, p.time_zone), (select count(*)::integer from consultation_events e where e.consultation_id = n.consultation_id and e.type in ('Rescheduled', 'Cancelled'))
    from notifications n join users u on u.id = n.user_id left join notice_settings s on s.user_id = n.user_id
      left join consultations c on c.id = n.consultation_id left join practitioners p on p.user_id = n.practitioner_id
    where n.told_at is null and current_user_id() is null order by n.created_at, n.id limit most for update of n skip locked
$$;

create function notices_told(told uuid[], now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$ update notifications set told_at = now where id = any (told) $$;

-- The visits behind the address of a feed: nothing but times and states.
create function calendar_of_feed(wanted bytea, since timestamptz, until timestamptz)
returns table (owner_id uuid, role text, language text, time_zone text, id uuid, status text, scheduled_at timestamptz, duration_minutes integer, moves integer, changed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.role, u.language, coalesce(p.time_zone, c.time_zone), c.id, c.status, c.scheduled_at, c.duration_minutes,
      (select count(*)::integer from consultation_events e where e.consultation_id = c.id and e.type in ('Rescheduled', 'Cancelled')),
      greatest(c.created_at, (select max(e.at) from consultation_events e where e.consultation_id = c.id))
    from calendar_feeds f join users u on u.id = f.user_id and u.deactivated_at is null left join practitioners p on p.user_id = u.id
      left join consultations c on (c.patient_id = u.id or c.practitioner_id = u.id) and c.scheduled_at between since and until
    where f.hash = wanted order by c.scheduled_at, c.id limit 2000
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['notices_of_event()', 'notices_of_offer()', 'notices_remind(timestamptz, integer[], integer)', 'notices_untold(integer)',
    'notices_told(uuid[], timestamptz)', 'calendar_of_feed(bytea, timestamptz, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
