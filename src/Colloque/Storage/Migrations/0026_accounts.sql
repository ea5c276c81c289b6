-- What a person may still change of their own account.

-- False: another's, or none.
create function accounts_rename_passkey(passkey uuid, label text) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with renamed as (update passkeys p set name = label where p.id = passkey and p.user_id = current_user_id() returning 1)
  select exists (select from renamed)
$$;
grant update (name) on passkeys to colloque_lookup;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['accounts_rename_passkey(uuid, text)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
