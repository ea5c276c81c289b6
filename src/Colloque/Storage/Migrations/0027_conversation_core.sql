-- One core for every kind of conversation: a consultation's, a direct one of a patient and a practitioner, and one about a prescription or an exam result.

-- 1. Conversations. A direct one knows its two, so that there is one of each pair; of the others the consultation or the record knows them.
alter table conversations
  add column patient_id uuid,
  add column practitioner_id uuid,
  add column archived_at timestamptz,
  add check ((kind = 'Direct') = (patient_id is not null and practitioner_id is not null)),
  add foreign key (tenant_id, patient_id) references users (tenant_id, id) on delete restrict,
  add foreign key (practitioner_id) references users (id) on delete restrict;
create unique index conversations_direct on conversations (patient_id, practitioner_id) where kind = 'Direct';
grant update (archived_at) on conversations to colloque_app;
grant select (id, tenant_id, kind, status, last_seq, last_change, last_message_at, patient_id, practitioner_id, created_at),
  insert (id, tenant_id, kind, status, created_at, patient_id, practitioner_id) on conversations to colloque_lookup;
create policy conversations_direct on conversations for insert to colloque_lookup with check (kind = 'Direct');

-- 2. Records: what a practitioner writes for a patient. A record's conversation has the record's own id, both seats from the beginning, and one data key for
-- what the record says and for what is said about it. A record is never changed: a correction is its next version.
create table clinical_records (
  id uuid primary key,
  number bigint generated always as identity unique,
  tenant_id uuid not null references organizations (id) on delete restrict,
  kind text not null check (kind in ('Prescription', 'Exam')),
  patient_id uuid not null,
  practitioner_id uuid not null references users (id) on delete restrict,
  -- The visit that it came of, where it came of one.
  consultation_id uuid references consultations (id) on delete restrict,
  created_at timestamptz not null,
  foreign key (tenant_id, patient_id) references users (tenant_id, id) on delete restrict,
  check (patient_id <> practitioner_id)
);
create index clinical_records_patient on clinical_records (patient_id, kind, created_at desc, id desc);
create index clinical_records_practitioner on clinical_records (practitioner_id, kind, created_at desc, id desc);
alter table clinical_records enable row level security;
alter table clinical_records force row level security;
create policy clinical_records_read on clinical_records for select to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and current_user_id() in (patient_id, practitioner_id));
-- By the practitioner, for somebody whom they have or had a visit with.
create policy clinical_records_write on clinical_records for insert to colloque_app
  with check (is_own_tenant(tenant_id) and current_caller_role() = 'Practitioner' and practitioner_id = current_user_id()
              and exists (select from consultations c where c.patient_id = clinical_records.patient_id and c.practitioner_id = current_user_id()
                          and c.tenant_id = clinical_records.tenant_id and c.status in ('Confirmed', 'InProgress', 'Completed')));
create policy clinical_records_lookup on clinical_records for select to colloque_lookup using (true);
grant select on clinical_records to colloque_app;
grant insert (id, tenant_id, kind, patient_id, practitioner_id, consultation_id, created_at) on clinical_records to colloque_app;
grant select (id, tenant_id, kind, patient_id, practitioner_id) on clinical_records to colloque_lookup;

create table clinical_record_versions (
  record_id uuid not null references clinical_records (id) on delete restrict,
  version integer not null check (version > 0),
  tenant_id uuid not null,
  author_id uuid not null,
  -- All that it says, sealed under the key of the record's conversation.
  body bytea not null,
  created_at timestamptz not null,
  primary key (record_id, version)
);
alter table clinical_record_versions enable row level security;
alter table clinical_record_versions force row level security;
create policy clinical_record_versions_read on clinical_record_versions for select to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from clinical_records r where r.id = record_id));
create policy clinical_record_versions_write on clinical_record_versions for insert to colloque_app
  with check (is_own_tenant(tenant_id) and author_id = current_user_id()
              and exists (select from clinical_records r where r.id = record_id and r.practitioner_id = current_user_id() and r.tenant_id = clinical_record_versions.tenant_id));
