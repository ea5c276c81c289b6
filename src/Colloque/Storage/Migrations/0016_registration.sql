-- Registration, which looks at organizations (0012) and practitioners (0013); and sign-in's view of a person, with their picture.

-- Makes an account that nobody has shown to own yet. Outcomes: made (or made anew, while its address is unverified) · known · none, where no
-- organization fits. The password is believed once the link of its own mail is followed (accounts_verify_email).
create function accounts_register(person uuid, address text, first text, last text, lang text, what text, short_name text, honorific text, field text,
  new_hash text, now timestamptz)
returns table (outcome text, user_id uuid, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare known users; home record;
begin
  -- Two registrations of one address at once: the second one finds the first's.
  perform pg_advisory_xact_lock(hashtextextended('register ' || address, 0));
  select * into known from users u where u.email = address;
  if found and known.email_verified_at is not null then
    return query select 'known', known.id, known.language; return;
  end if;
  if known.id is null then
    select null::uuid as organization_id, false as trusted into home;
    if what = 'Patient' then
      select o.organization_id, o.auto_approve and o.by_domain as trusted into home from organizations_open_to(address, short_name) o limit 1;
      if not found then return query select 'none', null::uuid, coalesce(lang, 'en'); return; end if;
    end if;
    -- A practitioner is looked at by the platform before anyone finds them; an organization may trust its own domain.
    insert into users (id, tenant_id, email, name, first_name, last_name, role, language, created_at, approved_at)
      values (person, home.organization_id, address, first || ' ' || last, first, last, what, coalesce(lang, 'en'), now,
        case when what = 'Practitioner' or home.trusted then now end);
    if what = 'Practitioner' then perform practitioners_apply(person, honorific, field); end if;
    known.id := person; known.language := coalesce(lang, 'en');
  end if;
  insert into credentials (user_id, password_hash, changed_at) values (known.id, new_hash, now)
    on conflict (user_id) do update set password_hash = new_hash, changed_at = now;
  return query select 'made', known.id, known.language;
end $$;

create or replace function accounts_person(person uuid)
returns table (user_id uuid, tenant_id uuid, role text, email text, name text, first_name text, last_name text, language text, organization_name text,
  avatar_url text, verified boolean, approved boolean, totp boolean, passkeys integer, recovery_left integer, security_version integer, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.tenant_id, u.role, u.email, u.name, u.first_name, u.last_name, u.language, o.name, picture_url(u.id, 'Avatar'),
      u.email_verified_at is not null, u.approved_at is not null,
      exists (select from second_factors f where f.user_id = u.id and f.confirmed_at is not null), accounts_passkey_count(u.id),
      (select count(*)::integer from recovery_codes r where r.user_id = u.id and r.used_at is null),
      u.security_version, u.deactivated_at is null and o.deactivated_at is null
    from users u left join organizations o on o.id = u.tenant_id where u.id = person
$$;

grant create on schema public to colloque_lookup;
revoke all on function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) from public;
grant execute on function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) to colloque_app;
alter function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) owner to colloque_lookup;
revoke create on schema public from colloque_lookup;
