-- A list of conversations in one round trip of the index: policies by row, asked of four tables, cost ten times the look-ups themselves. So one function looks as
-- colloque_inbox, whom policies let see all of these columns, and shows the caller's own seats alone.
grant usage on schema public to colloque_inbox;
do $$
declare t text;
begin
  foreach t in array array['participants', 'conversations', 'messages', 'receipts', 'files'] loop
    execute format('create policy %I on %I for select to colloque_inbox using (true)', t || '_inbox', t);
  end loop;
end $$;
grant select (conversation_id, user_id, left_at, floor_seq) on participants to colloque_inbox;
grant select (id, number, kind, status, last_seq, last_change, created_at, last_message_at) on conversations to colloque_inbox;
grant select (id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, version, flags, file_id, created_at, deleted_at) on messages to colloque_inbox;
grant select (conversation_id, user_id, kind, seq) on receipts to colloque_inbox;
grant select (id, mime_type, size_bytes, sealed) on files to colloque_inbox;

create function inbox(one uuid, kinds text[], statuses text[], before timestamptz, before_id uuid, most integer)
returns table (id uuid, number bigint, kind text, status text, seq bigint, change bigint, read_seq bigint, unread integer, created_at timestamptz, last_message_at timestamptz,
  message_id uuid, message_seq bigint, sender_id uuid, sender_role text, client_msg_id text, message_kind text, body bytea, version integer, flags smallint, file_id uuid,
  sent_at timestamptz, deleted_at timestamptz, mime_type text, size_bytes bigint, file_sealed bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select v.id, v.number, v.kind, v.status, v.last_seq, v.last_change, r.seq,
      case when v.last_seq > r.seq then (select count(*)::integer from (
        select 1 from messages n where n.conversation_id = v.id and n.seq > r.seq and n.sender_id <> current_user_id() limit 100) z) else 0 end,
      v.created_at, v.last_message_at, m.id, m.seq, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.flags, m.file_id, m.created_at, m.deleted_at,
      f.mime_type, f.size_bytes, f.sealed
    from (
      select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where p.user_id = current_user_id() and p.left_at is null and is_clinical_caller()
          and (one is null or c.id = one)
          and (one is not null or (c.kind = any (kinds) and c.status = any (statuses) and (c.last_seq > 0 or c.kind <> 'Consultation')
            and (coalesce(c.last_message_at, c.created_at), c.id) < (before, before_id)))
        order by coalesce(c.last_message_at, c.created_at) desc, c.id desc limit most) v
      cross join lateral (select greatest(v.floor_seq, coalesce(
        (select x.seq from receipts x where x.conversation_id = v.id and x.user_id = current_user_id() and x.kind = 'r' order by x.seq desc limit 1), 0)) seq) r
      left join messages m on m.conversation_id = v.id and m.seq = v.last_seq and v.last_seq > v.floor_seq
      left join files f on f.id = m.file_id and m.deleted_at is null
    order by coalesce(v.last_message_at, v.created_at) desc, v.id desc
$$;
grant create on schema public to colloque_inbox;
alter function inbox(uuid, text[], text[], timestamptz, uuid, integer) owner to colloque_inbox;
revoke create on schema public from colloque_inbox;
revoke all on function inbox(uuid, text[], text[], timestamptz, uuid, integer) from public;
grant execute on function inbox(uuid, text[], text[], timestamptz, uuid, integer) to colloque_app;
