-- What people are told of messages: of those that stay unread, of urgent ones that nobody acknowledges, of exports and of records; in the bell, by mail, and by web push.

-- 1. Notices about conversations. Nothing here is touched by the sending of a message.
alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in ('Booked', 'Confirmed', 'Cancelled', 'Rescheduled', 'PractitionerReady', 'PractitionerChanged', 'Reminder', 'SlotOffered',
    'MessageReceived', 'UrgentEscalated', 'UrgentWaiting', 'UrgentReminder', 'Exported', 'RecordWritten')),
  -- A notice is no record of its own: it goes with what it tells of.
  add column conversation_id uuid references conversations (id) on delete cascade,
  -- Of unread messages: the newest that it stands for.
  add column seq bigint,
  -- When devices and the mailbox are to hear of it; null once they have, or where they need not.
  add column push_at timestamptz,
  add column mail_at timestamptz,
  add check ((kind = 'MessageReceived') = (seq is not null));
-- One unread notice a person and conversation.
create unique index notifications_message on notifications (user_id, conversation_id) where kind = 'MessageReceived' and read_at is null;
create index notifications_conversation on notifications (conversation_id, user_id, seq desc) where conversation_id is not null;
create index notifications_due on notifications (least(push_at, mail_at)) where push_at is not null or mail_at is not null;
grant update (read_at, seq, push_at, mail_at) on notifications to colloque_lookup;

alter table notice_settings
  -- Null: as their role usually has it.
  add column mail_messages boolean,
  add column push_messages boolean not null default true,
  -- Minutes after midnight on the clocks of a zone; from after until goes over midnight.
  add column quiet_from integer check (quiet_from between 0 and 1439),
  add column quiet_until integer check (quiet_until between 0 and 1439),
  add column quiet_zone text check (length(quiet_zone) between 1 and 60),
  add column urgent_passes boolean not null default true,
  add check (num_nulls(quiet_from, quiet_until, quiet_zone) in (0, 3));
grant update (mail_messages, push_messages, quiet_from, quiet_until, quiet_zone, urgent_passes) on notice_settings to colloque_app;

-- Where messages stand and how far people have read: numbers and times, no word of any.
create policy messages_noticed on messages for select to colloque_lookup using (true);
grant select (id, conversation_id, seq, sender_id, kind, created_at, deleted_at) on messages to colloque_lookup;
create policy receipts_noticed on receipts for select to colloque_lookup using (true);
grant select (conversation_id, user_id, kind, seq) on receipts to colloque_lookup;

-- 2. Web push: the devices that asked for it, and what is on its way to them.
create table push_subscriptions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  -- SHA-256 of the address: a browser has one, whoever is signed in.
  hash bytea not null unique check (length(hash) = 32),
  -- Sealed: the address and the keys of the device. Whoever has them may write to it.
  sealed bytea not null check (length(sealed) <= 4000),
  created_at timestamptz not null
);
create index push_subscriptions_user on push_subscriptions (user_id, created_at desc);
alter table push_subscriptions enable row level security;
alter table push_subscriptions force row level security;
create policy push_subscriptions_own on push_subscriptions to colloque_app using (user_id = current_user_id()) with check (user_id = current_user_id());
create policy push_subscriptions_lookup on push_subscriptions to colloque_lookup using (true) with check (true);
grant select (id, user_id, hash, created_at), delete on push_subscriptions to colloque_app;
grant select, insert, delete on push_subscriptions to colloque_lookup;

create table push_deliveries (
  id uuid primary key,
  subscription_id uuid not null references push_subscriptions (id) on delete cascade,
  notice_id uuid not null references notifications (id) on delete cascade,
  urgent boolean not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  unique (notice_id, subscription_id)
);
create index push_deliveries_due on push_deliveries (due_at);
create index push_deliveries_subscription on push_deliveries (subscription_id);
alter table push_deliveries enable row level security;
alter table push_deliveries force row level security;
create policy push_deliveries_lookup on push_deliveries to colloque_lookup using (true) with check (true);
grant select, insert, update (due_at, attempts), delete on push_deliveries to colloque_lookup;

