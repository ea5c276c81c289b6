-- The remote room of a visit, the tokens that its two people enter with, and the links by which others come in.

-- Where the room is in its life. A visit without a row here has one nobody has come into yet.
create table teleconsultation_sessions (
  consultation_id uuid primary key references consultations (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  status text not null default 'Pending' check (status in ('Pending', 'Live', 'Ended')),
  created_at timestamptz not null,
  -- When the first came.
  started_at timestamptz,
  ended_at timestamptz,
  check ((status = 'Ended') = (ended_at is not null))
);
alter table teleconsultation_sessions enable row level security;
alter table teleconsultation_sessions force row level security;
-- Whoever sees the visit; the policies of consultations say who that is.
create policy teleconsultation_sessions_participant on teleconsultation_sessions to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from consultations c where c.id = consultation_id))
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = teleconsultation_sessions.tenant_id));
create policy teleconsultation_sessions_end on teleconsultation_sessions for all to colloque_lookup using (true) with check (status = 'Ended');
grant select on teleconsultation_sessions to colloque_app;
grant insert (consultation_id, tenant_id, status, created_at, started_at), update (status, started_at) on teleconsultation_sessions to colloque_app;
grant select (consultation_id, status), update (status, ended_at) on teleconsultation_sessions to colloque_lookup;

-- One a person and visit: found by its keyed hash, kept sealed so that its holder can be told it again. Nobody sees another's.
create table teleconsultation_tokens (
  id uuid not null unique,
  consultation_id uuid not null references consultations (id) on delete restrict,
  user_id uuid not null references users (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  hash bytea not null unique check (length(hash) = 32),
  sealed bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  primary key (consultation_id, user_id)
);
alter table teleconsultation_tokens enable row level security;
alter table teleconsultation_tokens force row level security;
create policy teleconsultation_tokens_own on teleconsultation_tokens to colloque_app
  using (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller())
  with check (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = teleconsultation_tokens.tenant_id));
create policy teleconsultation_tokens_end on teleconsultation_tokens for all to colloque_lookup using (true) with check (false);
grant select, delete on teleconsultation_tokens to colloque_app;
grant insert (id, consultation_id, user_id, tenant_id, hash, sealed, issued_at, expires_at), update (id, hash, sealed, issued_at, expires_at) on teleconsultation_tokens to colloque_app;
grant select (consultation_id, user_id, hash, expires_at), delete on teleconsultation_tokens to colloque_lookup;

-- A visit that is over has no room and no way into one, whoever or whatever ended it.
create function teleconsultation_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update teleconsultation_sessions s set status = 'Ended', ended_at = coalesce(new.closed_at, now()) where s.consultation_id = new.id and s.status <> 'Ended';
  delete from teleconsultation_tokens t where t.consultation_id = new.id;
  update consultation_guests g set left_at = coalesce(new.closed_at, now()) where g.consultation_id = new.id and g.left_at is null;
  update participants p set left_at = coalesce(new.closed_at, now()) where p.conversation_id = new.id and p.role = 'Guest' and p.left_at is null;
  return null;
end $$;
create trigger teleconsultation_end after update of status on consultations
  for each row when (new.status in ('Completed', 'Cancelled', 'NoShow') and old.status is distinct from new.status) execute function teleconsultation_end();

-- Others who come into one visit, by a link, without an account. A guest is neither of its two people and no clinical caller: no policy that asks for one
-- opens to them. What does is named below, and each asks for the guest's own seat, which is in one conversation and begins with what is said after they came.
create function is_guest_caller() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.role', true), '') = 'Guest' $$;

-- How far a guest's sight goes back in the page that is being read; only policies "to colloque_reader" look at it.
create function current_seat_floor() returns bigint language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.seat_floor', true), '')::bigint, 0) $$;

