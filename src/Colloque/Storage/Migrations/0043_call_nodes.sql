-- Calls of an installation with more than one node: what another node sees is looked at again only once it may be due, and what one has not heard of can be asked for.

drop function calls_due(uuid[], timestamptz, interval, interval, interval);

-- The sweep's look: notes whom this process sees, and names the live calls in which something may be due. One at a time; the server's own alone.
create function calls_due(here uuid[], now timestamptz, ring interval, connect interval, seen_every interval, keeps interval)
returns table (consultation_id uuid, call_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null or not pg_try_advisory_xact_lock(hashtext('colloque calls')) then return; end if;
  update call_members m set seen_at = calls_due.now where m.peer_id = any (here) and m.left_at is null and m.seen_at <= calls_due.now - seen_every;
  return query select c.consultation_id, c.id from calls c
    where c.ended_at is null
      and (case c.state when 'Ringing' then c.started_at <= calls_due.now - ring when 'Connected' then false else c.accepted_at <= calls_due.now - connect end
        -- Nobody is away for longer than since any node last saw them.
        or exists (select from call_members m where m.call_id = c.id and m.left_at is null and m.seen_at <= calls_due.now - keeps and not (m.peer_id = any (here))));
end $$;

-- Of calls that a process knows at a revision, those that have moved on since; the server's own alone.
create function calls_moved(known uuid[], revisions integer[]) returns table (consultation_id uuid, call_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.consultation_id, c.id from unnest(known, revisions) k (id, revision) join calls c on c.id = k.id and c.revision > k.revision where current_user_id() is null
$$;

grant create on schema public to colloque_lookup;
do $$
declare
  f text;
begin
  foreach f in array array['calls_due(uuid[], timestamptz, interval, interval, interval, interval)', 'calls_moved(uuid[], integer[])'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
    execute format('grant execute on function %s to colloque_app', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
