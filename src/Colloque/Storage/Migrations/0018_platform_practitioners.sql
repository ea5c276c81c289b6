-- The platform's own practitioners have no organization and give care to patients of many. A row keeps the tenant of its patient; who of the platform's
-- own practitioners sees it follows from their part in it alone, which every policy demands besides.

-- True for rows of one's own organization, and for a practitioner who has none: of any. Never a claim by itself. Inlined into policies, as those of 0002:
-- the tenant is compared first, so that members of an organization pay nothing for the rest. The hot path passes "none" as all zeros.
create function is_own_tenant(tenant uuid) returns boolean language sql stable parallel safe
  as $$ select tenant = current_tenant_id()
    or (current_caller_role() = 'Practitioner' and coalesce(current_tenant_id(), no_tenant_id()) = no_tenant_id()) $$;

-- Who may be seated in a tenant's rows: its own people, and practitioners who have no tenant. A foreign key cannot say "or none"; the people's tenant and
-- role are never updated (nothing has the grant), so that looking once, when the row is made, holds.
create function is_seatable(tenant uuid, person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from users u where u.id = person and (u.tenant_id = tenant or (u.tenant_id is null and u.role = 'Practitioner')))
$$;

-- The tenant of somebody the calling practitioner has, or had, a visit with; null for everybody else.
create function tenant_of_my_patient(patient uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select c.tenant_id from consultations c
    where c.practitioner_id = current_user_id() and c.patient_id = patient and current_caller_role() = 'Practitioner' limit 1
$$;
grant select (patient_id) on consultations to colloque_lookup;

create function consultations_check_practitioner() returns trigger language plpgsql as $$
begin
  if not is_seatable(new.tenant_id, new.practitioner_id) then
    raise foreign_key_violation using message = 'the practitioner is another organization''s', table = 'consultations', constraint = 'consultations_practitioner_seat';
  end if;
  -- A practitioner without an organization is chosen by the patient: by themselves they book nobody whom they have had no visit with.
  if tg_op = 'INSERT' and current_user_id() = new.practitioner_id and new.tenant_id is distinct from current_tenant_id()
     and new.tenant_id is distinct from tenant_of_my_patient(new.patient_id) then
    raise insufficient_privilege using message = 'the patient has not chosen this practitioner', table = 'consultations';
  end if;
  return new;
end $$;
alter table consultations
  drop constraint consultations_tenant_id_practitioner_id_fkey,
  add foreign key (practitioner_id) references users (id) on delete restrict;
create trigger consultations_practitioner_seat before insert or update of tenant_id, practitioner_id on consultations
  for each row execute function consultations_check_practitioner();

create function participants_check_seat() returns trigger language plpgsql as $$
begin
  if not is_seatable(new.tenant_id, new.user_id) then
    raise foreign_key_violation using message = 'the person is another organization''s', table = 'participants', constraint = 'participants_seat';
  end if;
  return new;
end $$;
alter table participants
  drop constraint participants_tenant_id_user_id_fkey,
  add foreign key (user_id) references users (id) on delete restrict;
create trigger participants_seat before insert or update of tenant_id, user_id on participants for each row execute function participants_check_seat();

-- The policies of 0003 to 0007, whose row it is asked anew; each says what it said besides.
alter policy consultations_participant on consultations
  using (is_own_tenant(tenant_id) and is_clinical_caller() and current_user_id() in (patient_id, practitioner_id))
  with check (is_own_tenant(tenant_id) and is_clinical_caller() and current_user_id() in (patient_id, practitioner_id));
-- Oneself, and the other side of one's own visits: of one's organization, or without any.
alter policy users_in_care on users
  using (is_clinical_caller() and (tenant_id is null or is_own_tenant(tenant_id))
         and ((id = current_user_id() and is_own_tenant(tenant_id))
              or exists (select from consultations c where c.patient_id = users.id or c.practitioner_id = users.id)));
alter policy consultation_events_participant on consultation_events
  using (is_own_tenant(tenant_id) and exists (select from consultations c where c.id = consultation_id))
  with check (is_own_tenant(tenant_id) and actor_id = current_user_id()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = consultation_events.tenant_id));
alter policy queue_items_participant on queue_items
  using (is_own_tenant(tenant_id) and exists (select from consultations c where c.id = consultation_id))
  with check (is_own_tenant(tenant_id)
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = queue_items.tenant_id
                          and c.practitioner_id = queue_items.practitioner_id));

alter policy participants_self on participants
  using (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller());
alter policy participants_reader on participants
  using (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller());
alter policy participants_seat on participants
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = conversation_id and c.tenant_id = participants.tenant_id
                          and participants.user_id in (c.patient_id, c.practitioner_id)));
alter policy conversations_participant on conversations
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = conversations.id and p.user_id = current_user_id() and p.left_at is null));
alter policy conversations_advance on conversations
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = conversations.id and p.user_id = current_user_id() and p.left_at is null));
alter policy conversations_open on conversations
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = conversations.id and c.tenant_id = conversations.tenant_id));
alter policy files_participant on files
  using (is_own_tenant(tenant_id)
         and (status = 'Confirmed' or uploader_id = current_user_id())
         and exists (select from participants p where p.conversation_id = files.conversation_id and p.user_id = current_user_id() and p.left_at is null))
  with check (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = files.conversation_id and p.user_id = current_user_id() and p.left_at is null));

