-- How long conversations are kept: put away when nobody speaks, and erased when their time is over, the key first.

-- 1. Silence.
alter table conversations add column reopened_at timestamptz;
grant update (reopened_at) on conversations to colloque_app;
-- Not by the last message's time: an index on it would be written with every message.
create index conversations_unsaid on conversations (created_at) where status = 'Open' and kind <> 'Consultation';
create index conversations_age on conversations (kind, created_at);
-- Without it each message that goes looks through all reactions.
create index reactions_message on reactions (message_id);

grant select (archived_at, reopened_at), update (archived_at) on conversations to colloque_lookup;
create policy conversations_put_away on conversations for update to colloque_lookup using (status = 'Open') with check (status = 'Archived' and kind <> 'Consultation');

create function archive_silent(now timestamptz, silence interval, most integer) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null or not pg_try_advisory_xact_lock(73058232) then return; end if;
  return query
    update conversations v set status = 'Archived', archived_at = archive_silent.now
      where v.id in (select c.id from conversations c where c.status = 'Open' and c.kind <> 'Consultation' and c.created_at <= archive_silent.now - silence
                       and greatest(c.created_at, c.last_message_at, c.reopened_at) <= archive_silent.now - silence
                     order by c.created_at limit most for update skip locked)
      returning v.id;
end $$;

-- 2. Rules, holds, reports.
create table retention_rules (
  tenant_id uuid not null references organizations (id) on delete restrict,
  kind text not null check (kind in ('Consultation', 'Direct', 'Prescription', 'Exam')),
  years integer not null check (years between 1 and 150),
  updated_at timestamptz not null,
  updated_by uuid not null references users (id) on delete restrict,
  primary key (tenant_id, kind)
);
alter table retention_rules enable row level security;
alter table retention_rules force row level security;
create policy retention_rules_platform on retention_rules to colloque_app using (is_platform_caller()) with check (is_platform_caller() and updated_by = current_user_id());
create policy retention_rules_organization on retention_rules for select to colloque_app using (tenant_id = current_tenant_id() and current_caller_role() = 'OrganizationAdmin');
create policy retention_rules_lookup on retention_rules for select to colloque_lookup using (true);
grant select, insert, update (years, updated_at, updated_by) on retention_rules to colloque_app;
grant select (tenant_id, kind, years) on retention_rules to colloque_lookup;

-- While one lasts, what it is about is not erased, however old.
create table legal_holds (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  -- One conversation, or all of one patient's. No foreign key to conversations: a lifted hold outlives what it held.
  conversation_id uuid,
  patient_id uuid references users (id) on delete restrict,
  -- A file number, never a reason: it is read by people who may not know what was said.
  reference text not null check (length(reference) between 1 and 60),
  placed_by uuid not null references users (id) on delete restrict,
  placed_at timestamptz not null,
  lifted_by uuid references users (id) on delete restrict,
  lifted_at timestamptz,
  check ((conversation_id is null) <> (patient_id is null)),
  check ((lifted_by is null) = (lifted_at is null))
);
create index legal_holds_conversation on legal_holds (conversation_id) where lifted_at is null and conversation_id is not null;
create index legal_holds_patient on legal_holds (patient_id) where lifted_at is null and patient_id is not null;
alter table legal_holds enable row level security;
alter table legal_holds force row level security;
create policy legal_holds_platform on legal_holds for select to colloque_app using (is_platform_caller());
create policy legal_holds_own on legal_holds for select to colloque_app using (placed_by = current_user_id() and current_caller_role() = 'Practitioner');
create policy legal_holds_lift on legal_holds for update to colloque_app
  using (lifted_at is null and (is_platform_caller() or (placed_by = current_user_id() and current_caller_role() = 'Practitioner')))
  with check (lifted_by = current_user_id());