create table join_links (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  consultation_id uuid not null references consultations (id) on delete restrict,
  role text not null check (role in ('Patient', 'Relative', 'Interpreter', 'Practitioner')),
  -- As whoever invites calls them; they may say it themselves.
  name text check (length(name) between 1 and 200),
  email text check (length(email) between 3 and 254),
  language text not null check (language in ('fr', 'en', 'es')),
  requires_code boolean not null,
  hash bytea not null unique check (length(hash) = 32),
  sealed bytea not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  -- The code that was sent last: a keyed hash, with how often it was guessed at.
  code_hash bytea check (length(code_hash) = 32),
  code_expires_at timestamptz,
  code_tries integer not null default 0,
  check (email is not null or not requires_code)
);
create index join_links_consultation on join_links (consultation_id, created_at);
alter table join_links enable row level security;
alter table join_links force row level security;
create policy join_links_participant on join_links for select to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from consultations c where c.id = consultation_id));
-- The practitioner invites whom the visit needs, the patient somebody of their own.
create policy join_links_invite on join_links for insert to colloque_app
  with check (is_own_tenant(tenant_id) and is_clinical_caller() and created_by = current_user_id()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = join_links.tenant_id
                          and (c.practitioner_id = current_user_id() or role = 'Relative')));
-- Whoever invited takes it back, and the practitioner any.
create policy join_links_revoke on join_links for update to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and revoked_at is null
         and exists (select from consultations c where c.id = consultation_id and (c.practitioner_id = current_user_id() or created_by = current_user_id())))
  with check (is_own_tenant(tenant_id) and is_clinical_caller() and revoked_at is not null
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = join_links.tenant_id));
create policy join_links_door on join_links for all to colloque_lookup using (true) with check (true);
grant select (id, tenant_id, consultation_id, role, name, email, language, requires_code, sealed, created_by, created_at, expires_at, revoked_at) on join_links to colloque_app;
grant insert (id, tenant_id, consultation_id, role, name, email, language, requires_code, hash, sealed, created_by, created_at, expires_at), update (revoked_at) on join_links to colloque_app;
grant select (id, tenant_id, consultation_id, role, name, email, language, requires_code, hash, expires_at, revoked_at, code_hash, code_expires_at, code_tries),
  update (code_hash, code_expires_at, code_tries) on join_links to colloque_lookup;

-- Whoever came by a link: their id is what they speak under in this visit and nowhere else.
create table consultation_guests (
  id uuid primary key,
  link_id uuid not null unique references join_links (id) on delete restrict,
  consultation_id uuid not null references consultations (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  role text not null check (role in ('Patient', 'Relative', 'Interpreter', 'Practitioner')),
  name text not null check (length(name) between 1 and 200),
  -- How often they came in: the tokens of an earlier time, on another device perhaps, are of an earlier version and work no longer.
  version integer not null default 1,
  entered_at timestamptz not null,
  left_at timestamptz
);
create index consultation_guests_consultation on consultation_guests (consultation_id);
alter table consultation_guests enable row level security;
alter table consultation_guests force row level security;
create policy consultation_guests_seen on consultation_guests for select to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from consultations c where c.id = consultation_id));
create policy consultation_guests_beside on consultation_guests for select to colloque_app
  using (tenant_id = current_tenant_id() and is_guest_caller()
         and exists (select from participants p where p.conversation_id = consultation_id and p.user_id = current_user_id() and p.left_at is null));
create policy consultation_guests_door on consultation_guests for all to colloque_lookup using (true) with check (true);
grant select on consultation_guests to colloque_app, colloque_lookup;
grant insert (id, link_id, consultation_id, tenant_id, role, name, entered_at), update (name, version, entered_at, left_at) on consultation_guests to colloque_lookup;

-- The seat of a guest. An account's seat is bound to the account as before.
alter table participants
  add column floor_seq bigint not null default 0,
  add column account_id uuid generated always as (case when role <> 'Guest' then user_id end) stored references users (id) on delete restrict,
  drop constraint participants_user_id_fkey,
  drop constraint participants_role_check,
  add constraint participants_role_check check (role in ('Patient', 'Practitioner', 'Guest'));
create or replace function participants_check_seat() returns trigger language plpgsql as $$
begin
  if new.role = 'Guest' then
    if not exists (select from consultation_guests g where g.id = new.user_id and g.consultation_id = new.conversation_id and g.tenant_id = new.tenant_id) then
      raise foreign_key_violation using message = 'the guest is another visit''s', table = 'participants', constraint = 'participants_seat';
    end if;
  elsif not is_seatable(new.tenant_id, new.user_id) then
    raise foreign_key_violation using message = 'the person is another organization''s', table = 'participants', constraint = 'participants_seat';
  end if;
  return new;
