-- A batch of messages in two statements, however many it brings: PostgreSQL prepares policies and constraints once a statement, which cost more than the rows.

-- What append_batch may touch: the seats it has checked (conversation and person, joined), their conversations and people; only policies "to colloque_writer" look at them.
create function current_seats() returns text[] language sql stable parallel safe as $$ select nullif(current_setting('app.seats', true), '')::text[] $$;
create function current_places() returns uuid[] language sql stable parallel safe as $$ select nullif(current_setting('app.places', true), '')::uuid[] $$;
create function current_senders() returns uuid[] language sql stable parallel safe as $$ select nullif(current_setting('app.senders', true), '')::uuid[] $$;

alter policy participants_reader on participants to colloque_reader, colloque_writer;
alter policy participants_guest_reader on participants to colloque_reader, colloque_writer;
create policy conversations_writer on conversations for select to colloque_writer using (id = any ((select current_places())::uuid[]));
create policy conversations_written on conversations for update to colloque_writer using (id = any ((select current_places())::uuid[]));
create policy messages_writer on messages for select to colloque_writer
  using (conversation_id = any ((select current_places())::uuid[]) or sender_id = any ((select current_senders())::uuid[]));
create policy messages_written on messages for insert to colloque_writer with check (conversation_id::text || sender_id::text = any ((select current_seats())::text[]));
grant usage on schema public to colloque_writer;
grant select (conversation_id, user_id, tenant_id, role, left_at) on participants to colloque_writer;
grant select (id, tenant_id, kind, status, last_seq, senders, sent), update (last_seq, last_message_at, senders, sent) on conversations to colloque_writer;
grant select (id, conversation_id, sender_id, client_msg_id, seq), insert on messages to colloque_writer;

-- Everybody who has sent, in the order of their first message.
create function senders_with(senders uuid[], who uuid[]) returns uuid[] language plpgsql immutable parallel safe as $$
declare
  one uuid;
begin
  foreach one in array who loop
    if array_position(senders, one) is null then senders := senders || one; end if;
  end loop;
  return senders;
end $$;

-- How much each of them has sent, with one more for each of who.
create function sent_with(senders uuid[], sent bigint[], who uuid[]) returns bigint[] language plpgsql immutable parallel safe as $$
declare
  one uuid;
  place integer;
begin
  foreach one in array who loop
    place := array_position(senders, one);
    sent[place] := coalesce(sent[place], 0) + 1;
  end loop;
  return sent;
end $$;

-- Takes the plain ones of what can be taken, in the order it came; an entry that it does not return, and all others of its conversation, is for append_messages, which says why.
create function append_batch(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], ids uuid[], client_ids text[], kinds text[], bodies bytea[], file_ids uuid[], file_counts smallint[],
  lengths integer[], replies uuid[], marks smallint[], more bytea[], now timestamptz)
