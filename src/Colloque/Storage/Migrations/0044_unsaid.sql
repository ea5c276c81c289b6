-- 1. A practitioner's profile is changed while their visits move, and neither stands in the other's way.
create or replace function practitioners_save(change jsonb, now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare was users; told boolean;
begin
  -- Not "for update": the keys stay as they are, and whoever refers to this person need not wait. A visit that begins or is called off has the practitioner's profile first
  -- (practice_touch) and refers to the person afterwards: each of the two waited for the other.
  select * into was from users u where u.id = current_user_id() and u.role = 'Practitioner' and current_caller_role() = 'Practitioner' for no key update;
  if not found then return false; end if;
  update users u set
      title = case when change ? 'title' then nullif(change ->> 'title', '') else u.title end,
      specialty = case when change ? 'specialty' then nullif(change ->> 'specialty', '') else u.specialty end,
      first_name = coalesce(change ->> 'firstName', u.first_name),
      last_name = coalesce(change ->> 'lastName', u.last_name),
      name = case when change ? 'firstName' or change ? 'lastName'
        then left(concat_ws(' ', coalesce(change ->> 'firstName', u.first_name, regexp_replace(u.name, '\s*\S+$', '')), coalesce(change ->> 'lastName', u.last_name, regexp_replace(u.name, '^.*\s', ''))), 200)
        else u.name end
    where u.id = was.id
    returning (u.title, u.specialty, u.name) is distinct from (was.title, was.specialty, was.name) into told;
  update practitioners p set
      languages = case when change ? 'languages' then array(select jsonb_array_elements_text(change -> 'languages')) else p.languages end,
      bio = coalesce(change ->> 'bio', p.bio),
      experience = coalesce((change ->> 'experience')::integer, p.experience),
      diplomas = case when change ? 'diplomas' then array(select jsonb_array_elements_text(change -> 'diplomas')) else p.diplomas end,
      offers_video = coalesce((change ->> 'offersVideo')::boolean, p.offers_video),
      offers_phone = coalesce((change ->> 'offersPhone')::boolean, p.offers_phone),
      offers_in_person = coalesce((change ->> 'offersInPerson')::boolean, p.offers_in_person),
      time_zone = coalesce(change ->> 'timeZone', p.time_zone),
      documents_verified = p.documents_verified and not told
        and (not change ? 'diplomas' or p.diplomas = array(select jsonb_array_elements_text(change -> 'diplomas'))),
      status = case when p.status = 'Rejected' then 'Pending' else p.status end,
      rejection_reason = null,
      updated_at = now
    where p.user_id = was.id;
  return true;
end $$;

-- 2. A line that nobody said, as the one of a conversation that was put away for its silence, stands in somebody's name and is nothing that the other has not read. Its numbers are kept
-- beside the counts; null, as nearly everywhere, where there are none.
alter table conversations add unsaid bigint[];
-- The owner too is bound by policies while they are forced.
alter table conversations no force row level security;
alter table messages no force row level security;
update conversations c set unsaid = s.unsaid
  from (select conversation_id, array_agg(seq order by seq) unsaid from messages where kind = 'System' and client_msg_id like 'archived-%' group by 1) s where s.conversation_id = c.id;
alter table conversations force row level security;
alter table messages force row level security;
grant update (unsaid) on conversations to colloque_app;
grant select (unsaid) on conversations to colloque_inbox;
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
        when r.own is not null then least(100, v.last_seq - r.seq - (coalesce(v.sent[array_position(v.senders, me)], 0) - r.own)
            - case when v.unsaid is null then 0 else (select count(*) from messages n where n.conversation_id = v.id and n.seq = any (v.unsaid) and n.seq > r.seq and n.sender_id <> me) end)::integer
        else (select count(*)::integer from (
          select 1 from messages n where n.conversation_id = v.id and n.seq > r.seq and n.sender_id <> me and (n.seq = any (v.unsaid)) is not true limit 100) z) end,
      v.created_at, v.last_message_at, m.id, m.seq, m.sender_id, m.sender_role, m.client_msg_id, m.kind, m.body, m.version, m.flags, m.file_id, m.created_at, m.deleted_at,
      f.mime_type, f.size_bytes, f.sealed
    from (
      select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, c.unsaid, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
        where coalesce(one, (select n.id from conversations n where n.number = numbered)) is not null
          and p.conversation_id = coalesce(one, (select n.id from conversations n where n.number = numbered))
          and p.user_id = me and p.left_at is null and is_clinical_caller() and (kinds is null or c.kind = any (kinds))
      union all
      (select c.id, c.number, c.kind, c.status, c.last_seq, c.last_change, c.created_at, c.last_message_at, c.senders, c.sent, c.unsaid, p.floor_seq from participants p join conversations c on c.id = p.conversation_id
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

-- 3. What waits to be acknowledged is asked for by its conversation.
create index urgent_messages_open on urgent_messages (conversation_id, seq) where acknowledged_at is null;
