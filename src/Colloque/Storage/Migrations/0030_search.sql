-- Searching is reading: nothing of what people write is kept in the clear, so the words are looked for where they are opened.

-- Messages of several conversations in which the caller has a seat, of each the newest below a number; what is needed to look into them, no more. Runs as
-- colloque_reader, as read_messages does: each conversation's seat is checked once, and policies then show that conversation alone, from where the seat begins.
create function scan_messages(tenant uuid, person uuid, caller_role text, conversations uuid[], below bigint[], most integer, until timestamptz, sender uuid, with_files boolean)
returns table (ord integer, seq bigint, id uuid, sender_id uuid, body bytea, version integer, created_at timestamptz, file_ids uuid[], file_seals bytea[])
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  settings text;
  since bigint;
begin
  settings := set_config('app.tenant_id', tenant::text, true) || set_config('app.user_id', person::text, true) || set_config('app.role', caller_role, true);
  for i in 1 .. cardinality(conversations) loop
    settings := set_config('app.seat_id', '', true) || set_config('app.seat_floor', '', true);
    select p.floor_seq into since from participants p where p.conversation_id = conversations[i] and p.user_id = person and p.left_at is null;
    continue when not found;
    settings := set_config('app.seat_id', conversations[i]::text, true) || set_config('app.seat_floor', since::text, true);
    return query
      select i, m.seq, m.id, m.sender_id, m.body, m.version, m.created_at,
          case when m.file_id is not null then (select array_agg(x.id order by x.id) from files x where x.message_id = m.id and x.status = 'Confirmed') end,
          case when m.file_id is not null then (select array_agg(x.sealed order by x.id) from files x where x.message_id = m.id and x.status = 'Confirmed') end
        from messages m
        where m.conversation_id = conversations[i] and m.seq < below[i] and m.deleted_at is null and m.kind <> 'System'
          and (until is null or m.created_at <= until) and (sender is null or m.sender_id = sender) and (not with_files or m.file_id is not null)
        order by m.seq desc limit most;
  end loop;
end $$;
grant create on schema public to colloque_reader;
alter function scan_messages(uuid, uuid, text, uuid[], bigint[], integer, timestamptz, uuid, boolean) owner to colloque_reader;
revoke create on schema public from colloque_reader;
revoke all on function scan_messages(uuid, uuid, text, uuid[], bigint[], integer, timestamptz, uuid, boolean) from public;
grant execute on function scan_messages(uuid, uuid, text, uuid[], bigint[], integer, timestamptz, uuid, boolean) to colloque_app;
