-- Who a sign-on provider's subject is here. An address may change hands; a provider's subject does not.
create table external_logins (
  issuer text not null check (length(issuer) between 1 and 500),
  subject text not null check (length(subject) between 1 and 255),
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (issuer, subject),
  unique (user_id, issuer)
);
alter table external_logins enable row level security;
alter table external_logins force row level security;
create policy external_logins_lookup on external_logins for all to colloque_lookup using (true) with check (true);
grant select, insert, delete, update (last_used_at) on external_logins to colloque_lookup;

-- Whom a provider speaks of. Without an address (the provider may not vouch for it) only a link made earlier counts.
-- Outcomes: known · linked (from now on known) · taken (the person is another subject of this provider: the address changed hands) · none.
-- Nobody is linked whose address nobody has shown to read, nor an operator of the platform: whoever runs a provider is not one.
create function accounts_external_login(iss text, sub text, address text, now timestamptz)
returns table (outcome text, user_id uuid, approved boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare person uuid; came text := 'known';
begin
  update external_logins l set last_used_at = now where l.issuer = iss and l.subject = sub returning l.user_id into person;
  if not found then
    select u.id into person from users u left join organizations o on o.id = u.tenant_id
      where u.email = address and u.email_verified_at is not null and u.deactivated_at is null and o.deactivated_at is null
        and u.role not in ('PlatformAdmin', 'SuperAdmin');
    if not found then return query select 'none', null::uuid, false; return; end if;
    insert into external_logins (issuer, subject, user_id, created_at, last_used_at) values (iss, sub, person, now, now) on conflict do nothing;
    came := 'linked';
    if not found then
      -- The same subject, at this very moment, in another tab; or another subject, at any time.
      select l.user_id into person from external_logins l where l.issuer = iss and l.subject = sub;
      if not found then return query select 'taken', null::uuid, false; return; end if;
      came := 'known';
    end if;
  end if;
  return query select came, u.id, u.approved_at is not null from users u where u.id = person;
end $$;

-- An account for somebody the provider vouches for, in the organization whose domain the address has: a patient, never more.
-- Outcomes: made · none (no organization has the domain) · known (the address has an account, which was not to be linked).
create function accounts_external_create(person uuid, iss text, sub text, address text, first text, last text, lang text, now timestamptz)
returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare home uuid; approve boolean;
begin
  -- As registration does (accounts_register): two at once for one address are one after the other.
  perform pg_advisory_xact_lock(hashtextextended('register ' || address, 0));
  if exists (select from users u where u.email = address) then return 'known'; end if;
  select o.id, o.auto_approve_employees into home, approve from organizations o
    where o.domain = split_part(address, '@', 2) and o.deactivated_at is null;
  if not found then return 'none'; end if;
  insert into users (id, tenant_id, email, name, first_name, last_name, role, language, created_at, email_verified_at, approved_at)
    values (person, home, address, first || ' ' || last, first, last, 'Patient', lang, now, now, case when approve then now end);
  insert into external_logins (issuer, subject, user_id, created_at, last_used_at) values (iss, sub, person, now, now);
  return 'made';
end $$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'accounts_external_login(text, text, text, timestamptz)',
    'accounts_external_create(uuid, text, text, text, text, text, text, timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