returns table (ord integer, seq bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  settings text;
  seats text[] := '{}';
  said text[] := '{}';
  places uuid[] := '{}';
  senders uuid[] := '{}';
  odd uuid[] := '{}';
begin
  for i in 1 .. cardinality(ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    perform from participants p where p.conversation_id = conversation_ids[i] and p.user_id = people[i] and p.left_at is null;
    -- Replies and long texts have rules of their own; one id twice in a batch may be one message.
    if found and replies[i] is null and lengths[i] <= 1000 and (people[i]::text || client_ids[i]) <> all (said) then
      said := said || (people[i]::text || client_ids[i]);
      seats := seats || (conversation_ids[i]::text || people[i]::text);
      places := places || conversation_ids[i];
      senders := senders || people[i];
    else
      odd := odd || conversation_ids[i];
    end if;
  end loop;
  settings := set_config('app.seats', seats::text, true) || set_config('app.places', places::text, true) || set_config('app.senders', senders::text, true);

  select odd || coalesce(array_agg(e.conversation_id), '{}') into odd
    from unnest(conversation_ids, people, client_ids) e(conversation_id, person, client_id) join messages m on m.sender_id = e.person and m.client_msg_id = e.client_id;
  return query with taken as (
      update conversations c set last_seq = c.last_seq + e.entries, last_message_at = now,
          senders = senders_with(c.senders, e.who), sent = sent_with(senders_with(c.senders, e.who), c.sent, e.who)
        from (select e.conversation_id, count(*) entries, array_agg(e.person order by e.ord) who from unnest(conversation_ids, people) with ordinality e(conversation_id, person, ord)
          where e.conversation_id <> all (odd) group by 1) e
        where c.id = e.conversation_id and c.status = 'Open'
        returning c.id, c.tenant_id, c.last_seq - e.entries base)
    insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, file_count, reply_to, flags, details, created_at)
      select ids[e.ord], t.tenant_id, t.id, t.base + row_number() over (partition by t.id order by e.ord), people[e.ord], caller_roles[e.ord], client_ids[e.ord], kinds[e.ord],
          bodies[e.ord], file_ids[e.ord], file_counts[e.ord], replies[e.ord], marks[e.ord], more[e.ord], now
        from unnest(conversation_ids) with ordinality e(conversation_id, ord) join taken t on t.id = e.conversation_id
      returning array_position(ids, messages.id), messages.seq;
end $$;
grant create on schema public to colloque_writer;
alter function append_batch(uuid[], uuid[], text[], uuid[], uuid[], text[], text[], bytea[], uuid[], smallint[], integer[], uuid[], smallint[], bytea[], timestamptz) owner to colloque_writer;
revoke create on schema public from colloque_writer;
revoke all on function append_batch(uuid[], uuid[], text[], uuid[], uuid[], text[], text[], bytea[], uuid[], smallint[], integer[], uuid[], smallint[], bytea[], timestamptz) from public;
grant execute on function append_batch(uuid[], uuid[], text[], uuid[], uuid[], text[], text[], bytea[], uuid[], smallint[], integer[], uuid[], smallint[], bytea[], timestamptz) to colloque_app;

-- What append_batch left goes one by one, each under its own caller's policies, and is told why not.
create or replace function append_messages(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], ids uuid[], client_ids text[], kinds text[], bodies bytea[], file_ids uuid[], file_counts smallint[],
  lengths integer[], replies uuid[], marks smallint[], more bytea[], now timestamptz)
returns table (ord integer, outcome "char", id uuid, seq bigint, kind text, body bytea, version integer, file_id uuid, change bigint,
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  seqs bigint[] := '{}';
  place integer;
  number bigint;
  home uuid;
  next_seq bigint;
  is_open boolean;
  is_repeated boolean;
  is_short boolean;
  wrong "char";
begin
  -- One or two cost less alone.
  if cardinality(ids) > 2 then
    for place, number in select b.ord, b.seq from append_batch(tenants, people, caller_roles, conversation_ids, ids, client_ids, kinds, bodies, file_ids, file_counts, lengths, replies, marks, more, now) b loop
      seqs[place] := number;
    end loop;
  end if;
  for i in 1 .. cardinality(ids) loop
    if seqs[i] is not null then
      ord := i; outcome := 'a'; id := ids[i]; seq := seqs[i]; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;
      return next;
      continue;
    end if;
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; id := ids[i]; seq := null; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now,
        senders[coalesce(array_position(c.senders, people[i]), cardinality(c.senders) + 1)] = people[i],
        sent[coalesce(array_position(c.senders, people[i]), cardinality(c.senders) + 1)] = coalesce(c.sent[array_position(c.senders, people[i])], 0) + 1
      where c.id = conversation_ids[i] and c.status = 'Open'
      returning c.tenant_id, c.last_seq, c.kind in ('Prescription', 'Exam'), exists (select from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i])
      into home, next_seq, is_short, is_repeated;
    is_open := found;
    wrong := null;
    if is_open and not is_repeated then
      if is_short and lengths[i] > 1000 then
        wrong := 'l';
      elsif replies[i] is not null and not exists (select from messages m where m.id = replies[i] and m.conversation_id = conversation_ids[i]) then
        wrong := 'p';
      end if;
    end if;
    if is_open and not is_repeated and wrong is null then
      -- Two at once with one id meet in the unique index; that call fails, and each entry then goes alone.
      insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, file_count, reply_to, flags, details, created_at)
        values (ids[i], home, conversation_ids[i], next_seq, people[i], caller_roles[i], client_ids[i], kinds[i], bodies[i], file_ids[i], file_counts[i], replies[i], marks[i], more[i], now);
      outcome := 'a'; seq := next_seq;
      return next;
      continue;
    end if;
    if is_open then
      -- The row is still locked by this transaction: giving the number back leaves no gap.
      update conversations c set last_seq = c.last_seq - 1, sent[array_position(c.senders, people[i])] = c.sent[array_position(c.senders, people[i])] - 1,
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