grant select on clinical_record_versions to colloque_app;
grant insert (record_id, version, tenant_id, author_id, body, created_at) on clinical_record_versions to colloque_app;

alter policy conversations_open on conversations
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and (exists (select from consultations c where c.id = conversations.id and c.tenant_id = conversations.tenant_id)
                   or exists (select from clinical_records r where r.id = conversations.id and r.tenant_id = conversations.tenant_id and r.kind = conversations.kind)));
alter policy participants_seat on participants
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and (exists (select from consultations c where c.id = conversation_id and c.tenant_id = participants.tenant_id
                           and participants.user_id in (c.patient_id, c.practitioner_id))
                   or exists (select from clinical_records r where r.id = conversation_id and r.tenant_id = participants.tenant_id
                              and participants.user_id in (r.patient_id, r.practitioner_id))));
-- Who is in one's care, or gives it: also those of one's records.
create policy users_in_records on users for select to colloque_app
  using (is_clinical_caller() and (tenant_id is null or is_own_tenant(tenant_id))
         and exists (select from clinical_records r where r.patient_id = users.id or r.practitioner_id = users.id));

-- 3. Seats. Each has a beginning: what was said before it is not theirs to read, unless it was granted (a beginning of 0).
alter table participants add column granted_by uuid references users (id) on delete restrict;
create policy participants_seated on participants for insert to colloque_lookup with check (role in ('Patient', 'Practitioner'));
create policy participants_unseated on participants for update to colloque_lookup using (role = 'Practitioner') with check (role = 'Practitioner');
create policy participants_names on participants for select to colloque_lookup using (true);
grant select (joined_at, granted_by), insert (granted_by), update (joined_at, granted_by) on participants to colloque_lookup;
drop policy messages_since_entry on messages;
alter policy messages_read on messages
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null
                     and p.floor_seq < messages.seq));
alter policy reactions_read on reactions
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null
                     and p.floor_seq < reactions.seq));
alter policy files_since_entry on files
  using ((not is_guest_caller() and uploader_id = current_user_id())
         or exists (select from participants p where p.conversation_id = files.conversation_id and p.user_id = current_user_id() and p.left_at is null and p.floor_seq = 0)
         or exists (select from messages m where m.id = files.message_id));

-- Whom the practitioner and the patient have: a visit that was not called off, or a record.
create function has_care_relation(patient uuid, practitioner uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from consultations c where c.patient_id = patient and c.practitioner_id = practitioner and c.status <> 'Cancelled')
    or exists (select from clinical_records r where r.patient_id = patient and r.practitioner_id = practitioner)
$$;

