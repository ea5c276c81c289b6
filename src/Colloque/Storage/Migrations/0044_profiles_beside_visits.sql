-- A practitioner's profile is changed while their visits move, and neither stands in the other's way.
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
