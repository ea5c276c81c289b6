-- What is unread is what others wrote since one's mark: all numbers after it, less one's own. So conversations count what each has sent, in the row that every
-- message writes anyway, and a mark keeps how many of its person's own stand up to it. Counting the messages themselves took a list of 500 fifty milliseconds.
alter table conversations add senders uuid[] not null default '{}', add sent bigint[] not null default '{}', add constraint conversations_sent check (cardinality(senders) = cardinality(sent));
-- The owner too is bound by policies while they are forced.
alter table conversations no force row level security;
alter table messages no force row level security;
update conversations c set senders = s.senders, sent = s.sent
  from (select conversation_id, array_agg(sender_id order by sender_id) senders, array_agg(n order by sender_id) sent
    from (select conversation_id, sender_id, count(*) n from messages group by 1, 2) z group by 1) s where s.conversation_id = c.id;
alter table conversations force row level security;
alter table messages force row level security;
grant update (senders, sent) on conversations to colloque_app;
grant select (senders, sent) on conversations to colloque_inbox;
-- Null where it was not counted: marks from before this, and those far behind the newest message.
alter table receipts add own bigint;
grant select (own) on receipts to colloque_inbox;

create or replace function append_messages(
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

    update conversations c set last_seq = c.last_seq + 1, last_message_at = now,
        senders[coalesce(array_position(c.senders, people[i]), cardinality(c.senders) + 1)] = people[i],
        sent[coalesce(array_position(c.senders, people[i]), cardinality(c.senders) + 1)] = coalesce(c.sent[array_position(c.senders, people[i])], 0) + 1
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
        insert into receipts (conversation_id, kind, seq, user_id, tenant_id, at, own)
          select c.id, kinds[i], mark, people[i], home, now, case when kinds[i] = 'r' and c.last_seq - mark <= 1000 then coalesce(c.sent[array_position(c.senders, people[i])], 0)
              - (select count(*) from messages m where m.conversation_id = c.id and m.seq > mark and m.sender_id = people[i]) end
            from conversations c where c.id = conversation_ids[i] on conflict do nothing;
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

create or replace function inbox(one uuid, numbered bigint, kinds text[], statuses text[], before timestamptz, before_id uuid, most integer)
returns table (id uuid, number bigint, kind text, status text, seq bigint, change bigint, floor_seq bigint, read_seq bigint, unread integer, created_at timestamptz, last_message_at timestamptz,
  message_id uuid, message_seq bigint, sender_id uuid, sender_role text, client_msg_id text, message_kind text, body bytea, version integer, flags smallint, file_id uuid,
  sent_at timestamptz, deleted_at timestamptz, mime_type text, size_bytes bigint, file_sealed bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, v.number, v.kind, v.status, v.last_seq, v.last_change, v.floor_seq, r.seq,
      case when v.last_seq <= r.seq then 0
        when r.own is not null then least(100, v.last_seq - r.seq - (coalesce(v.sent[array_position(v.senders, current_user_id())], 0) - r.own))::integer
        else (select count(*)::integer from (
          select 1 from messages n where n.conversation_id = v.id and n.seq > r.seq and n.sender_id <> current_user_id() limit 100) z) end,
      v.created_at, v.last_message_at, m.id, m.seq, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.flags, m.file_id, m.created_at, m.deleted_at,
      f.mime_type, f.size_bytes, f.sealed
    from (
      select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where coalesce(one, (select n.id from conversations n where n.number = numbered)) is not null
          and p.conversation_id = coalesce(one, (select n.id from conversations n where n.number = numbered))
          and p.user_id = current_user_id() and p.left_at is null and is_clinical_caller() and (kinds is null or c.kind = any (kinds))
      union all
      (select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where one is null and numbered is null and p.user_id = current_user_id() and p.left_at is null and is_clinical_caller()
          and c.kind = any (kinds) and c.status = any (statuses) and (c.last_seq > 0 or c.kind <> 'Consultation')
          and (coalesce(c.last_message_at, c.created_at), c.id) < (before, before_id)
        order by coalesce(c.last_message_at, c.created_at) desc, c.id desc limit most)) v
      -- From the start, nothing of one's own stands before; from a floor, it is not known.
      cross join lateral (select greatest(v.floor_seq, coalesce(x.seq, 0)) seq,
          case when x.seq >= v.floor_seq then x.own when v.floor_seq = 0 and x.seq is null then 0 end own
        from (select) one left join lateral (select y.seq, y.own from receipts y
          where y.conversation_id = v.id and y.user_id = current_user_id() and y.kind = 'r' order by y.seq desc limit 1) x on true) r
      left join messages m on m.conversation_id = v.id and m.seq = v.last_seq and v.last_seq > v.floor_seq
      left join files f on f.id = m.file_id and m.deleted_at is null
    order by coalesce(v.last_message_at, v.created_at) desc, v.id desc
$$;
