-- The hot path, each function one round trip. They run as the caller (SECURITY INVOKER): every policy holds for every entry.

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
begin
  for i in 1 .. cardinality(ids) loop
    settings := set_config('app.tenant_id', tenants[i]::text, true) || set_config('app.user_id', people[i]::text, true) || set_config('app.role', caller_roles[i], true);
    ord := i; id := ids[i]; kind := null; body := null; version := 1; file_id := null; change := 0; created_at := now; edited_at := null; deleted_at := null;

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now
      where c.id = conversation_ids[i] and c.status = 'Open' returning c.last_seq into next_seq;
    is_open := found;
    if is_open then
      insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, file_id, created_at)
        values (ids[i], tenants[i], conversation_ids[i], next_seq, people[i], caller_roles[i], client_ids[i], kinds[i], bodies[i], file_ids[i], now)
        on conflict (sender_id, client_msg_id) do nothing;
      if found then
        outcome := 'a'; seq := next_seq;
        return next;
        continue;
      end if;
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

-- One page of a conversation with all that its messages need to be shown. Rows, told apart by "row":
--   c the conversation (seq, change; kind carries its status), first and only if the caller has a seat · m messages · r receipts that cover them · e reactions to them
-- Which: 'b' those before position, newest first · 'a' those after position, oldest first · 'c' those changed after position, oldest change first · 'i' the one whose id is given
create function read_messages(tenant uuid, person uuid, caller_role text, conversation uuid, which "char", "position" bigint, one uuid, most integer)
returns table ("row" "char", seq bigint, id uuid, user_id uuid, user_role text, client_msg_id text, kind text, body bytea, version integer, change bigint,
  at timestamptz, edited_at timestamptz, deleted_at timestamptz, file_id uuid, file_sealed bytea, file_type text, file_size bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  settings text;
  low bigint;
  high bigint;
  changed boolean := false;
  found_any boolean := false;
  line record;
begin
  settings := set_config('app.tenant_id', tenant::text, true) || set_config('app.user_id', person::text, true) || set_config('app.role', caller_role, true);
  return query select 'c'::"char", c.last_seq, c.id, null::uuid, null::text, null::text, c.status, null::bytea, null::integer, c.last_change,
    null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null::text, null::bigint
    from conversations c where c.id = conversation;
  if not found then return; end if;

  for line in
    select m.seq, m.id, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.change, m.created_at, m.edited_at, m.deleted_at,
        m.file_id, f.sealed, f.mime_type, f.size_bytes
      from (
        (select * from messages b where which = 'b' and b.conversation_id = conversation and b.seq < "position" order by b.seq desc limit most)
        union all
        (select * from messages a where which = 'a' and a.conversation_id = conversation and a.seq > "position" order by a.seq limit most)
        union all
        (select * from messages x where which = 'c' and x.conversation_id = conversation and x.change > 0 and x.change > "position" order by x.change limit most)
        union all
        (select * from messages o where which = 'i' and o.conversation_id = conversation and o.id = one)
      ) m left join files f on f.id = m.file_id
  loop
    "row" := 'm'; seq := line.seq; id := line.id; user_id := line.sender_id; user_role := line.sender_role; client_msg_id := line.client_msg_id; kind := line.kind; body := line.body;
    version := line.version; change := line.change; at := line.created_at; edited_at := line.edited_at; deleted_at := line.deleted_at;
    file_id := line.file_id; file_sealed := line.sealed; file_type := line.mime_type; file_size := line.size_bytes;
    low := least(low, line.seq); high := greatest(high, line.seq); changed := changed or line.change > 0; found_any := true;
    return next;
  end loop;
  if not found_any then return; end if;

  -- The receipts inside the page, and of each person and kind the first one beyond it, which covers its end.
  return query select 'r'::"char", r.seq, null::uuid, r.user_id, null::text, null::text, r.kind::text, null::bytea, null::integer, null::bigint,
    r.at, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null::text, null::bigint
    from receipts r where r.conversation_id = conversation and r.seq >= low and r.seq < high;
  return query select 'r'::"char", z.seq, null::uuid, z.user_id, null::text, null::text, z.kind::text, null::bytea, null::integer, null::bigint,
    z.at, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null::text, null::bigint
    from (select distinct on (r.user_id, r.kind) r.seq, r.user_id, r.kind, r.at from receipts r
            where r.conversation_id = conversation and r.seq >= high order by r.user_id, r.kind, r.seq) z;
  if changed then
    return query select 'e'::"char", e.seq, e.message_id, e.user_id, null::text, null::text, null::text, e.body, null::integer, null::bigint,
      null::timestamptz, null::timestamptz, null::timestamptz, null::uuid, null::bytea, null::text, null::bigint
      from reactions e where e.conversation_id = conversation and e.seq between low and high;
  end if;
end $$;

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
