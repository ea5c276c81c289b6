-- What is told of how care is used: months that are over, each visit counted once, and never anything that tells of fewer than five people
-- unless an organization chose lines a person (docs/subsystems/reports.md has the law).

alter table organizations
  -- Whose midnight ends a month; null is the installation's.
  add column time_zone text check (length(time_zone) between 1 and 60),
  add column usage_report text not null default 'PerEmployee' check (usage_report in ('PerEmployee', 'TotalsOnly', 'Off'));
grant update (time_zone) on organizations to colloque_app;
grant update (usage_report) on organizations to colloque_lookup;

-- How few a figure may concern.
create function usage_floor() returns integer language sql immutable parallel safe as $$ select 5 $$;

-- What an organization chose, and since when: a month is told in the most private form that held while its visits took place and until it was frozen.
create table usage_choices (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  since timestamptz not null,
  form text not null check (form in ('PerEmployee', 'TotalsOnly', 'Off'))
);
create index usage_choices_since on usage_choices (tenant_id, since);
alter table usage_choices enable row level security;
alter table usage_choices force row level security;
create policy usage_choices_lookup on usage_choices to colloque_lookup using (true) with check (true);
grant select, insert on usage_choices to colloque_lookup;

-- One row a visit that took place, and the one month it is counted in: null until that month is frozen, and the same for ever after.
create table usage_visits (
  consultation_id uuid primary key references consultations (id) on delete cascade,
  tenant_id uuid not null,
  patient_id uuid not null,
  started_at timestamptz not null,
  minutes integer not null check (minutes >= 0),
  period text check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
);
create index usage_visits_open on usage_visits (tenant_id, started_at) where period is null;
create index usage_visits_counted on usage_visits (tenant_id, period);
alter table usage_visits enable row level security;
alter table usage_visits force row level security;
create policy usage_visits_lookup on usage_visits to colloque_lookup using (true) with check (true);
grant select, insert, update (period) on usage_visits to colloque_lookup;

-- A frozen month of an organization. How many people it concerns is for the floor alone, and told to nobody.
create table usage_months (
  tenant_id uuid not null references organizations (id) on delete restrict,
  period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  form text not null check (form in ('PerEmployee', 'TotalsOnly', 'Off')),
  people integer not null check (people > 0),
  consultations integer not null check (consultations > 0),
  minutes bigint not null check (minutes >= 0),
  frozen_at timestamptz not null,
  primary key (tenant_id, period)
);
alter table usage_months enable row level security;
alter table usage_months force row level security;
create policy usage_months_lookup on usage_months to colloque_lookup using (true) with check (true);
grant select, insert on usage_months to colloque_lookup;

-- A frozen month of one person, where the organization's form has lines; there is none otherwise.
create table usage_lines (
  tenant_id uuid not null,
  period text not null,
  employee_id uuid not null references employees (id) on delete cascade,
  consultations integer not null check (consultations > 0),
  minutes bigint not null check (minutes >= 0),
  primary key (tenant_id, period, employee_id),
  foreign key (tenant_id, period) references usage_months (tenant_id, period) on delete cascade
);
create index usage_lines_employee on usage_lines (employee_id, period);
alter table usage_lines enable row level security;
alter table usage_lines force row level security;
create policy usage_lines_lookup on usage_lines to colloque_lookup using (true) with check (true);
grant select, insert on usage_lines to colloque_lookup;

-- A month of all organizations whose own figure is withheld, together, frozen once: what a platform's month may add to those that are told.
create table usage_remainders (
  period text primary key check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  people integer not null,
  consultations integer not null,
  minutes bigint not null,
  frozen_at timestamptz not null
);
alter table usage_remainders enable row level security;
alter table usage_remainders force row level security;
create policy usage_remainders_lookup on usage_remainders to colloque_lookup using (true) with check (true);
grant select, insert on usage_remainders to colloque_lookup;

-- Whose visit, and how long it was to be: for counting.
grant select (patient_id, duration_minutes) on consultations to colloque_lookup;

