-- Registration looks at what organizations and practitioners brought along (0012, 0013).
alter table organizations add column if not exists domain text;
alter table organizations add column if not exists auto_approve_employees boolean not null default false;
grant select (slug, domain, auto_approve_employees) on organizations to colloque_lookup;

-- Makes an account that nobody has shown to own yet. Outcomes: made (or made anew, while its address is unverified) · known · none, where no
-- organization fits. The password is believed once the link of its own mail is followed (accounts_verify_email).
create function accounts_register(person uuid, address text, first text, last text, lang text, what text, short_name text, honorific text, field text,
  new_hash text, now timestamptz)
returns table (outcome text, user_id uuid, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare known users; home organizations; own boolean;
begin
  -- Two registrations of one address at once: the second one finds the first's.
  perform pg_advisory_xact_lock(hashtextextended('register ' || address, 0));
  select * into known from users u where u.email = address;
  if found and known.email_verified_at is not null then
    return query select 'known', known.id, known.language; return;
  end if;
  if known.id is null then
    if what = 'Patient' then
      select o.id, o.domain is not null and o.domain = split_part(address, '@', 2) into home.id, own from organizations o
        where o.deactivated_at is null and case when short_name is null then o.domain = split_part(address, '@', 2) else o.slug = short_name end;
      if home.id is null then return query select 'none', null::uuid, coalesce(lang, 'en'); return; end if;
    end if;
    insert into users (id, tenant_id, email, name, first_name, last_name, title, specialty, role, language, created_at, approved_at)
      values (person, home.id, address, first || ' ' || last, first, last, case what when 'Practitioner' then honorific end,
        case what when 'Practitioner' then field end, what, coalesce(lang, 'en'), now,
        -- A practitioner is looked at by the platform before anyone finds them; an organization may trust its own domain.
        case when what = 'Practitioner' or (own and (select o.auto_approve_employees from organizations o where o.id = home.id)) then now end);
    if what = 'Practitioner' and to_regprocedure('practitioners_apply(uuid, text, text)') is not null then
      execute 'select practitioners_apply($1, $2, $3)' using person, honorific, field;
    end if;
    known.id := person; known.language := coalesce(lang, 'en');
  end if;
  insert into credentials (user_id, password_hash, changed_at) values (known.id, new_hash, now)
    on conflict (user_id) do update set password_hash = new_hash, changed_at = now;
  return query select 'made', known.id, known.language;
end $$;

grant create on schema public to colloque_lookup;
revoke all on function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) from public;
grant execute on function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) to colloque_app;
alter function accounts_register(uuid, text, text, text, text, text, text, text, text, text, timestamptz) owner to colloque_lookup;
revoke create on schema public from colloque_lookup;
