-- The hot path, each function one round trip. They run as the caller (SECURITY INVOKER) but for read_messages: every policy holds for every entry.

-- Appends many people's messages in one transaction, each under its own caller's settings. Outcomes:
--   a appended · r repeated (the first message follows) · x the client id is taken elsewhere · c closed · n not found
-- Nothing here raises for one entry alone, so none can fail another; an unforeseen error fails the call, and the caller sends each alone.
create function append_messages(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], ids uuid[], client_ids text[], kinds text[], bodies bytea[], file_ids uuid[],
  now timestamptz)
returns table (ord integer, outcome "char", id uuid, seq bigint, kind text, body bytea, version integer, file_id uuid, change bigint,
  created_at timestamptz, edited_at timestamptz, deleted_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  next_seq bigint;
  is_open boolean;
  is_repeated boolean;
begin
  for i in 1 .. cardinality(ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; id := ids[i]; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now
      where c.id = conversation_ids[i] and c.status = 'Open'
      returning c.last_seq, exists (select from messages m where m.sender_id = people[i] and m.client_msg_id = client_ids[i]) into next_seq, is_repeated;
    is_open := found;
    if is_open and not is_repeated then
      -- Looked up, not "on conflict": a speculative insert costs half as much again. Two at once with one id meet in the unique
      -- index; that call fails, and each entry then goes alone.
      insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, created_at)
        values (ids[i], tenants[i], conversation_ids[i], next_seq, people[i], caller_roles[i], client_ids[i], kinds[i], bodies[i], file_ids[i], now);
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

-- Moves watermarks forward. Outcomes: a advanced · k known already · o one's own message · n not found.
create function advance_receipts(
  tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[], message_ids uuid[], kinds "char"[], now timestamptz)
returns table (ord integer, outcome "char", seq bigint, at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  sender uuid;
  mark bigint;
begin
  for i in 1 .. cardinality(message_ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; at := null; seq := null;
    select m.seq, m.sender_id into mark, sender from messages m where m.id = message_ids[i] and m.conversation_id = conversation_ids[i];
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
          values (conversation_ids[i], kinds[i], mark, people[i], tenants[i], now) on conflict do nothing;
        -- What was read has arrived.
        if kinds[i] = 'r' and not exists (select from receipts r
            where r.conversation_id = conversation_ids[i] and r.user_id = people[i] and r.kind = 'd' and r.seq >= mark) then
          insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at)
            values (conversation_ids[i], 'd', mark, people[i], tenants[i], now) on conflict do nothing;
        end if;
      end if;
    end if;
    return next;
  end loop;
end $$;

-- What the reader role may see: the caller's own seat, and the one conversation that read_messages opened after finding it.
create policy participants_reader on participants for select to colloque_reader
  using (user_id = current_user_id() and tenant_id = current_tenant_id() and is_clinical_caller());
create policy conversations_reader on conversations for select to colloque_reader using (id = (select current_seat_id()));
create policy messages_reader on messages for select to colloque_reader using (conversation_id = (select current_seat_id()));
create policy receipts_reader on receipts for select to colloque_reader using (conversation_id = (select current_seat_id()));
create policy reactions_reader on reactions for select to colloque_reader using (conversation_id = (select current_seat_id()));
create policy files_reader on files for select to colloque_reader using (conversation_id = (select current_seat_id()));
grant select on participants, conversations, messages, receipts, reactions, files to colloque_reader;

create view message_rows with (security_invoker = true) as
  select 'm'::"char" as "row", m.seq, m.id, m.sender_id as user_id, m.sender_role as user_role, m.client_msg_id, m.kind, m.body, m.version, m.change,
    m.created_at as at, m.edited_at, m.deleted_at, m.file_id, f.sealed as file_sealed, f.mime_type as file_type, f.size_bytes as file_size, m.conversation_id
  from messages m left join files f on f.id = m.file_id;
grant select on message_rows to colloque_reader;

-- One page of a conversation with all that its messages need to be shown. Rows, told apart by "row":
--   c the conversation (seq, change; kind carries its status), first and only if the caller has a seat · m messages · r receipts that cover them · e reactions to them
-- Which: 'b' those before position, newest first · 'a' those after position, oldest first · 'c' those changed after position, oldest change first · 'i' the one whose id is given
-- Runs as colloque_reader: the seat is checked once, and policies then show that conversation alone (a check a row cost four times the page).
create function read_messages(tenant uuid, person uuid, caller_role text, conversation uuid, which "char", "position" bigint, one uuid, most integer)
returns table ("row" "char", seq bigint, id uuid, user_id uuid, user_role text, client_msg_id text, kind text, body bytea, version integer, change bigint,
  at timestamptz, edited_at timestamptz, deleted_at timestamptz, file_id uuid, file_sealed bytea, file_type text, file_size bigint, conversation_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  settings text;
  low bigint;
  high bigint;
begin
  settings := set_config('app.tenant_id', tenant::text, true) || set_config('app.user_id', person::text, true) || set_config('app.role', caller_role, true) || set_config('app.seat_id', '', true);
  perform from participants p where p.conversation_id = conversation and p.user_id = person and p.left_at is null;
  if not found then return; end if;
  settings := set_config('app.seat_id', conversation::text, true);
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
grant create on schema public to colloque_reader;
alter function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) owner to colloque_reader;
revoke create on schema public from colloque_reader;
revoke all on function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) from public;
grant execute on function read_messages(uuid, uuid, text, uuid, "char", bigint, uuid, integer) to colloque_app;

-- Where conversations stand; null for one without a seat.
create function conversation_heads(tenants uuid[], people uuid[], caller_roles text[], conversation_ids uuid[])
returns table (ord integer, seq bigint, change bigint)
language plpgsql as $$
declare
  settings text;
begin
  for i in 1 .. cardinality(conversation_ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i;
    select c.last_seq, c.last_change into seq, change from conversations c where c.id = conversation_ids[i];
    return next;
  end loop;
end $$;
