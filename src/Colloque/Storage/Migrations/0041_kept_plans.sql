-- The list of conversations keeps its plan: PostgreSQL plans a function in SQL anew each time it is called, which took half of a list of 500.
create or replace function inbox(one uuid, numbered bigint, kinds text[], statuses text[], before timestamptz, before_id uuid, most integer)
returns table (id uuid, number bigint, kind text, status text, seq bigint, change bigint, floor_seq bigint, read_seq bigint, unread integer, created_at timestamptz, last_message_at timestamptz,
  message_id uuid, message_seq bigint, sender_id uuid, sender_role text, client_msg_id text, message_kind text, body bytea, version integer, flags smallint, file_id uuid,
  sent_at timestamptz, deleted_at timestamptz, mime_type text, size_bytes bigint, file_sealed bytea)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  me uuid := current_user_id();
begin
  return query
    select v.id, v.number, v.kind, v.status, v.last_seq, v.last_change, v.floor_seq, r.seq,
      case when v.last_seq <= r.seq then 0
        when r.own is not null then least(100, v.last_seq - r.seq - (coalesce(v.sent[array_position(v.senders, me)], 0) - r.own))::integer
        else (select count(*)::integer from (
          select 1 from messages n where n.conversation_id = v.id and n.seq > r.seq and n.sender_id <> me limit 100) z) end,
      v.created_at, v.last_message_at, m.id, m.seq, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.flags, m.file_id, m.created_at, m.deleted_at,
      f.mime_type, f.size_bytes, f.sealed
    from (
      select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where coalesce(one, (select n.id from conversations n where n.number = numbered)) is not null
          and p.conversation_id = coalesce(one, (select n.id from conversations n where n.number = numbered))
          and p.user_id = me and p.left_at is null and is_clinical_caller() and (kinds is null or c.kind = any (kinds))
      union all
      (select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where one is null and numbered is null and p.user_id = me and p.left_at is null and is_clinical_caller()
          and c.kind = any (kinds) and c.status = any (statuses) and (c.last_seq > 0 or c.kind <> 'Consultation')
          and (coalesce(c.last_message_at, c.created_at), c.id) < (before, before_id)
        order by coalesce(c.last_message_at, c.created_at) desc, c.id desc limit most)) v
      -- From the start, nothing of one's own stands before; from a floor, it is not known.
      cross join lateral (select greatest(v.floor_seq, coalesce(x.seq, 0)) seq,
          case when x.seq >= v.floor_seq then x.own when v.floor_seq = 0 and x.seq is null then 0 end own
        from (select) one left join lateral (select y.seq, y.own from receipts y
          where y.conversation_id = v.id and y.user_id = me and y.kind = 'r' order by y.seq desc limit 1) x on true) r
      left join messages m on m.conversation_id = v.id and m.seq = v.last_seq and v.last_seq > v.floor_seq
      left join files f on f.id = m.file_id and m.deleted_at is null
    order by coalesce(v.last_message_at, v.created_at) desc, v.id desc;
end $$;

-- The same for a page, which also looks its conversation up once.
create or replace function read_messages(tenant uuid, person uuid, caller_role text, conversation uuid, which "char", "position" bigint, one uuid, most integer) returns setof message_rows
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  settings text;
  low bigint;
  high bigint;
  since bigint;
  head message_rows;
begin
  settings := set_config('app.tenant_id', tenant::text, true) || set_config('app.user_id', person::text, true) || set_config('app.role', caller_role, true) || set_config('app.seat_id', '', true) || set_config('app.seat_floor', '', true);
  select p.floor_seq into since from participants p where p.conversation_id = conversation and p.user_id = person and p.left_at is null;
  if not found then return; end if;
  settings := set_config('app.seat_id', conversation::text, true) || set_config('app.seat_floor', since::text, true);
  select 'c', c.last_seq, c.id, c.status, c.last_change, c.id into head.row, head.seq, head.id, head.kind, head.change, head.conversation_id from conversations c where c.id = conversation;
  high := head.seq;
  return next head;

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
  -- Messages of several files are rare, and looking for their files costs more than asking whether there are any.
  if exists (select from messages m where m.conversation_id = conversation and m.seq between low and high and m.file_count > 1) then
    return query select 'f'::"char", m.seq, m.id, m.sender_id, null, null, null, null::bytea, null::integer, null::bigint,
      f.created_at, null::timestamptz, null::timestamptz, f.id, f.sealed, f.mime_type, f.size_bytes, conversation,
      null::uuid, null::smallint, null::bytea, null::timestamptz, null::uuid, null::timestamptz, null::uuid
      from messages m join files f on f.message_id = m.id
      where m.conversation_id = conversation and m.seq between low and high and m.file_count > 1 and m.deleted_at is null and f.status = 'Confirmed' order by f.message_place, f.id;
  end if;
end $$;
