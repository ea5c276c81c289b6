-- The remote room of a visit, the tokens that its two people enter with, and the links by which others come in.

-- Where the room is in its life. A visit without a row here has one nobody has come into yet.
create table teleconsultation_sessions (
  consultation_id uuid primary key references consultations (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  status text not null default 'Pending' check (status in ('Pending', 'Live', 'Ended')),
  created_at timestamptz not null,
  -- When the first came.
  started_at timestamptz,
  ended_at timestamptz,
  check ((status = 'Ended') = (ended_at is not null))
);
alter table teleconsultation_sessions enable row level security;
alter table teleconsultation_sessions force row level security;
-- Whoever sees the visit; the policies of consultations say who that is.
create policy teleconsultation_sessions_participant on teleconsultation_sessions to colloque_app
  using (is_own_tenant(tenant_id) and is_clinical_caller() and exists (select from consultations c where c.id = consultation_id))
  with check (is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = teleconsultation_sessions.tenant_id));
create policy teleconsultation_sessions_end on teleconsultation_sessions for all to colloque_lookup using (true) with check (status = 'Ended');
grant select on teleconsultation_sessions to colloque_app;
grant insert (consultation_id, tenant_id, status, created_at, started_at), update (status, started_at) on teleconsultation_sessions to colloque_app;
grant select (consultation_id, status), update (status, ended_at) on teleconsultation_sessions to colloque_lookup;

-- One a person and visit: found by its keyed hash, kept sealed so that its holder can be told it again. Nobody sees another's.
create table teleconsultation_tokens (
  id uuid not null unique,
  consultation_id uuid not null references consultations (id) on delete restrict,
  user_id uuid not null references users (id) on delete restrict,
  tenant_id uuid not null references organizations (id) on delete restrict,
  hash bytea not null unique check (length(hash) = 32),
  sealed bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > issued_at),
  primary key (consultation_id, user_id)
);
alter table teleconsultation_tokens enable row level security;
alter table teleconsultation_tokens force row level security;
create policy teleconsultation_tokens_own on teleconsultation_tokens to colloque_app
  using (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller())
  with check (user_id = current_user_id() and is_own_tenant(tenant_id) and is_clinical_caller()
              and exists (select from consultations c where c.id = consultation_id and c.tenant_id = teleconsultation_tokens.tenant_id));
create policy teleconsultation_tokens_end on teleconsultation_tokens for all to colloque_lookup using (true) with check (false);
grant select, delete on teleconsultation_tokens to colloque_app;
grant insert (id, consultation_id, user_id, tenant_id, hash, sealed, issued_at, expires_at), update (id, hash, sealed, issued_at, expires_at) on teleconsultation_tokens to colloque_app;
grant select (consultation_id, user_id, hash, expires_at), delete on teleconsultation_tokens to colloque_lookup;

-- A visit that is over has no room and no way into one, whoever or whatever ended it.
create function teleconsultation_end() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update teleconsultation_sessions s set status = 'Ended', ended_at = coalesce(new.closed_at, now()) where s.consultation_id = new.id and s.status <> 'Ended';
  delete from teleconsultation_tokens t where t.consultation_id = new.id;
  return null;
end $$;
create trigger teleconsultation_end after update of status on consultations
  for each row when (new.status in ('Completed', 'Cancelled', 'NoShow') and old.status is distinct from new.status) execute function teleconsultation_end();

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array['teleconsultation_end()'] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