end $$;
create policy participants_seat_people on participants as restrictive for insert to colloque_app with check (role <> 'Guest');
create policy participants_guest on participants for select to colloque_app
  using (user_id = current_user_id() and tenant_id = current_tenant_id() and role = 'Guest' and is_guest_caller());
create policy participants_guest_reader on participants for select to colloque_reader
  using (user_id = current_user_id() and tenant_id = current_tenant_id() and role = 'Guest' and is_guest_caller());
create policy participants_door on participants for all to colloque_lookup using (role = 'Guest') with check (role = 'Guest');
grant select (conversation_id, user_id, tenant_id, role, left_at, floor_seq), insert (conversation_id, user_id, tenant_id, role, joined_at, floor_seq), update (left_at, floor_seq)
  on participants to colloque_lookup;
grant select (last_seq, last_change) on conversations to colloque_lookup;

-- What a seat opens, a guest's seat opens only in part. Restrictive: whatever another policy allows, a guest does not pass these.
create policy conversations_not_closed_by_guests on conversations as restrictive for update to colloque_app
  using (true) with check (not is_guest_caller() or status = 'Open');
alter table messages drop constraint messages_sender_role_check, add constraint messages_sender_role_check check (sender_role in ('Patient', 'Practitioner', 'Guest'));
create policy messages_since_entry on messages as restrictive for select to colloque_app
  using (not is_guest_caller() or seq > (select p.floor_seq from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id()));
create policy messages_not_changed_by_guests on messages as restrictive for update to colloque_app using (not is_guest_caller());
create policy message_versions_not_guests on message_versions as restrictive to colloque_app using (not is_guest_caller());
-- A guest's mark would tell one of the two that the other had read.
create policy receipts_not_guests on receipts as restrictive to colloque_app using (not is_guest_caller());
create policy reactions_not_guests on reactions as restrictive to colloque_app using (not is_guest_caller());
create policy files_since_entry on files as restrictive to colloque_app
  using (not is_guest_caller() or exists (select from messages m where m.id = files.message_id)) with check (not is_guest_caller());
create policy files_not_removed_by_guests on files as restrictive for delete to colloque_app using (not is_guest_caller());
create policy data_keys_not_made_by_guests on keys.data_keys as restrictive for insert to colloque_app with check (not is_guest_caller());
create policy tenant_keys_guest on keys.tenant_keys for select to colloque_app
  using (tenant_id = current_tenant_id() and is_guest_caller()
         and exists (select from participants p where p.tenant_id = tenant_keys.tenant_id and p.user_id = current_user_id() and p.left_at is null));

-- The page of 0007, but that a guest's begins after they came.
alter policy messages_reader on messages using (conversation_id = (select current_seat_id()) and seq > (select current_seat_floor()));
alter policy receipts_reader on receipts using (conversation_id = (select current_seat_id()) and seq > (select current_seat_floor()));
alter policy reactions_reader on reactions using (conversation_id = (select current_seat_id()) and seq > (select current_seat_floor()));
create or replace function read_messages(tenant uuid, person uuid, caller_role text, conversation uuid, which "char", "position" bigint, one uuid, most integer)
returns table ("row" "char", seq bigint, id uuid, user_id uuid, user_role text, client_msg_id text, kind text, body bytea, version integer, change bigint,
  at timestamptz, edited_at timestamptz, deleted_at timestamptz, file_id uuid, file_sealed bytea, file_type text, file_size bigint, conversation_id uuid)
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
    null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, c.id from conversations c where c.id = conversation;

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
    else
      select m.seq, m.seq into low, high from messages m where m.conversation_id = conversation and m.id = one;
      return query select * from message_rows m where m.conversation_id = conversation and m.seq = low;
  end case;

  -- The receipts inside the page, and of each person and kind the first one beyond it, which covers its end.
  return query select 'r'::"char", r.seq, null::uuid, r.user_id, null, null, r.kind::text, null::bytea, null::integer, null::bigint,
    r.at, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, conversation
    from (select * from receipts r where r.conversation_id = conversation and r.seq >= low and r.seq < high
          union all
          (select distinct on (r.user_id, r.kind) * from receipts r where r.conversation_id = conversation and r.seq >= high order by r.user_id, r.kind, r.seq)) r;
  return query select 'e'::"char", e.seq, e.message_id, e.user_id, null, null, null, e.body, null::integer, null::bigint,
    null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null, null::bigint, conversation
    from reactions e where e.conversation_id = conversation and e.seq between low and high;