create policy legal_holds_lookup on legal_holds to colloque_lookup using (true) with check (true);
grant select, update (lifted_by, lifted_at) on legal_holds to colloque_app;
grant select, insert on legal_holds to colloque_lookup;

-- What was erased: numbers, by organization, kind and day.
create table retention_reports (
  tenant_id uuid not null references organizations (id) on delete restrict,
  kind text not null,
  day date not null,
  conversations bigint not null,
  messages bigint not null,
  files bigint not null,
  keys bigint not null,
  records bigint not null,
  last_at timestamptz not null,
  primary key (tenant_id, kind, day)
);
alter table retention_reports enable row level security;
alter table retention_reports force row level security;
create policy retention_reports_platform on retention_reports for select to colloque_app using (is_platform_caller());
create policy retention_reports_lookup on retention_reports to colloque_lookup using (true) with check (true);
grant select on retention_reports to colloque_app;
grant select, insert, update on retention_reports to colloque_lookup;

-- Conversations whose key is gone and whose rows are going. What is in here may be erased by colloque_lookup, and nothing else may.
create table purges (
  conversation_id uuid primary key,
  tenant_id uuid not null,
  kind text not null,
  begun_at timestamptz not null,
  keys bigint not null default 0,
  messages bigint not null default 0,
  files bigint not null default 0
);
alter table purges enable row level security;
alter table purges force row level security;
create policy purges_lookup on purges to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on purges to colloque_lookup;

-- When the sweep last looked, by the time of day: after days without a look, or a step back, it only looks for a while before it erases anything. A machine
-- that starts in the wrong year is noticed before that while is over; what was erased would not come back.
create table retention_clock (
  singleton boolean primary key default true check (singleton),
  looked_at timestamptz not null,
  waits_since timestamptz not null
);
alter table retention_clock enable row level security;
alter table retention_clock force row level security;
create policy retention_clock_lookup on retention_clock to colloque_lookup using (true) with check (true);
grant select, insert, update on retention_clock to colloque_lookup;

create function retention_look(now timestamptz, gap interval, waiting interval) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare since timestamptz;
begin
  if current_user_id() is not null then return false; end if;
  insert into retention_clock as c (looked_at, waits_since) values (retention_look.now, retention_look.now)
    on conflict (singleton) do update set looked_at = retention_look.now,
      waits_since = case when retention_look.now < c.looked_at - interval '1 hour' or retention_look.now > c.looked_at + gap then retention_look.now else c.waits_since end
    returning waits_since into since;
  return retention_look.now >= since + waiting;
end $$;

