-- What happens to a conversation by itself is said in it: that it was put away, and that a deputy came in for an urgent message.

-- 1. Silence. Each is put away in a transaction of its own, with the line that says so, in the name of somebody seated: the practitioner, where there is one.
drop function archive_silent(timestamptz, interval, integer);
drop policy conversations_put_away on conversations;
revoke update (archived_at) on conversations from colloque_lookup;
grant select (conversation_id, user_id, role, joined_at, left_at, granted_by) on participants to colloque_lookup;

create function conversations_silent(now timestamptz, silence interval, most integer) returns table (conversation_id uuid, user_id uuid, role text, tenant_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if current_user_id() is not null then return; end if;
  return query
    select c.id, s.user_id, s.role, u.tenant_id
      from conversations c
        cross join lateral (select p.user_id, p.role from participants p where p.conversation_id = c.id and p.left_at is null
                              order by p.role = 'Practitioner' desc, p.granted_by is not null, p.joined_at limit 1) s
        join users u on u.id = s.user_id
      where c.status = 'Open' and c.kind <> 'Consultation' and c.created_at <= conversations_silent.now - silence
        and greatest(c.created_at, c.last_message_at, c.reopened_at) <= conversations_silent.now - silence
      order by c.created_at limit most;
end $$;

-- 2. The deputy to whom an urgent message climbed, until the conversation says so.
alter table urgent_messages add column untold_deputy uuid;
create index urgent_messages_untold on urgent_messages (sent_at) where untold_deputy is not null;
grant update (untold_deputy) on urgent_messages to colloque_lookup;

create or replace function urgent_climb(now timestamptz, usual_seconds integer, most integer) returns table (conversation_id uuid, tenant_id uuid, patient_id uuid, deputy_id uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  due record;
begin
  if current_user_id() is not null then return; end if;
  for due in
    select m.message_id, m.conversation_id, m.tenant_id, m.seq, m.sent_at, x.sender_id, o.practitioner,
        (select u.id from users u join practitioners p on p.user_id = u.id
           where u.id = d.deputy_id and u.role = 'Practitioner' and u.deactivated_at is null and p.status = 'Validated' and (u.tenant_id is null or u.tenant_id = m.tenant_id)) as deputy
      from urgent_messages m
        join conversations v on v.id = m.conversation_id and v.status <> 'Closed'
        join messages x on x.conversation_id = m.conversation_id and x.seq = m.seq and x.deleted_at is null
        cross join lateral (select conversation_practitioner(m.conversation_id) as practitioner) o
        left join deputies d on d.practitioner_id = o.practitioner
      where m.acknowledged_at is null and m.step = 0 and m.sent_at > now - interval '3 days'
        and m.sent_at <= now - coalesce(make_interval(mins => d.after_minutes), make_interval(secs => usual_seconds))
      order by m.sent_at, m.message_id limit most for update of m skip locked
  loop
    update urgent_messages set step = 1, untold_deputy = due.deputy where message_id = due.message_id;
    if due.deputy is not null then
      -- From the urgent message on, and nothing of what was said before it.
      insert into participants as p (conversation_id, user_id, tenant_id, role, joined_at, floor_seq, granted_by)
        values (due.conversation_id, due.deputy, due.tenant_id, 'Practitioner', now, due.seq - 1, due.practitioner)
        on conflict (conversation_id, user_id) do update set
          joined_at = case when p.left_at is null then p.joined_at else now end, granted_by = case when p.left_at is null then p.granted_by else excluded.granted_by end,
          floor_seq = case when p.left_at is null then least(p.floor_seq, excluded.floor_seq) else excluded.floor_seq end, left_at = null;
    end if;
    insert into notifications (id, user_id, kind, conversation_id, cause_id, starts_at, created_at, push_at, mail_at)
      select people_new_id(now), n.person, n.kind, due.conversation_id, due.message_id, due.sent_at, now, now, now
        from (values (coalesce(due.deputy, due.practitioner), case when due.deputy is null then 'UrgentReminder' else 'UrgentEscalated' end), (due.sender_id, 'UrgentWaiting')) as n (person, kind)
      on conflict do nothing;
    conversation_id := due.conversation_id;
    tenant_id := due.tenant_id;
    patient_id := due.sender_id;
    deputy_id := due.deputy;
    return next;
  end loop;
end $$;

create function urgent_untold(most integer) returns table (message_id uuid, conversation_id uuid, practitioner_id uuid, tenant_id uuid, deputy_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if current_user_id() is not null then return; end if;
  return query
    select m.message_id, m.conversation_id, u.id, u.tenant_id, m.untold_deputy
      from urgent_messages m join users u on u.id = conversation_practitioner(m.conversation_id)
      where m.untold_deputy is not null order by m.sent_at limit most;
end $$;

create function urgent_told(message uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if current_user_id() is not null then return; end if;
  update urgent_messages m set untold_deputy = null where m.message_id = message;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare
  f text;
begin
  foreach f in array array['conversations_silent(timestamptz, interval, integer)', 'urgent_untold(integer)', 'urgent_told(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
    execute format('grant execute on function %s to colloque_app', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