-- A visit's length is its real length in whole minutes, by the server's clock, at the moment it is completed.
create function usage_record() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into usage_visits (consultation_id, tenant_id, patient_id, started_at, minutes)
    values (new.id, new.tenant_id, new.patient_id, new.started_at, greatest(0, round(extract(epoch from new.closed_at - new.started_at) / 60)))
    on conflict (consultation_id) do nothing;
  return null;
end $$;
create trigger consultations_usage after insert or update of status on consultations for each row
  when (new.status = 'Completed' and new.started_at is not null and new.closed_at is not null) execute function usage_record();

alter table consultations no force row level security;
alter table usage_visits no force row level security;
insert into usage_visits (consultation_id, tenant_id, patient_id, started_at, minutes)
  select c.id, c.tenant_id, c.patient_id, c.started_at, greatest(0, round(extract(epoch from c.closed_at - c.started_at) / 60))
    from consultations c where c.status = 'Completed' and c.started_at is not null and c.closed_at is not null;
alter table usage_visits force row level security;
alter table consultations force row level security;

-- The most private form that held at any moment between two.
create function usage_form(organization uuid, from_at timestamptz, until_at timestamptz) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  with held as (
    select c.form from usage_choices c where c.tenant_id = organization and c.since > from_at and c.since <= until_at
    union all
    select coalesce((select c.form from usage_choices c where c.tenant_id = organization and c.since <= from_at order by c.since desc, c.id desc limit 1), 'PerEmployee'))
  select case when bool_or(form = 'Off') then 'Off' when bool_or(form = 'TotalsOnly') then 'TotalsOnly' else 'PerEmployee' end from held
$$;