-- The one direct conversation of the caller and another, made if there is none. No row: they have no care relation.
create function open_direct(other uuid, fresh uuid, now timestamptz) returns table (id uuid, created boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  patient uuid := case current_caller_role() when 'Patient' then current_user_id() when 'Practitioner' then other end;
  practitioner uuid := case current_caller_role() when 'Patient' then other when 'Practitioner' then current_user_id() end;
  home uuid;
begin
  if patient is null or not has_care_relation(patient, practitioner) then return; end if;
  select u.tenant_id into home from users u where u.id = patient and u.role = 'Patient' and u.deactivated_at is null;
  if home is null or not (home = current_tenant_id() or coalesce(current_tenant_id(), no_tenant_id()) = no_tenant_id()) then return; end if;
  insert into conversations (id, tenant_id, kind, status, created_at, patient_id, practitioner_id) values (fresh, home, 'Direct', 'Open', now, patient, practitioner)
    on conflict (patient_id, practitioner_id) where kind = 'Direct' do nothing;
  created := found;
  if created then
    insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values (fresh, patient, home, 'Patient', now), (fresh, practitioner, home, 'Practitioner', now);
  end if;
  select v.id into id from conversations v where v.kind = 'Direct' and v.patient_id = patient and v.practitioner_id = practitioner;
  return next;
end $$;

-- Everybody who is or was seated in conversations that the caller has a seat in.
create function conversation_people(conversations uuid[])
returns table (conversation_id uuid, user_id uuid, number bigint, role text, name text, title text, joined_at timestamptz, left_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.conversation_id, p.user_id, u.number, coalesce(g.role, p.role), coalesce(g.name, u.name), u.title, p.joined_at, p.left_at
    from participants mine
      join participants p on p.conversation_id = mine.conversation_id
      left join users u on u.id = p.user_id
      left join consultation_guests g on g.id = p.user_id
    where mine.conversation_id = any (conversations) and mine.user_id = current_user_id() and mine.left_at is null
$$;

-- Who is seated in a conversation, for the server's own deliveries: no person's request may ask for it.
create function conversation_seats(conversation uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array_agg(p.user_id) from participants p where p.conversation_id = conversation and p.left_at is null and p.role <> 'Guest' and current_user_id() is null
$$;

-- A practitioner who is asked in by the one whose conversation it is. False: it is not theirs to ask, or that person cannot be asked.
create function seat_practitioner(conversation uuid, person uuid, with_history boolean, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare here record;
begin
  select v.tenant_id, v.last_seq into here from conversations v
    where v.id = conversation and v.status = 'Open' and current_user_id() = (case v.kind when 'Direct' then v.practitioner_id when 'Consultation'
      then (select c.practitioner_id from consultations c where c.id = v.id) else (select r.practitioner_id from clinical_records r where r.id = v.id) end);
  if not found then return false; end if;
  perform from users u join practitioners d on d.user_id = u.id
    where u.id = person and u.role = 'Practitioner' and u.deactivated_at is null and d.status = 'Validated' and (u.tenant_id = here.tenant_id or u.tenant_id is null);
  if not found or person = current_user_id() then return false; end if;
  insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at, floor_seq, granted_by)
    values (conversation, person, here.tenant_id, 'Practitioner', now, case when with_history then 0 else here.last_seq end, current_user_id())
    on conflict (conversation_id, user_id) do update set left_at = null, joined_at = now, granted_by = excluded.granted_by,
      floor_seq = case when p.left_at is null then least(p.floor_seq, excluded.floor_seq) else excluded.floor_seq end
      where p.granted_by is not null;
  return found;
end $$;

-- Who was asked in leaves, by their own will or the asker's; the two whose conversation it is stay.
create function unseat_practitioner(conversation uuid, person uuid, now timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    update participants p set left_at = now
      where p.conversation_id = conversation and p.user_id = person and p.left_at is null and p.granted_by is not null and current_user_id() in (p.user_id, p.granted_by)
      returning 1)
  select exists (select from gone)
$$;

-- 4. Messages. What they answer, and what they ask for; several files; pins.
alter table messages
  add column reply_to uuid,
  -- 1 urgent, 2 an answer is asked for.
  add column flags smallint not null default 0 check (flags between 0 and 3),
  -- Sealed: the context's intent.
  add column details bytea,
  add column file_count smallint not null default 0,
  add column pinned_at timestamptz,
  add column pinned_by uuid,
  add column acknowledged_at timestamptz,
  add column acknowledged_by uuid,
  drop constraint messages_kind_check,
  add constraint messages_kind_check check (kind in ('Text', 'File', 'System'));
create index messages_pinned on messages (conversation_id, pinned_at) where pinned_at is not null;
-- Where it stands among the files of its message.
alter table files add column message_place smallint not null default 0;
grant update (message_place) on files to colloque_app;
create index files_message on files (message_id) where message_id is not null;
grant insert (reply_to, flags, details, file_count), update (details, pinned_at, pinned_by, acknowledged_at, acknowledged_by) on messages to colloque_app;

-- 5. Urgent messages of patients climb until somebody acknowledges them: first to the practitioner's deputy.
create table deputies (
  practitioner_id uuid primary key references users (id) on delete restrict,
  deputy_id uuid not null references users (id) on delete restrict check (deputy_id <> practitioner_id),
  after_minutes integer not null check (after_minutes between 1 and 1440),
  updated_at timestamptz not null
);
alter table deputies enable row level security;
alter table deputies force row level security;
create policy deputies_own on deputies to colloque_app
  using (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner') with check (practitioner_id = current_user_id() and current_caller_role() = 'Practitioner');
create policy deputies_lookup on deputies for select to colloque_lookup using (true);
grant select, insert, update (deputy_id, after_minutes, updated_at), delete on deputies to colloque_app;
grant select on deputies to colloque_lookup;

-- The caller's own deputy; and whether somebody may be it: a practitioner of the same organization, or of none.
create function own_deputy() returns table (user_id uuid, name text, after_minutes integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.name, d.after_minutes from deputies d join users u on u.id = d.deputy_id where d.practitioner_id = current_user_id() and current_caller_role() = 'Practitioner'
$$;
create function is_deputy(person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select current_caller_role() = 'Practitioner' and person <> current_user_id() and exists (select from users u join practitioners p on p.user_id = u.id
    where u.id = person and u.role = 'Practitioner' and u.deactivated_at is null and p.status = 'Validated'
      and (u.tenant_id is null or u.tenant_id = current_tenant_id()))
$$;

create table urgent_messages (
  message_id uuid primary key references messages (id) on delete restrict,
  conversation_id uuid not null,
  tenant_id uuid not null,
  seq bigint not null,
  sent_at timestamptz not null,
  -- 0 waits for the practitioner, 1 climbed to the deputy.
  step smallint not null default 0 check (step in (0, 1)),
  acknowledged_at timestamptz
);
create index urgent_messages_waiting on urgent_messages (sent_at) where acknowledged_at is null;
alter table urgent_messages enable row level security;
alter table urgent_messages force row level security;
create policy urgent_messages_seated on urgent_messages for select to colloque_app
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = urgent_messages.conversation_id and p.user_id = current_user_id() and p.left_at is null and p.floor_seq < urgent_messages.seq));
create policy urgent_messages_acknowledged on urgent_messages for update to colloque_app
  using (is_own_tenant(tenant_id) and current_caller_role() = 'Practitioner'
         and exists (select from participants p where p.conversation_id = urgent_messages.conversation_id and p.user_id = current_user_id() and p.left_at is null and p.floor_seq < urgent_messages.seq));
create policy urgent_messages_lookup on urgent_messages for all to colloque_lookup using (true) with check (true);
grant select, update (acknowledged_at) on urgent_messages to colloque_app;
grant select, insert, update (step) on urgent_messages to colloque_lookup;

create function urgent_message() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into urgent_messages (message_id, conversation_id, tenant_id, seq, sent_at) values (new.id, new.conversation_id, new.tenant_id, new.seq, new.created_at);
  return null;
end $$;
create trigger urgent_message after insert on messages for each row when (new.flags % 2 = 1 and new.sender_role = 'Patient') execute function urgent_message();

-- 6. The hot path of 0018, with the above. Outcomes besides: p the message that it answers is not here · l too long for this kind of conversation
drop function append_messages(uuid[], uuid[], text[], uuid[], uuid[], text[], text[], bytea[], uuid[], timestamptz);
create function append_messages(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], ids uuid[], client_ids text[], kinds text[], bodies bytea[], file_ids uuid[], file_counts smallint[],
  lengths integer[], replies uuid[], marks smallint[], more bytea[], now timestamptz)
returns table (ord integer, outcome "char", id uuid, seq bigint, kind text, body bytea, version integer, file_id uuid, change bigint,
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  home uuid;
  next_seq bigint;
  is_open boolean;
  is_repeated boolean;
  is_short boolean;
  wrong "char";
begin
  for i in 1 .. cardinality(ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; id := ids[i]; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now
      where c.id = conversation_ids[i] and c.status = 'Open'
      returning c.tenant_id, c.last_seq, c.kind in ('Prescription', 'Exam'), exists (select from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i])
      into home, next_seq, is_short, is_repeated;
    is_open := found;
    wrong := case when not is_open or is_repeated then null when is_short and lengths[i] > 1000 then 'l'
      when replies[i] is not null and not exists (select from messages m where m.id = replies[i] and m.conversation_id = conversation_ids[i]) then 'p' end;
    if is_open and not is_repeated and wrong is null then
      -- Looked up, not "on conflict": a speculative insert costs half as much again. Two at once with one id meet in the unique
      -- index; that call fails, and each entry then goes alone.
      insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, file_count, reply_to, flags, details, created_at)
        values (ids[i], home, conversation_ids[i], next_seq, people[i], caller_roles[i], client_ids[i], kinds[i], bodies[i], file_ids[i], file_counts[i], replies[i], marks[i], more[i], now);
      outcome := 'a'; seq := next_seq;
      return next;
      continue;
    end if;
    if is_open then
      -- The row is still locked by this transaction: giving the number back leaves no gap.
      update conversations c set last_seq = c.last_seq - 1,
          last_message_at = (select max(m.created_at) from messages m where m.conversation_id = c.id and m.seq = c.last_seq - 1)
        where c.id = conversation_ids[i];
    end if;

    if wrong is not null then outcome := wrong; return next; continue; end if;
    select 'r'::"char", m.id, m.seq, m.kind, m.body, m.version, m.file_id, m.change, m.created_at, m.edited_at, m.deleted_at
      into outcome, id, seq, kind, body, version, file_id, change, created_at, edited_at, deleted_at
      from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i] and m.conversation_id = conversation_ids[i];
    if not found then
      select case when is_open then 'x' when c.status = 'Archived' then 'z' else 'c' end into outcome from conversations c where c.id = conversation_ids[i];
      if not found then outcome := 'n'; end if;
    end if;
    return next;
  end loop;
end $$;

-- The page of 0023, with the above: rows 'f' are the files of messages that have more than one.
drop function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer);
drop view message_rows;
create view message_rows with (security_invoker = true) as
  select 'm'::"char" as "row", m.seq, m.id, m.sender_id as user_id, m.sender_role as user_role, m.client_msg_id, m.kind, m.body, m.version, m.change,
    m.created_at as at, m.edited_at, m.deleted_at, m.file_id, f.sealed as file_sealed, f.mime_type as file_type, f.size_bytes as file_size, m.conversation_id,
    m.reply_to, m.flags, m.details, m.pinned_at, m.pinned_by, m.acknowledged_at, m.acknowledged_by
  from messages m left join files f on f.id = m.file_id;
grant select on message_rows to colloque_reader;

create function read_messages(tenant uuid, person uuid, caller_role text, conversation uuid, which "char", "position" bigint, one uuid, most integer)
returns setof message_rows
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  settings text;
  low bigint;
  high bigint;
  since bigint;
begin
  settings := set_config('app.tenant_id', tenant::text, true) || set_config('app.user_id', person::text, true) || set_config('app.role', caller_role, true) || set_config('app.seat_id', '', true) || set_config('app.seat_floor', '', true);
  select p.floor_seq into since from participants p where p.conversation_id = conversation and p.user_id = person and p.left_at is null;
  if not found then return; end if;
  settings := set_config('app.seat_id', conversation::text, true) || set_config('app.seat_floor', since::text, true);
  select c.last_seq into high from conversations c where c.id = conversation;
  return query select 'c'::"char", c.last_seq, c.id, null::uuid, null, null, c.status, null::bytea, null::integer, c.last_change,
    null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, c.id,
    null::uuid, null::smallint, null::bytea, null::timestamptz, null::uuid, null::timestamptz, null::uuid from conversations c where c.id = conversation;

  -- Numbers have no gaps: the ends of a page follow from where it starts.
  case which
    when 'b' then
      high := least(high, "position" - 1); low := high - most + 1;
      return query select * from message_rows m where m.conversation_id = conversation and m.seq between low and high order by m.seq desc;
    when 'a' then
      low := "position" + 1; high := least(high, "position" + most);
      return query select * from message_rows m where m.conversation_id = conversation and m.seq between low and high order by m.seq;
    when 'c' then
      select min(m.seq), max(m.seq) into low, high from (select m.seq from messages m where m.conversation_id = conversation and m.change > 0 and m.change > "position" order by m.change limit most) m;
      return query select * from message_rows m where m.conversation_id = conversation and m.change > 0 and m.change > "position" order by m.change limit most;
    when 'p' then
      select min(m.seq), max(m.seq) into low, high from messages m where m.conversation_id = conversation and m.pinned_at is not null;
      return query select * from message_rows m where m.conversation_id = conversation and m.pinned_at is not null order by m.seq desc;
    else
      select m.seq, m.seq into low, high from messages m where m.conversation_id = conversation and m.id = one;
      return query select * from message_rows m where m.conversation_id = conversation and m.seq = low;
  end case;

  -- The receipts inside the page, and of each person and kind the first one beyond it, which covers its end.
  return query select 'r'::"char", r.seq, null::uuid, r.user_id, null, null, r.kind::text, null::bytea, null::integer, null::bigint,
    r.at, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, conversation,
    null::uuid, null::smallint, null::bytea, null::timestamptz, null::uuid, null::timestamptz, null::uuid
    from (select * from receipts r where r.conversation_id = conversation and r.seq >= low and r.seq < high
          union all
          (select distinct on (r.user_id, r.kind) * from receipts r where r.conversation_id = conversation and r.seq >= high order by r.user_id, r.kind, r.seq)) r;
  return query select 'e'::"char", e.seq, e.message_id, e.user_id, null, null, null, e.body, null::integer, null::bigint,
    null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, conversation,
    null::uuid, null::smallint, null::bytea, null::timestamptz, null::uuid, null::timestamptz, null::uuid
    from reactions e where e.conversation_id = conversation and e.seq between low and high;
  return query select 'f'::"char", m.seq, m.id, m.sender_id, null, null, null, null::bytea, null::integer, null::bigint,
    f.created_at, null::timestamptz, null::timestamptz, f.id, f.sealed, f.mime_type, f.size_bytes, conversation,
    null::uuid, null::smallint, null::bytea, null::timestamptz, null::uuid, null::timestamptz, null::uuid
    from messages m join files f on f.message_id = m.id
    where m.conversation_id = conversation and m.seq between low and high and m.file_count > 1 and m.deleted_at is null and f.status = 'Confirmed' order by f.message_place, f.id;
end $$;
grant create on schema public to colloque_reader;
alter function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) owner to colloque_reader;
revoke create on schema public from colloque_reader;
revoke all on function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) from public;
grant execute on function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) to colloque_app;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['has_care_relation(uuid, uuid)', 'open_direct(uuid, uuid, timestamptz)', 'conversation_people(uuid[])',
    'seat_practitioner(uuid, uuid, boolean, timestamptz)', 'unseat_practitioner(uuid, uuid, timestamptz)', 'urgent_message()', 'conversation_seats(uuid)', 'own_deputy()', 'is_deputy(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  foreach f in array array['open_direct(uuid, uuid, timestamptz)', 'conversation_people(uuid[])',
    'seat_practitioner(uuid, uuid, boolean, timestamptz)', 'unseat_practitioner(uuid, uuid, timestamptz)', 'conversation_seats(uuid)', 'own_deputy()', 'is_deputy(uuid)'] loop
    execute format('grant execute on function %s to colloque_app', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
