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

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['practice_calendar(uuid, date, date)', 'practitioner_busy(uuid, timestamptz, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