end $$;

-- The door, for those of whom nothing is known but what they carry. A token of one of the two people (kind 'own') only tells which visit it is of.
create function join_door(token_hash bytea, now timestamptz)
returns table (kind text, link_id uuid, consultation_id uuid, tenant_id uuid, role text, name text, email text, language text, requires_code boolean, status text, format text,
  scheduled_at timestamptz, practitioner_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select 'link', l.id, c.id, l.tenant_id, l.role, l.name, l.email, l.language, l.requires_code, c.status, c.format, c.scheduled_at, u.name
    from join_links l join consultations c on c.id = l.consultation_id join users u on u.id = c.practitioner_id
    where l.hash = token_hash and l.revoked_at is null and l.expires_at > now and c.status in ('Scheduled', 'Confirmed', 'InProgress')
  union all
  select 'own', null, c.id, c.tenant_id, null, null, null, null, false, c.status, c.format, c.scheduled_at, u.name
    from teleconsultation_tokens t join consultations c on c.id = t.consultation_id join users u on u.id = c.practitioner_id
    where t.hash = token_hash and t.expires_at > now
$$;

-- A new code takes the place of the one before, guesses and all; how often one may be asked for is counted where it is sent.
create function join_set_code(link uuid, code bytea, expires timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update join_links l set code_hash = code, code_expires_at = expires, code_tries = 0 where l.id = link and l.requires_code and l.revoked_at is null
$$;

-- Lets a guest in. Outcomes: entered · gone (no such link, taken back, expired, or the visit is over) · early · code_required · wrong_code · code_spent.
create function join_enter(token_hash bytea, code bytea, guest uuid, called text, early interval, event uuid, now timestamptz)
returns table (outcome text, guest_id uuid, version integer, consultation_id uuid, tenant_id uuid, role text, name text, expires_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  link record;
  visit record;
begin
  select l.id, l.tenant_id, l.consultation_id, l.role, l.requires_code, l.expires_at, l.code_hash, l.code_expires_at, l.code_tries into link
    from join_links l where l.hash = token_hash and l.revoked_at is null and l.expires_at > now for update;
  if not found then outcome := 'gone'; return next; return; end if;
  -- Shared: the visit cannot end between this look and the commit.
  select c.status, c.scheduled_at into visit from consultations c where c.id = link.consultation_id for share;
  if visit.status not in ('Scheduled', 'Confirmed', 'InProgress') then outcome := 'gone'; return next; return; end if;
  if visit.status <> 'InProgress' and visit.scheduled_at - early > now then outcome := 'early'; return next; return; end if;
  if link.requires_code then
    outcome := case when code is null then 'code_required'
      when link.code_hash is null or link.code_expires_at <= now or link.code_tries >= 5 then 'code_spent'
      when link.code_hash <> code then 'wrong_code' end;
    if outcome = 'wrong_code' then update join_links l set code_tries = l.code_tries + 1 where l.id = link.id; end if;
    if outcome is not null then return next; return; end if;
    update join_links l set code_hash = null, code_expires_at = null where l.id = link.id;
  end if;

  -- Who comes again, on this device or another, sees what they have seen; who had left sees what is said from now on.
  insert into consultation_guests as g (id, link_id, consultation_id, tenant_id, role, name, entered_at)
    values (guest, link.id, link.consultation_id, link.tenant_id, link.role, called, now)
    on conflict (link_id) do update set name = called, version = g.version + 1, entered_at = now
    returning g.id, g.version into guest_id, version;
  insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at, floor_seq)
    select v.id, guest_id, link.tenant_id, 'Guest', now, v.last_seq from conversations v where v.id = link.consultation_id
    on conflict (conversation_id, user_id) do update set left_at = null, floor_seq = case when p.left_at is null then p.floor_seq else excluded.floor_seq end;
  update consultation_guests g set left_at = null where g.id = guest_id and g.left_at is not null;
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
    values (event, link.tenant_id, link.consultation_id, 'Joined', guest_id, 'Guest', now);
  outcome := 'entered'; consultation_id := link.consultation_id; tenant_id := link.tenant_id; role := link.role; name := called; expires_at := link.expires_at;
  return next;
end $$;
create policy consultation_events_guest on consultation_events for insert to colloque_lookup with check (type in ('Joined', 'Left') and actor_role = 'Guest');

-- The visit as a guest sees it: who meets and when, and its room while it is in progress. Nothing of why.
create function guest_visit(consultation uuid)
returns table (id uuid, status text, format text, scheduled_at timestamptz, duration_minutes integer, started_at timestamptz, closed_at timestamptz,
  patient_id uuid, patient_name text, practitioner_id uuid, practitioner_name text, practitioner_title text, practitioner_specialty text, provider text, room_name text,
  seq bigint, change bigint, floor_seq bigint, version integer, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.status, c.format, c.scheduled_at, c.duration_minutes, c.started_at, c.closed_at, c.patient_id, p.name, c.practitioner_id, d.name, d.title, null::text,
      c.video_provider, case when c.status = 'InProgress' then c.room_name end, v.last_seq, v.last_change, s.floor_seq, g.version, l.expires_at
    from participants s join consultations c on c.id = s.conversation_id join conversations v on v.id = c.id
      join users p on p.id = c.patient_id join users d on d.id = c.practitioner_id
      join consultation_guests g on g.id = s.user_id join join_links l on l.id = g.link_id
    where s.conversation_id = consultation and s.user_id = current_user_id() and s.tenant_id = current_tenant_id() and s.role = 'Guest' and s.left_at is null
      and current_caller_role() = 'Guest'
$$;
grant select (video_provider, room_name, practitioner_id) on consultations to colloque_lookup;

-- The guest goes; the link brings them back while it is good. Null for whoever is no guest here.
create function guest_leave(event uuid, now timestamptz) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare guest record;
begin
  if current_caller_role() is distinct from 'Guest' then return null; end if;
  update consultation_guests g set left_at = now where g.id = current_user_id() and g.tenant_id = current_tenant_id() and g.left_at is null
    returning g.consultation_id, g.tenant_id into guest;
  if not found then return null; end if;
  update participants p set left_at = now where p.conversation_id = guest.consultation_id and p.user_id = current_user_id() and p.role = 'Guest';
  insert into consultation_events (id, tenant_id, consultation_id, type, actor_id, actor_role, at)
    values (event, guest.tenant_id, guest.consultation_id, 'Left', current_user_id(), 'Guest', now);
  return guest.consultation_id;
end $$;

-- A link that was taken back takes its guest out.
create function join_links_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update consultation_guests g set left_at = new.revoked_at where g.link_id = new.id and g.left_at is null;
  update participants p set left_at = new.revoked_at from consultation_guests g
    where g.link_id = new.id and p.conversation_id = g.consultation_id and p.user_id = g.id and p.role = 'Guest' and p.left_at is null;
  return null;
end $$;
create trigger join_links_end after update of revoked_at on join_links
  for each row when (old.revoked_at is null and new.revoked_at is not null) execute function join_links_end();

-- A guest's time in a visit is to tokens what a sign-in is of people with accounts: it lives until they leave, the link is taken back, or the visit ends.
create or replace function accounts_sign_in_states(ids uuid[]) returns table (sign_in_id uuid, security_version integer, live boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, u.security_version, s.revoked_at is null and u.deactivated_at is null and o.deactivated_at is null
    from sign_ins s join users u on u.id = s.user_id left join organizations o on o.id = u.tenant_id where s.id = any (ids)
  union all
  select g.id, g.version, g.left_at is null and o.deactivated_at is null
    from consultation_guests g join organizations o on o.id = g.tenant_id where g.id = any (ids)
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'teleconsultation_end()', 'join_links_end()', 'join_door(bytea, timestamptz)', 'join_set_code(uuid, bytea, timestamptz)',
    'join_enter(bytea, bytea, uuid, text, interval, uuid, timestamptz)', 'guest_visit(uuid)', 'guest_leave(uuid, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