-- 3. Holds are placed through this, for who places them reads no conversation. Null: there is no such thing, or it is not theirs to hold.
grant select (created_at) on clinical_record_versions to colloque_lookup;
grant select (record_id) on clinical_record_versions to colloque_lookup;
create policy clinical_record_versions_age on clinical_record_versions for select to colloque_lookup using (true);
create function place_hold(hold uuid, conversation uuid, patient uuid, file_reference text, now timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare home uuid;
begin
  -- Not beside a purge that is just choosing what it takes.
  perform pg_advisory_xact_lock(73058233);
  if conversation is not null then
    select v.tenant_id into home from conversations v
      where v.id = conversation and not exists (select from purges x where x.conversation_id = v.id)
        and (is_platform_caller() or (current_caller_role() = 'Practitioner' and exists (
          select from participants p where p.conversation_id = v.id and p.user_id = current_user_id() and p.left_at is null)));
  elsif is_platform_caller() then
    select u.tenant_id into home from users u where u.id = patient and u.role = 'Patient';
  end if;
  if home is null then return null; end if;
  insert into legal_holds (id, tenant_id, conversation_id, patient_id, reference, placed_by, placed_at) values (hold, home, conversation, patient, file_reference, current_user_id(), place_hold.now);
  return hold;
end $$;

-- 4. Erasing. Policies let colloque_lookup see and delete what a purge has begun with; tables that come later say the same of themselves, and purge_rows finds them.
create function is_purged(conversation uuid) returns boolean language sql stable as $$ select exists (select from purges x where x.conversation_id = conversation) $$;
create policy data_keys_purge on keys.data_keys to colloque_lookup using (is_purged(owner_id)) with check (false);
create policy participants_purge on participants for delete to colloque_lookup using (is_purged(conversation_id));
create policy messages_purge on messages to colloque_lookup using (is_purged(conversation_id)) with check (false);
create policy message_versions_purge on message_versions to colloque_lookup using (is_purged(conversation_id)) with check (false);
create policy reactions_purge on reactions to colloque_lookup using (is_purged(conversation_id)) with check (false);
create policy receipts_purge on receipts to colloque_lookup using (is_purged(conversation_id)) with check (false);
create policy files_purge on files for delete to colloque_lookup using (is_purged(conversation_id));
create policy clinical_record_versions_purge on clinical_record_versions for delete to colloque_lookup using (is_purged(record_id));
create policy clinical_records_purge on clinical_records for delete to colloque_lookup using (is_purged(id));
create policy conversations_purge on conversations for delete to colloque_lookup using (is_purged(id));
grant select (owner_id), delete on keys.data_keys to colloque_lookup;
grant select (conversation_id, seq), delete on messages to colloque_lookup;
grant select (conversation_id, message_id), delete on message_versions to colloque_lookup;
grant select (conversation_id, seq, message_id), delete on reactions to colloque_lookup;
grant select (conversation_id, seq), delete on receipts to colloque_lookup;
grant select (id, conversation_id, object_key) on files to colloque_lookup;
grant delete on participants, urgent_messages, clinical_record_versions, clinical_records, conversations to colloque_lookup;
grant select (last_message_at, status) on conversations to colloque_lookup;
grant select (ends_at, closed_at) on consultations to colloque_lookup;

-- Begins with those whose time is over: in one transaction the key goes, and with the seats everybody's way in, whatever a process still remembers of the key.
create function purge_begin(now timestamptz, kinds text[], floors integer[], most integer) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
  gone bigint;
begin
  if current_user_id() is not null then return; end if;
  perform pg_advisory_xact_lock(73058233);
  for one in
    select v.id, v.tenant_id, v.kind
      from unnest(kinds, floors) as f (kind, years)
        join conversations v on v.kind = f.kind and v.created_at <= purge_begin.now - make_interval(years => f.years)
        left join retention_rules r on r.tenant_id = v.tenant_id and r.kind = v.kind
        left join consultations c on c.id = v.id
      where greatest(v.created_at, v.last_message_at, v.reopened_at, c.ends_at, c.closed_at, (select max(x.created_at) from clinical_record_versions x where x.record_id = v.id))
          <= purge_begin.now - make_interval(years => greatest(f.years, coalesce(r.years, 0)))
        and not exists (select from purges x where x.conversation_id = v.id)
        and not exists (select from legal_holds h where h.conversation_id = v.id and h.lifted_at is null)
        and not exists (select from participants p join legal_holds h on h.patient_id = p.user_id and h.lifted_at is null where p.conversation_id = v.id)
      order by v.created_at limit most for update of v skip locked
  loop
    insert into purges (conversation_id, tenant_id, kind, begun_at) values (one.id, one.tenant_id, one.kind, purge_begin.now);
    delete from keys.data_keys k where k.owner_id = one.id;
    get diagnostics gone = row_count;
    update purges x set keys = gone where x.conversation_id = one.id;
    delete from participants p where p.conversation_id = one.id;
    update conversations v set status = 'Closed' where v.id = one.id and v.status <> 'Closed';
    return next one.id;
  end loop;
end $$;

create function purges_begun() returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select x.conversation_id from purges x where current_user_id() is null order by x.begun_at, x.conversation_id
$$;

-- Some rows of one conversation; 0: none are left. Every table with a conversation_id that may be purged, messages last: others point at them.
create function purge_rows(conversation uuid, most integer) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  t record;
  gone bigint;
begin
  if current_user_id() is not null or not exists (select from purges x where x.conversation_id = conversation for update) then return 0; end if;
  for t in
    select c.oid::regclass as name, c.relname = 'messages' as is_messages,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'seq' and not a.attisdropped) as has_seq,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'message_id' and not a.attisdropped) as has_message
      from pg_class c join pg_attribute k on k.attrelid = c.oid and k.attname = 'conversation_id' and not k.attisdropped
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('purges', 'legal_holds', 'files', 'participants') and has_table_privilege(c.oid, 'delete')
      order by c.relname = 'messages', c.relname
  loop
    if t.has_seq then
      execute format('delete from %s where conversation_id = $1 and seq < $2 + (select min(seq) from %1$s where conversation_id = $1)', t.name) using conversation, most;
    elsif t.has_message then
      execute format('delete from %s where conversation_id = $1 and message_id in (select message_id from %1$s where conversation_id = $1 limit $2)', t.name) using conversation, most;
    else
      execute format('delete from %s where conversation_id = $1', t.name) using conversation;
    end if;
    get diagnostics gone = row_count;
    if gone > 0 then
      if t.is_messages then
        update purges x set messages = x.messages + gone where x.conversation_id = conversation;
      end if;
      return gone;
    end if;
  end loop;
  return 0;
