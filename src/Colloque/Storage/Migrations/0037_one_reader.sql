-- One reader of conversations for every contract, one answer to who is seated; pictures among people's files lose what they tell of their maker.

-- 1. Who is seated, and after which message: 0029's function knows all that 0027's did.
drop function conversation_seats(uuid);

-- 2. The list of 0035, which also finds one conversation by its number, and says where the caller's seat begins. One that is named is found by its key, however many the caller has.
drop function inbox(uuid, text[], text[], timestamptz, uuid, integer);
create function inbox(one uuid, numbered bigint, kinds text[], statuses text[], before timestamptz, before_id uuid, most integer)
returns table (id uuid, number bigint, kind text, status text, seq bigint, change bigint, floor_seq bigint, read_seq bigint, unread integer, created_at timestamptz, last_message_at timestamptz,
  message_id uuid, message_seq bigint, sender_id uuid, sender_role text, client_msg_id text, message_kind text, body bytea, version integer, flags smallint, file_id uuid,
  sent_at timestamptz, deleted_at timestamptz, mime_type text, size_bytes bigint, file_sealed bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, v.number, v.kind, v.status, v.last_seq, v.last_change, v.floor_seq, r.seq,
      case when v.last_seq > r.seq then (select count(*)::integer from (
        select 1 from messages n where n.conversation_id = v.id and n.seq > r.seq and n.sender_id <> current_user_id() limit 100) z) else 0 end,
      v.created_at, v.last_message_at, m.id, m.seq, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.flags, m.file_id, m.created_at, m.deleted_at,
      f.mime_type, f.size_bytes, f.sealed
    from (
      select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where coalesce(one, (select n.id from conversations n where n.number = numbered)) is not null
          and p.conversation_id = coalesce(one, (select n.id from conversations n where n.number = numbered))
          and p.user_id = current_user_id() and p.left_at is null and is_clinical_caller() and (kinds is null or c.kind = any (kinds))
      union all
      (select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where one is null and numbered is null and p.user_id = current_user_id() and p.left_at is null and is_clinical_caller()
          and c.kind = any (kinds) and c.status = any (statuses) and (c.last_seq > 0 or c.kind <> 'Consultation')
          and (coalesce(c.last_message_at, c.created_at), c.id) < (before, before_id)
        order by coalesce(c.last_message_at, c.created_at) desc, c.id desc limit most)) v
      cross join lateral (select greatest(v.floor_seq, coalesce(
        (select x.seq from receipts x where x.conversation_id = v.id and x.user_id = current_user_id() and x.kind = 'r' order by x.seq desc limit 1), 0)) seq) r
      left join messages m on m.conversation_id = v.id and m.seq = v.last_seq and v.last_seq > v.floor_seq
      left join files f on f.id = m.file_id and m.deleted_at is null
    order by coalesce(v.last_message_at, v.created_at) desc, v.id desc
$$;
grant create on schema public to colloque_inbox;
alter function inbox(uuid, bigint, text[], text[], timestamptz, uuid, integer) owner to colloque_inbox;
revoke create on schema public from colloque_inbox;
revoke all on function inbox(uuid, bigint, text[], text[], timestamptz, uuid, integer) from public;
grant execute on function inbox(uuid, bigint, text[], text[], timestamptz, uuid, integer) to colloque_app;

-- 3. A picture among a person's files is written anew, as another object, when it is confirmed.
grant update (size_bytes, object_key) on person_files to colloque_app;
