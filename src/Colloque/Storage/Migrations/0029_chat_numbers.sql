-- What document 004's chats need: whom two numbers name, whose faces a list shows; and for live deliveries from when on each seat may hear. Notices that their owner put away.

-- Who the caller talks to when they name a chat by the numbers of its two: `mine` is false where the caller's own place has another's number, `other` null where there is nobody
-- with whom the caller has a care relation.
create function direct_pair(doctor bigint, patient bigint) returns table (mine boolean, other uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select me.number = case me.role when 'Practitioner' then doctor else patient end,
      (select u.id from users u
        where case me.role when 'Practitioner' then u.number = patient and u.role = 'Patient' and has_care_relation(u.id, me.id)
          else u.number = doctor and u.role = 'Practitioner' and has_care_relation(me.id, u.id) end)
    from users me where me.id = current_user_id() and me.role = current_caller_role() and me.role in ('Patient', 'Practitioner')
$$;

-- The pictures of those with whom the caller is seated.
create function conversation_pictures(conversations uuid[]) returns table (user_id uuid, url text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct p.user_id, '/pictures/' || f.name
    from participants mine join participants p on p.conversation_id = mine.conversation_id join pictures f on f.owner_id = p.user_id and f.kind = 'Avatar'
    where mine.conversation_id = any (conversations) and mine.user_id = current_user_id() and mine.left_at is null
$$;

-- With whom the caller may have a chat, and its number where they have one already; `own` is the caller's number.
create function chat_contacts(most integer) returns table (own bigint, user_id uuid, number bigint, name text, title text, url text, chat bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select me.number, u.id, u.number, u.name, u.title, '/pictures/' || f.name, v.number
    from users me
      join lateral (
        select case me.role when 'Patient' then c.practitioner_id else c.patient_id end other from consultations c
          where case me.role when 'Patient' then c.patient_id else c.practitioner_id end = me.id and c.status <> 'Cancelled'
        union
        select case me.role when 'Patient' then r.practitioner_id else r.patient_id end from clinical_records r
          where case me.role when 'Patient' then r.patient_id else r.practitioner_id end = me.id) o on true
      join users u on u.id = o.other and u.deactivated_at is null
      left join pictures f on f.owner_id = u.id and f.kind = 'Avatar'
      left join conversations v on v.kind = 'Direct' and v.patient_id = case me.role when 'Patient' then me.id else u.id end
        and v.practitioner_id = case me.role when 'Patient' then u.id else me.id end
    where me.id = current_user_id() and me.role = current_caller_role() and me.role in ('Patient', 'Practitioner')
    order by u.name, u.id limit most
$$;
grant select (number) on conversations to colloque_lookup;

-- Who is seated in a conversation and after which message, for the server's own deliveries: no person's request may ask for it.
create function conversation_floors(conversation uuid) returns table (user_id uuid, floor_seq bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.user_id, p.floor_seq from participants p where p.conversation_id = conversation and p.left_at is null and p.role <> 'Guest' and current_user_id() is null
$$;

-- Put away, not gone: a reminder's row is what keeps it from being given twice.
alter table notifications add column removed_at timestamptz;
grant update (removed_at) on notifications to colloque_app;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['direct_pair(bigint, bigint)', 'conversation_pictures(uuid[])', 'chat_contacts(integer)', 'conversation_floors(uuid)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to colloque_lookup', f);
    execute format('grant execute on function %s to colloque_app', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
