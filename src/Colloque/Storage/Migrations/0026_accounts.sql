-- What a person may still change of their own account.

-- False: another's, or none.
create function accounts_rename_passkey(passkey uuid, label text) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with renamed as (update passkeys p set name = label where p.id = passkey and p.user_id = current_user_id() returning 1)
  select exists (select from renamed)
$$;
grant update (name) on passkeys to colloque_lookup;

-- One's own name and language, whatever one's role. A patient's name follows the staff list; a practitioner's is what their papers were compared with.
create function accounts_change_self(first text, last text, lang text, now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update users u set language = coalesce(lang, u.language) where u.id = current_user_id();
  if current_caller_role() = 'Patient' then
    perform employees_change_self(first, last, null, lang, now);
  elsif first is null and last is null then
    null;
  elsif current_caller_role() = 'Practitioner' then
    perform practitioners_save(jsonb_strip_nulls(jsonb_build_object('firstName', first, 'lastName', last)), now);
  else
    update users u set first_name = coalesce(first, u.first_name), last_name = coalesce(last, u.last_name),
        name = left(concat_ws(' ', coalesce(first, u.first_name, regexp_replace(u.name, '\s*\S+$', '')), coalesce(last, u.last_name, regexp_replace(u.name, '^.*\s', ''))), 200)
      where u.id = current_user_id();
  end if;
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['accounts_rename_passkey(uuid, text)', 'accounts_change_self(text, text, text, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