-- An organization's administrators choose; it counts from now on.
create function usage_choose(new_form text, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_caller_role() is distinct from 'OrganizationAdmin' then return false; end if;
  update organizations set usage_report = new_form where id = current_tenant_id() and usage_report <> new_form;
  if found then
    insert into usage_choices (tenant_id, since, form) values (current_tenant_id(), now, new_form);
  end if;
  return true;
end $$;

-- Which organizations have visits that no month has counted yet, since when, and where their midnight is.
create function usage_waiting(organization uuid, before timestamptz) returns table (organization_id uuid, time_zone text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.tenant_id, o.time_zone, min(v.started_at)
    from usage_visits v join organizations o on o.id = v.tenant_id join employees e on e.user_id = v.patient_id and e.tenant_id = v.tenant_id
    where v.period is null and v.started_at < before and (organization is null or v.tenant_id = organization)
    group by v.tenant_id, o.time_zone order by v.tenant_id
$$;

-- Freezes months that are over, the oldest first. Each takes every visit from before its end that no month has yet; what comes to light later is in the
-- next one that is frozen. A month without visits is not frozen, and looks like one whose figure is withheld. Answers with how many were frozen.
create function usage_freeze(organization uuid, periods text[], starts timestamptz[], ends timestamptz[], now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  made integer := 0;
  earliest timestamptz;
  told text;
begin
  perform pg_advisory_xact_lock(7305822, hashtext(organization::text));
  for i in 1 .. coalesce(array_length(periods, 1), 0) loop
    exit when ends[i] > now;
    continue when exists (select from usage_months m where m.tenant_id = organization and m.period = periods[i]);
    update usage_visits v set period = periods[i] from employees e
      where v.tenant_id = organization and v.period is null and v.started_at < ends[i] and e.user_id = v.patient_id and e.tenant_id = organization;
    continue when not found;
    select min(v.started_at) into earliest from usage_visits v where v.tenant_id = organization and v.period = periods[i];
    told := usage_form(organization, least(starts[i], earliest), now);
    insert into usage_months (tenant_id, period, form, people, consultations, minutes, frozen_at)
      select organization, periods[i], told, count(distinct v.patient_id), count(*), sum(v.minutes), now
        from usage_visits v where v.tenant_id = organization and v.period = periods[i];
    if told = 'PerEmployee' then
      insert into usage_lines (tenant_id, period, employee_id, consultations, minutes)
        select organization, periods[i], e.id, count(*), sum(v.minutes)
          from usage_visits v join employees e on e.user_id = v.patient_id and e.tenant_id = organization
          where v.tenant_id = organization and v.period = periods[i] group by e.id;
    end if;
    made := made + 1;
  end loop;
  return made;
end $$;

-- Freezes what the withheld add up to, for months up to the last that is over everywhere.
create function usage_freeze_remainders(last_period text, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into usage_remainders (period, people, consultations, minutes, frozen_at)
    select m.period, sum(m.people), sum(m.consultations), sum(m.minutes), now
      from usage_months m where m.period <= last_period and m.people < usage_floor() group by m.period
    on conflict (period) do nothing
$$;

-- A month's total, to the organization's own administrators; no row where it is withheld, or where nothing was counted.
create function usage_total(wanted text) returns table (consultations integer, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.consultations, m.minutes from usage_months m
    where m.tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin' and m.period = wanted
      and m.form <> 'Off' and m.people >= usage_floor()
$$;

-- A month's lines, by name, from after a line on.
create function usage_page(wanted text, after_name text, after_id uuid, most integer)
returns table (employee_id uuid, name text, sort_name text, consultations integer, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, left(e.first_name || ' ' || e.last_name, 200), e.sort_name, l.consultations, l.minutes
    from usage_lines l join employees e on e.id = l.employee_id
    where l.tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin' and l.period = wanted
      and (e.sort_name, e.id) > (after_name, after_id)
    order by e.sort_name, e.id limit most
$$;

-- One person's frozen months, the newest first.
create function usage_of_employee(entry uuid) returns table (period text, consultations integer, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.period, l.consultations, l.minutes from usage_lines l
    where l.employee_id = entry and l.tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin' order by l.period desc
$$;

-- A month of every organization, to the platform's administrators; nulls where it is withheld, which is also where nothing was counted.
create function usage_billing(wanted text, after_name text, after_id uuid, most integer)
returns table (organization_id uuid, name text, consultations integer, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.name, m.consultations, m.minutes
    from organizations o left join usage_months m on m.tenant_id = o.id and m.period = wanted and m.people >= usage_floor()
    where current_caller_role() = 'PlatformAdmin' and (o.name collate "C", o.id) > (after_name collate "C", after_id) order by o.name collate "C", o.id limit most
$$;

-- The platform's months: those that are told of organizations, and the remainder where it concerns enough people.
create function usage_platform(first_period text, last_period text) returns table (period text, consultations bigint, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.period, sum(t.consultations)::bigint, sum(t.minutes)::bigint
    from (select m.period, m.consultations, m.minutes from usage_months m where m.people >= usage_floor()
          union all select r.period, r.consultations, r.minutes from usage_remainders r where r.people >= usage_floor()) t
    where is_platform_caller() and t.period between first_period and last_period group by t.period order by t.period
$$;

-- Where the caller's months end: an organization's for its administrators, a practitioner's own for theirs; and what language they read.
create function usage_reader() returns table (time_zone text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select case u.role when 'Practitioner' then p.time_zone when 'OrganizationAdmin' then o.time_zone end, u.language
    from users u left join practitioners p on p.user_id = u.id left join organizations o on o.id = u.tenant_id where u.id = current_user_id()
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'usage_choose(text, timestamptz)', 'usage_waiting(uuid, timestamptz)',
    'usage_freeze(uuid, text[], timestamptz[], timestamptz[], timestamptz)', 'usage_freeze_remainders(text, timestamptz)', 'usage_total(text)',
    'usage_page(text, text, uuid, integer)', 'usage_of_employee(uuid)', 'usage_billing(text, text, uuid, integer)', 'usage_platform(text, text)', 'usage_reader()']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  -- A trigger's, and freezing's own.
  foreach f in array array['usage_record()', 'usage_form(uuid, timestamptz, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