alter policy messages_read on messages
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null));
-- The seat's own tenant: without the caller's to hold it, a message could name another's.
alter policy messages_send on messages
  with check (is_own_tenant(tenant_id) and sender_id = current_user_id()
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null
                     and p.tenant_id = messages.tenant_id));
alter policy messages_change on messages
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = messages.conversation_id and p.user_id = current_user_id() and p.left_at is null));
alter policy message_versions_own on message_versions
  using (is_own_tenant(tenant_id)
         and exists (select from messages m where m.id = message_id and m.sender_id = current_user_id()))
  with check (is_own_tenant(tenant_id)
         and exists (select from messages m where m.id = message_id and m.sender_id = current_user_id() and m.tenant_id = message_versions.tenant_id));
alter policy reactions_read on reactions
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null));
alter policy reactions_own on reactions
  using (is_own_tenant(tenant_id) and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null))
  with check (is_own_tenant(tenant_id) and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = reactions.conversation_id and p.user_id = current_user_id() and p.left_at is null
                     and p.tenant_id = reactions.tenant_id));
alter policy receipts_read on receipts
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = receipts.conversation_id and p.user_id = current_user_id() and p.left_at is null));
alter policy receipts_advance on receipts
  with check (is_own_tenant(tenant_id) and user_id = current_user_id()
         and exists (select from participants p where p.conversation_id = receipts.conversation_id and p.user_id = current_user_id() and p.left_at is null
                     and p.tenant_id = receipts.tenant_id));

-- Keys. A data key needs a seat, as before. A tenant's key, and the tenant's name and looks, need one seat among its conversations from who is of no tenant:
-- "any tenant" alone would show every tenant's to every one of them.
alter policy data_keys_participant on keys.data_keys
  using (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = owner_id and p.user_id = current_user_id() and p.left_at is null))
  with check (is_own_tenant(tenant_id)
         and exists (select from participants p where p.conversation_id = owner_id and p.user_id = current_user_id() and p.left_at is null
                     and p.tenant_id = data_keys.tenant_id));
create policy tenant_keys_in_care on keys.tenant_keys to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller()
         and exists (select from participants p where p.tenant_id = tenant_keys.tenant_id and p.user_id = current_user_id() and p.left_at is null))
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
         and exists (select from participants p where p.tenant_id = tenant_keys.tenant_id and p.user_id = current_user_id() and p.left_at is null));
create policy organizations_in_care on organizations for select to colloque_app
  using (is_own_tenant(id) and is_clinical_caller()
         and exists (select from participants p where p.tenant_id = organizations.id and p.user_id = current_user_id() and p.left_at is null));

-- The hot path of 0007, but for whose the new rows are: the conversation's, not the caller's.
create or replace function append_messages(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], ids uuid[], client_ids text[], kinds text[], bodies bytea[], file_ids uuid[],
  now timestamptz)
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
begin
  for i in 1 .. cardinality(ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; id := ids[i]; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now
      where c.id = conversation_ids[i] and c.status = 'Open'
      returning c.tenant_id, c.last_seq, exists (select from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i]) into home, next_seq, is_repeated;
    is_open := found;
    if is_open and not is_repeated then
      -- Looked up, not "on conflict": a speculative insert costs half as much again. Two at once with one id meet in the unique
      -- index; that call fails, and each entry then goes alone.
      insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, created_at)
        values (ids[i], home, conversation_ids[i], next_seq, people[i], caller_roles[i], client_ids[i], kinds[i], bodies[i], file_ids[i], now);
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

    select 'r'::"char", m.id, m.seq, m.kind, m.body, m.version, m.file_id, m.change, m.created_at, m.edited_at, m.deleted_at
      into outcome, id, seq, kind, body, version, file_id, change, created_at, edited_at, deleted_at
      from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i] and m.conversation_id = conversation_ids[i];
    if not found then
      outcome := case when is_open then 'x' when exists (select from conversations c where c.id = conversation_ids[i]) then 'c' else 'n' end;
    end if;
    return next;
  end loop;
end $$;

create or replace function advance_receipts(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], message_ids uuid[], kinds "char"[], now timestamptz)
returns table (ord integer, outcome "char", seq bigint, at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  sender uuid;
  home uuid;
  mark bigint;
begin
  for i in 1 .. cardinality(message_ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; at := null; seq := null;
    select m.seq, m.sender_id, m.tenant_id into mark, sender, home from messages m where m.id = message_ids[i] and m.conversation_id = conversation_ids[i];
    seq := mark;
    if not found then
      outcome := 'n';
    elsif sender = people[i] then
      outcome := 'o';
    else
      select r.at into at from receipts r
        where r.conversation_id = conversation_ids[i] and r.user_id = people[i] and r.kind = kinds[i] and r.seq >= mark order by r.seq limit 1;
      if found then
        outcome := 'k';
      else
        at := now; outcome := 'a';
        insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at)
          values (conversation_ids[i], kinds[i], mark, people[i], home, now) on conflict do nothing;
        -- What was read has arrived.
        if kinds[i] = 'r' and not exists (select from receipts r
            where r.conversation_id = conversation_ids[i] and r.user_id = people[i] and r.kind = 'd' and r.seq >= mark) then
          insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at)
            values (conversation_ids[i], 'd', mark, people[i], home, now) on conflict do nothing;
        end if;
      end if;
    end if;
    return next;
  end loop;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['is_seatable(uuid, uuid)', 'tenant_of_my_patient(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