-- A device of the caller's; who had it before has it no more, with what was on its way to it. Each person has at most ten.
create function push_subscribe(fresh uuid, wanted bytea, content bytea, now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is null then return; end if;
  delete from push_subscriptions where hash = wanted;
  insert into push_subscriptions (id, user_id, hash, sealed, created_at) values (fresh, current_user_id(), wanted, content, now);
  delete from push_subscriptions s where s.user_id = current_user_id()
    and s.id not in (select k.id from push_subscriptions k where k.user_id = current_user_id() order by k.created_at desc, k.id desc limit 10);
end $$;

-- What is to be sent now. Each claim is an attempt, and the row waits longer after each: a process that dies in between loses nothing and repeats little.
create function push_claim(now timestamptz, most integer)
returns table (id uuid, user_id uuid, hash bytea, sealed bytea, urgent boolean, attempts integer)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if current_user_id() is not null then return; end if;
  delete from push_deliveries d where d.due_at <= now and (d.attempts >= 5 or d.created_at < now - interval '1 day');
  return query
    with taken as (
      select d.id from push_deliveries d where d.due_at <= now order by d.due_at, d.id limit most for update skip locked),
    claimed as (
      update push_deliveries d set attempts = d.attempts + 1, due_at = now + interval '1 minute' * power(4, d.attempts) from taken t where d.id = t.id
      returning d.id, d.subscription_id, d.urgent, d.attempts)
    select c.id, s.user_id, s.hash, s.sealed, c.urgent, c.attempts from claimed c join push_subscriptions s on s.id = c.subscription_id;
end $$;

-- Those that arrived or were refused for good; and the devices that are gone.
create function push_done(done uuid[], gone uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null then return; end if;
  delete from push_subscriptions s using push_deliveries d where d.id = any (gone) and s.id = d.subscription_id;
  delete from push_deliveries d where d.id = any (done);
end $$;

-- 3. Messages that stay unread. It looks at what is so: of each seat the first message of another that is newer than what was read and than what was told. Answers
-- with the conversations that have to be looked at again, and when.
create function notices_of_messages(wanted uuid[], now timestamptz, ripe_seconds integer, mail_seconds integer) returns table (conversation_id uuid, again_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  seat record;
  first record;
  newest bigint;
begin
  if current_user_id() is not null then return; end if;
  perform pg_advisory_xact_lock(73058207);
  for seat in
    select p.conversation_id, p.user_id, p.joined_at, n.id as open_id,
        greatest(p.floor_seq, (select max(r.seq) from receipts r where r.conversation_id = p.conversation_id and r.user_id = p.user_id and r.kind = 'r'),
          (select max(t.seq) from notifications t where t.conversation_id = p.conversation_id and t.user_id = p.user_id and t.kind = 'MessageReceived')) as known
      from participants p
        join users u on u.id = p.user_id and u.deactivated_at is null
        left join notifications n on n.user_id = p.user_id and n.conversation_id = p.conversation_id and n.kind = 'MessageReceived' and n.read_at is null
      where p.conversation_id = any (wanted) and p.left_at is null and p.role <> 'Guest'
      order by p.conversation_id, p.user_id
  loop
    -- What lay for longer than three days is no news: a new version, or an old backup, must not write to everybody. Nor is what was said before they came.
    select m.id, m.created_at into first from messages m
      where m.conversation_id = seat.conversation_id and m.seq > seat.known and m.sender_id <> seat.user_id and m.deleted_at is null and m.kind <> 'System'
        and m.created_at > now - interval '3 days' and m.created_at >= seat.joined_at
      order by m.seq limit 1;
    if not found then continue; end if;
    if seat.open_id is null and first.created_at > now - make_interval(secs => ripe_seconds) then
      conversation_id := seat.conversation_id;
      again_at := first.created_at + make_interval(secs => ripe_seconds);
      return next;
      continue;
    end if;
    select m.seq into newest from messages m
      where m.conversation_id = seat.conversation_id and m.seq > seat.known and m.sender_id <> seat.user_id and m.deleted_at is null and m.kind <> 'System'
      order by m.seq desc limit 1;
    if seat.open_id is not null then
      update notifications set seq = newest where id = seat.open_id;
    else
      insert into notifications (id, user_id, kind, conversation_id, cause_id, starts_at, seq, created_at, push_at, mail_at)
        values (people_new_id(now), seat.user_id, 'MessageReceived', seat.conversation_id, first.id, first.created_at, newest, now,
          now, greatest(now, first.created_at + make_interval(secs => mail_seconds)))
        on conflict do nothing;
    end if;
  end loop;
end $$;

-- Who has read all that a notice stands for has read the notice. Without a list: everybody, as after a start.
create function notices_settle(people uuid[], conversations uuid[], now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare settled integer;
begin
  if current_user_id() is not null then return 0; end if;
  update notifications n set read_at = now
    where n.kind = 'MessageReceived' and n.read_at is null
      and (people is null or (n.user_id, n.conversation_id) in (select x.person, x.conversation from unnest(people, conversations) as x (person, conversation)))
      and n.seq <= (select max(r.seq) from receipts r where r.conversation_id = n.conversation_id and r.user_id = n.user_id and r.kind = 'r');
  get diagnostics settled = row_count;
  return settled;
end $$;

-- After a start: where there may be news that nobody was told of. The one scan; conversations have no index that each message would have to keep.
create function conversations_with_news(now timestamptz) returns table (id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id from conversations v where v.last_message_at > now - interval '3 days' and current_user_id() is null
$$;

-- 4. Urgent messages climb. Whose conversation it is: of a visit or a record, theirs.
create function conversation_practitioner(conversation uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select case v.kind when 'Direct' then v.practitioner_id when 'Consultation' then (select c.practitioner_id from consultations c where c.id = v.id)
      else (select r.practitioner_id from clinical_records r where r.id = v.id) end
    from conversations v where v.id = conversation
$$;
create index urgent_messages_climbing on urgent_messages (sent_at) where acknowledged_at is null and step = 0;
grant select (status) on conversations to colloque_lookup;

-- Each step once: the row says that it was taken, in the transaction that took it. Answers with what climbed, and to which deputy.
create function urgent_climb(now timestamptz, usual_seconds integer, most integer) returns table (conversation_id uuid, tenant_id uuid, patient_id uuid, deputy_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  due record;
begin
  if current_user_id() is not null then return; end if;
  for due in
    select m.message_id, m.conversation_id, m.tenant_id, m.seq, m.sent_at, x.sender_id, o.practitioner,
        (select u.id from users u join practitioners p on p.user_id = u.id
           where u.id = d.deputy_id and u.role = 'Practitioner' and u.deactivated_at is null and p.status = 'Validated' and (u.tenant_id is null or u.tenant_id = m.tenant_id)) as deputy
      from urgent_messages m
        join conversations v on v.id = m.conversation_id and v.status <> 'Closed'
        join messages x on x.conversation_id = m.conversation_id and x.seq = m.seq and x.deleted_at is null
        cross join lateral (select conversation_practitioner(m.conversation_id) as practitioner) o
        left join deputies d on d.practitioner_id = o.practitioner
      where m.acknowledged_at is null and m.step = 0 and m.sent_at > now - interval '3 days'
        and m.sent_at <= now - coalesce(make_interval(mins => d.after_minutes), make_interval(secs => usual_seconds))
      order by m.sent_at, m.message_id limit most for update of m skip locked
  loop
    update urgent_messages set step = 1 where message_id = due.message_id;
    if due.deputy is not null then
      -- From the urgent message on, and nothing of what was said before it.
      insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at, floor_seq, granted_by)
        values (due.conversation_id, due.deputy, due.tenant_id, 'Practitioner', now, due.seq - 1, due.practitioner)
        on conflict (conversation_id, user_id) do update set
          joined_at = case when p.left_at is null then p.joined_at else now end, granted_by = case when p.left_at is null then p.granted_by else excluded.granted_by end,
          floor_seq = case when p.left_at is null then least(p.floor_seq, excluded.floor_seq) else excluded.floor_seq end, left_at = null;
    end if;
    insert into notifications (id, user_id, kind, conversation_id, cause_id, starts_at, created_at, push_at, mail_at)
      select people_new_id(now), n.person, n.kind, due.conversation_id, due.message_id, due.sent_at, now, now, now
        from (values (coalesce(due.deputy, due.practitioner), case when due.deputy is null then 'UrgentReminder' else 'UrgentEscalated' end), (due.sender_id, 'UrgentWaiting')) as n (person, kind)
      on conflict do nothing;
    conversation_id := due.conversation_id;
    tenant_id := due.tenant_id;
    patient_id := due.sender_id;
    deputy_id := due.deputy;
    return next;
  end loop;
end $$;

-- Once it is acknowledged there is nothing more to be told of it.
create function urgent_settled() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update notifications set read_at = coalesce(read_at, new.acknowledged_at)
    where conversation_id = new.conversation_id and cause_id = new.message_id and kind in ('UrgentEscalated', 'UrgentReminder', 'UrgentWaiting');
  return null;
end $$;
create trigger urgent_settled after update of acknowledged_at on urgent_messages for each row
  when (old.acknowledged_at is null and new.acknowledged_at is not null) execute function urgent_settled();

-- Whose hours count in one of the caller's conversations, and where it is.
create function conversation_hours(conversation uuid) returns table (practitioner_id uuid, country text)
language sql stable security definer set search_path = public, pg_temp as $$
  select conversation_practitioner(v.id), o.country
    from conversations v join organizations o on o.id = v.tenant_id
      join participants p on p.conversation_id = v.id and p.user_id = current_user_id() and p.left_at is null
    where v.id = conversation
$$;

-- 5. What others did: somebody exported a conversation; a practitioner wrote a record. Each call is one such deed.
create function notices_of_export(conversation uuid, now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  deed uuid := people_new_id(now);
  made integer;
begin
  perform from participants p where p.conversation_id = conversation and p.user_id = current_user_id() and p.left_at is null;
  if not found then return 0; end if;
  insert into notifications (id, user_id, kind, conversation_id, cause_id, starts_at, created_at, push_at, mail_at)
    select people_new_id(now), p.user_id, 'Exported', conversation, deed, now, now, now, now
      from participants p join users u on u.id = p.user_id and u.deactivated_at is null
      where p.conversation_id = conversation and p.user_id <> current_user_id() and p.left_at is null and p.role <> 'Guest';
  get diagnostics made = row_count;
  return made;
end $$;

create function notices_of_record(record uuid, now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare made integer;
begin
  insert into notifications (id, user_id, kind, conversation_id, cause_id, starts_at, created_at, push_at, mail_at)
    select people_new_id(now), r.patient_id, 'RecordWritten', (select v.id from conversations v where v.id = r.id), r.id, now, now, now, now
      from clinical_records r where r.id = record and r.practitioner_id = current_user_id() and current_caller_role() = 'Practitioner'
    on conflict do nothing;
  get diagnostics made = row_count;
  return made;
end $$;

-- 6. What devices and mailboxes are to hear now, with what decides it. Locked until it is marked.
create function notices_due(now timestamptz, most integer)
returns table (id uuid, user_id uuid, kind text, conversation_id uuid, read_at timestamptz, email text, language text, role text, active boolean, push_at timestamptz, mail_at timestamptz,
  mail_messages boolean, push_messages boolean, quiet_from integer, quiet_until integer, quiet_zone text, urgent_passes boolean)
language sql security definer set search_path = public, pg_temp as $$
  select n.id, n.user_id, n.kind, n.conversation_id, coalesce(n.read_at, n.removed_at), u.email, u.language, u.role, u.deactivated_at is null, n.push_at, n.mail_at,
      coalesce(s.mail_messages, u.role = 'Patient'), coalesce(s.push_messages, true), s.quiet_from, s.quiet_until, s.quiet_zone, coalesce(s.urgent_passes, true)
    from notifications n join users u on u.id = n.user_id left join notice_settings s on s.user_id = n.user_id
    where (n.push_at is not null or n.mail_at is not null) and least(n.push_at, n.mail_at) <= now and current_user_id() is null
    order by least(n.push_at, n.mail_at), n.id limit most for update of n skip locked
$$;

create function notices_push(told uuid[], urgent boolean[], now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into push_deliveries (id, subscription_id, notice_id, urgent, created_at, due_at)
    select people_new_id(now), s.id, n.id, x.urgent, now, now
      from unnest(told, urgent) as x (id, urgent) join notifications n on n.id = x.id join push_subscriptions s on s.user_id = n.user_id
      where current_user_id() is null
    on conflict do nothing
$$;

create function notices_plan(told uuid[], push timestamptz[], mail timestamptz[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  update notifications n set push_at = x.push, mail_at = x.mail from unnest(told, push, mail) as x (id, push, mail) where n.id = x.id and current_user_id() is null
$$;

-- 7. The telling of 0024, with the conversation.
drop function notices_untold(integer);
create function notices_untold(most integer)
returns table (id uuid, user_id uuid, kind text, consultation_id uuid, practitioner_id uuid, starts_at timestamptz, lead_minutes integer, created_at timestamptz,
  email text, language text, role text, active boolean, mail_changes boolean, mail_reminders boolean, status text, duration_minutes integer, time_zone text, moves integer,
  conversation_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  select n.id, n.user_id, n.kind, n.consultation_id, n.practitioner_id, n.starts_at, n.lead_minutes, n.created_at, u.email, u.language, u.role, u.deactivated_at is null,
      coalesce(s.mail_changes, u.role = 'Patient'), coalesce(s.mail_reminders, u.role = 'Patient'), c.status, c.duration_minutes,
      coalesce(c.time_zone, p.time_zone), (select count(*)::integer from consultation_events e where e.consultation_id = n.consultation_id and e.type in ('Rescheduled', 'Cancelled')),
      n.conversation_id
    from notifications n join users u on u.id = n.user_id left join notice_settings s on s.user_id = n.user_id
      left join consultations c on c.id = n.consultation_id left join practitioners p on p.user_id = n.practitioner_id
    where n.told_at is null and current_user_id() is null order by n.created_at, n.id limit most for update of n skip locked
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['push_subscribe(uuid, bytea, bytea, timestamptz)', 'push_claim(timestamptz, integer)', 'push_done(uuid[], uuid[])',
    'notices_of_messages(uuid[], timestamptz, integer, integer)', 'notices_settle(uuid[], uuid[], timestamptz)', 'conversations_with_news(timestamptz)',
    'urgent_climb(timestamptz, integer, integer)', 'conversation_hours(uuid)', 'notices_of_export(uuid, timestamptz)', 'notices_of_record(uuid, timestamptz)',
    'notices_due(timestamptz, integer)', 'notices_push(uuid[], boolean[], timestamptz)', 'notices_plan(uuid[], timestamptz[], timestamptz[])', 'notices_untold(integer)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
  foreach f in array array['conversation_practitioner(uuid)', 'urgent_settled()'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