end $$;

-- Some files of one conversation; what lies under these keys is to be removed before the transaction ends.
create function purge_files(conversation uuid, most integer) returns setof text
language plpgsql security definer set search_path = public, pg_temp as $$
declare taken text[];
begin
  if current_user_id() is not null or not exists (select from purges x where x.conversation_id = conversation for update) then return; end if;
  with gone as (
    delete from files f where f.conversation_id = conversation and f.id in (select x.id from files x where x.conversation_id = conversation limit most) returning f.object_key)
  select array_agg(object_key) into taken from gone;
  update purges x set files = x.files + coalesce(cardinality(taken), 0) where x.conversation_id = conversation;
  return query select unnest(taken);
end $$;

-- The conversation itself and its record, and a line of the report. False: another process was first.
create function purge_finish(conversation uuid, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  done purges;
  gone bigint;
begin
  if current_user_id() is not null then return false; end if;
  select * into done from purges x where x.conversation_id = conversation for update;
  if not found then return false; end if;
  delete from clinical_record_versions r where r.record_id = conversation;
  delete from clinical_records r where r.id = conversation;
  get diagnostics gone = row_count;
  delete from conversations v where v.id = conversation;
  insert into retention_reports as r (tenant_id, kind, day, conversations, messages, files, keys, records, last_at)
    values (done.tenant_id, done.kind, (purge_finish.now at time zone 'UTC')::date, 1, done.messages, done.files, done.keys, gone, purge_finish.now)
    on conflict (tenant_id, kind, day) do update set conversations = r.conversations + 1, messages = r.messages + excluded.messages, files = r.files + excluded.files,
      keys = r.keys + excluded.keys, records = r.records + excluded.records, last_at = excluded.last_at;
  delete from purges x where x.conversation_id = conversation;
  return true;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['archive_silent(timestamptz, interval, integer)', 'retention_look(timestamptz, interval, interval)', 'place_hold(uuid, uuid, uuid, text, timestamptz)',
    'purge_begin(timestamptz, text[], integer[], integer)', 'purges_begun()', 'purge_rows(uuid, integer)', 'purge_files(uuid, integer)', 'purge_finish(uuid, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
    execute format('grant execute on function %s to colloque_app', f);
  end loop;
  execute 'revoke all on function is_purged(uuid) from public';
  execute 'grant execute on function is_purged(uuid) to colloque_lookup';
end $$;
revoke create on schema public from colloque_lookup;
