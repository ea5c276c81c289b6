-- When practitioners see people. Rules are on the wall clock of practitioners.time_zone; slots are made of them by the program (Scheduling/SlotCalendar).

create table availability_rules (
  id uuid primary key,
  practitioner_id uuid not null references practitioners (user_id) on delete restrict,
  kind text not null check (kind in ('Recurring', 'Closed', 'Extra')),
  -- 0 is Sunday.
  day_of_week integer check (day_of_week between 0 and 6),
  on_date date,
  -- Minutes of the wall clock after midnight; none: the whole of a closed date.
  start_minute integer,
  end_minute integer,
  slot_minutes integer check (slot_minutes between 5 and 480),
  active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (case kind when 'Recurring' then day_of_week is not null and on_date is null else day_of_week is null and on_date is not null end),
  check (kind = 'Closed' or start_minute is not null),
  check ((start_minute is null) = (end_minute is null)),
  check (start_minute >= 0 and start_minute < end_minute and end_minute <= 1440)
);
create index availability_rules_practitioner on availability_rules (practitioner_id, on_date);
alter table availability_rules enable row level security;
alter table availability_rules force row level security;
create policy availability_rules_own on availability_rules to colloque_app
  using (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner')
  with check (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner');
create policy availability_rules_lookup on availability_rules for select to colloque_lookup using (true);
grant select, delete on availability_rules to colloque_app;
grant insert (id, practitioner_id, kind, day_of_week, on_date, start_minute, end_minute, slot_minutes, active, created_at, updated_at) on availability_rules to colloque_app;
grant update (kind, day_of_week, on_date, start_minute, end_minute, slot_minutes, active, updated_at) on availability_rules to colloque_app;
grant select on availability_rules to colloque_lookup;

-- No row: all as it stands here.
create table practice_settings (
  practitioner_id uuid primary key references practitioners (user_id) on delete restrict,
  slot_minutes integer not null default 50 check (slot_minutes between 5 and 480),
  buffer_minutes integer not null default 0 check (buffer_minutes between 0 and 240),
  minimum_notice_minutes integer not null default 60 check (minimum_notice_minutes between 0 and 43200),
  maximum_horizon_days integer not null default 90 check (maximum_horizon_days between 1 and 365),
  cancellation_deadline_minutes integer not null default 120 check (cancellation_deadline_minutes between 0 and 43200),
  confirmation text not null default 'Automatic' check (confirmation in ('Automatic', 'Manual')),
  updated_at timestamptz not null
);
alter table practice_settings enable row level security;
alter table practice_settings force row level security;
create policy practice_settings_own on practice_settings to colloque_app
  using (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner')
  with check (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner');
create policy practice_settings_lookup on practice_settings for select to colloque_lookup using (true);
grant select on practice_settings to colloque_app;
grant insert (practitioner_id, slot_minutes, buffer_minutes, minimum_notice_minutes, maximum_horizon_days, cancellation_deadline_minutes, confirmation, updated_at) on practice_settings to colloque_app;
grant update (slot_minutes, buffer_minutes, minimum_notice_minutes, maximum_horizon_days, cancellation_deadline_minutes, confirmation, updated_at) on practice_settings to colloque_app;
grant select on practice_settings to colloque_lookup;

-- What slots are made of: of oneself, and of those whom the caller finds in the directory. At least one row for who is seen; the active weekly rules, and the exceptions of some dates.
create function practice_calendar(person uuid, first_date date, last_date date)
returns table (time_zone text, slot_minutes integer, buffer_minutes integer, minimum_notice_minutes integer, maximum_horizon_days integer,
  cancellation_deadline_minutes integer, confirmation text, rule_id uuid, kind text, day_of_week integer, on_date date, start_minute integer, end_minute integer,
  rule_slot_minutes integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.time_zone, coalesce(s.slot_minutes, 50), coalesce(s.buffer_minutes, 0), coalesce(s.minimum_notice_minutes, 60), coalesce(s.maximum_horizon_days, 90),
      coalesce(s.cancellation_deadline_minutes, 120), coalesce(s.confirmation, 'Automatic'),
      r.id, r.kind, r.day_of_week, r.on_date, r.start_minute, r.end_minute, r.slot_minutes
    from practitioners p join users u on u.id = p.user_id left join organizations o on o.id = u.tenant_id
      left join practice_settings s on s.practitioner_id = p.user_id
      left join availability_rules r on r.practitioner_id = p.user_id and r.active and (r.on_date is null or r.on_date between first_date and last_date)
    where p.user_id = person
      and (u.id = current_user_id() and current_caller_role() = 'Practitioner'
           or p.status = 'Validated' and u.deactivated_at is null and o.deactivated_at is null and current_user_id() is not null
              and (u.tenant_id is null or u.tenant_id = current_tenant_id() or is_platform_caller()))
$$;

-- When a practitioner has something else to do: times alone, of nobody by name.
grant select (duration_minutes) on consultations to colloque_lookup;
create function practitioner_busy(person uuid, since timestamptz, until timestamptz) returns table (starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.scheduled_at, c.scheduled_at + make_interval(mins => c.duration_minutes)
    from consultations c
    where c.practitioner_id = person and c.status in ('Scheduled', 'Confirmed', 'InProgress')
      -- No visit is longer than eight hours: the first line is for the index.
      and c.scheduled_at > since - interval '8 hours' and c.scheduled_at < until
      and c.scheduled_at + make_interval(mins => c.duration_minutes) > since
      and current_user_id() is not null
$$;

-- When somebody can be seen next, as it was looked at last: for the directory to show and to sort by. Null in `next_checked_at`: to be looked at again.
alter table practitioners add column next_available_at timestamptz, add column next_checked_at timestamptz;

-- A visit, or what else keeps a practitioner busy, came, moved or went. Always written, even over null: the row's lock makes who is looking this moment wait for it, or it wait for them.
create function practice_touch() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare people uuid[] := array[]::uuid[];
begin
  if tg_op <> 'INSERT' then people := people || old.practitioner_id; end if;
  if tg_op <> 'DELETE' then people := people || new.practitioner_id; end if;
  perform from practitioners p where p.user_id = any (people) order by p.user_id for no key update;
  update practitioners p set next_checked_at = null where p.user_id = any (people);
  return null;
end $$;
create trigger consultations_touch after insert or delete on consultations for each row execute function practice_touch();
create trigger consultations_touch_change after update of status, scheduled_at, duration_minutes, practitioner_id on consultations for each row
  when ((old.status, old.scheduled_at, old.duration_minutes, old.practitioner_id) is distinct from (new.status, new.scheduled_at, new.duration_minutes, new.practitioner_id))
  execute function practice_touch();

-- Rules are on the wall clock of the zone.
create function practice_moved() returns trigger language plpgsql as $$
begin
  new.next_checked_at := null;
  return new;
end $$;
create trigger practitioners_moved before update of time_zone on practitioners for each row when (old.time_zone is distinct from new.time_zone) execute function practice_moved();

create function practice_next_begin(now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update practitioners set next_checked_at = now where user_id = current_user_id() and current_caller_role() = 'Practitioner'
$$;

create function practice_next_end(next_start timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update practitioners set next_available_at = next_start where user_id = current_user_id() and current_caller_role() = 'Practitioner'
$$;

-- A time that has come too near to be booked is no next time; and once an hour in any case, for horizons move.
create function practice_next_due(now timestamptz, most integer) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select p.user_id from practitioners p left join practice_settings s on s.practitioner_id = p.user_id
    where p.status = 'Validated'
      and (p.next_checked_at is null or p.next_checked_at < now - interval '1 hour'
           or p.next_available_at < now + make_interval(mins => coalesce(s.minimum_notice_minutes, 60)))
    order by p.next_checked_at nulls first, p.user_id limit most
$$;

drop function practitioners_find(boolean, uuid, text, text, text, text, text, text, text, uuid, integer);
-- As before, and by when somebody can be seen: `available_before` is the year 9999 where that is not asked.
create function practitioners_find(directory boolean, one uuid, wanted_status text, words text, wanted_specialty text, wanted_language text, wanted_format text,
  sort text, after_key text, after_id uuid, most integer, available_before timestamptz, now timestamptz)
returns table (user_id uuid, first_name text, last_name text, title text, specialty text, languages text[], bio text, experience integer, diplomas text[],
  offers_video boolean, offers_phone boolean, offers_in_person boolean, time_zone text, avatar_url text, cover_url text, created_at timestamptz, next_available_at timestamptz, sort_key text,
  email text, status text, rejection_reason text, documents_verified boolean, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with people as (
    select u.*, coalesce(u.first_name, nullif(regexp_replace(u.name, '\s*\S+$', ''), ''), u.name) as given,
        coalesce(u.last_name, case when u.name ~ '\s' then regexp_replace(u.name, '^.*\s', '') else '' end) as family,
        u.deactivated_at is null and o.deactivated_at is null as is_active
      from users u left join organizations o on o.id = u.tenant_id
      where u.role = 'Practitioner' and (one = no_tenant_id() or u.id = one)
  ), seen as (
    select u.id, u.given, u.family, u.title, u.specialty, p.languages, p.bio, p.experience, p.diplomas, p.offers_video, p.offers_phone, p.offers_in_person, p.time_zone,
        p.created_at, u.email, p.status, p.rejection_reason, p.documents_verified, u.is_active,
        p.next_at, case ltrim(sort, '-') when 'experience' then lpad((80 - coalesce(p.experience, 0))::text, 2, '0') when 'createdAt' then to_char(p.created_at at time zone 'utc', 'YYYYMMDDHH24MISSUS')
          -- Who cannot be seen comes last, either way.
          when 'nextAvailable' then coalesce(to_char(p.next_at at time zone 'utc', 'YYYYMMDDHH24MISSUS'), case when sort like '-%' then '' else '~' end)
          else search_words(u.family || ' ' || u.given) end collate "C" as key
      from people u join (select f.*, case when f.next_available_at >= now then f.next_available_at end as next_at from practitioners f) p on p.user_id = u.id
      where case when directory
          then p.status = 'Validated' and u.is_active and current_user_id() is not null and (u.tenant_id is null or u.tenant_id = current_tenant_id() or is_platform_caller())
          else current_caller_role() = 'PlatformAdmin' or (current_caller_role() = 'Practitioner' and u.id = current_user_id()) end
        -- Whoever has not shown that the address is theirs has not applied yet.
        and (directory or one <> no_tenant_id() or p.status <> 'Pending' or u.email_verified_at is not null)
        and (wanted_status = '' or p.status = wanted_status)
        and (wanted_specialty = '' or strpos(search_words(u.specialty), search_words(wanted_specialty)) > 0)
        and (wanted_language = '' or lower(wanted_language) = any (p.languages))
        and case wanted_format when 'Video' then p.offers_video when 'Audio' then p.offers_phone when 'InPerson' then p.offers_in_person else true end
        and (available_before >= '9999-01-01' or p.next_at < available_before)
        and not exists (select from regexp_split_to_table(search_words(words), '\s+') w
          where w <> '' and strpos(search_words(concat_ws(' ', u.name, u.given, u.family, u.title, u.specialty, p.bio, array_to_string(p.diplomas, ' '))), w) = 0)
  )
  select s.id, s.given, s.family, s.title, s.specialty, s.languages, s.bio, s.experience, s.diplomas, s.offers_video, s.offers_phone, s.offers_in_person, s.time_zone,
      picture_url(s.id, 'Avatar'), picture_url(s.id, 'Cover'), s.created_at, s.next_at, s.key,
      case when not directory then s.email end, case when not directory then s.status end, case when not directory then s.rejection_reason end,
      case when not directory then s.documents_verified end, case when not directory then s.is_active end
    from seen s
    where after_id = no_tenant_id() or case when sort like '-%' then (s.key, s.id) < (after_key collate "C", after_id) else (s.key, s.id) > (after_key collate "C", after_id) end
    order by case when sort like '-%' then null else s.key end, case when sort like '-%' then null else s.id end,
      case when sort like '-%' then s.key end desc, case when sort like '-%' then s.id end desc
    limit most
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'practice_calendar(uuid, date, date)', 'practitioner_busy(uuid, timestamptz, timestamptz)', 'practice_touch()', 'practice_next_begin(timestamptz)', 'practice_next_end(timestamptz)',
    'practice_next_due(timestamptz, integer)',
    'practitioners_find(boolean, uuid, text, text, text, text, text, text, text, uuid, integer, timestamptz, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
