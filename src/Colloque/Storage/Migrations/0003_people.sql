create table organizations (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  slug text not null unique check (slug ~ '^[a-z0-9-]{1,60}$'),
  created_at timestamptz not null,
  deactivated_at timestamptz
);
alter table organizations enable row level security;
alter table organizations force row level security;
create policy organizations_own on organizations for select to colloque_app
  using (id = current_tenant_id() and is_clinical_caller());
create policy organizations_create on organizations for insert to colloque_app
  with check (is_platform_caller());
create policy organizations_lookup on organizations for select to colloque_lookup using (true);
grant select on organizations to colloque_app;
grant insert (id, name, slug, created_at) on organizations to colloque_app;
grant select (id, name, deactivated_at) on organizations to colloque_lookup;

create table users (
  id uuid primary key,
  number bigint generated always as identity unique,
  tenant_id uuid references organizations (id) on delete restrict,
  email text not null check (length(email) between 3 and 254 and email = lower(email)),
  name text not null check (length(name) between 1 and 200),
  title text check (length(title) <= 40),
  specialty text check (length(specialty) <= 80),
  role text not null check (role in ('Patient', 'Practitioner', 'OrganizationAdmin', 'PlatformAdmin', 'SuperAdmin')),
  language text not null default 'en' check (language in ('fr', 'en', 'es')),
  security_version integer not null default 1,
  created_at timestamptz not null,
  deactivated_at timestamptz,
  -- Every member of an organization has one; operators of the platform have none.
  check ((tenant_id is null) = (role in ('PlatformAdmin', 'SuperAdmin'))),
  unique (tenant_id, id)
);
create unique index users_email on users (email);
alter table users enable row level security;
alter table users force row level security;
-- The policy to read comes with consultations (0004): oneself, and the other side of one's own consultations.
-- An operator of the platform is made by a super-admin alone.
create policy users_create on users for insert to colloque_app
  with check (is_platform_caller() and (tenant_id is not null or current_caller_role() = 'SuperAdmin'));
create policy users_lookup on users for select to colloque_lookup using (true);
create policy users_first on users for insert to colloque_lookup with check (role = 'SuperAdmin');
grant select on users to colloque_app;
grant insert (id, tenant_id, email, name, title, specialty, role, language, created_at) on users to colloque_app;
grant select on users to colloque_lookup;
grant insert (id, email, name, role, language, created_at) on users to colloque_lookup;

-- Password hashes: no policy lets the runtime role read one; sign-in asks accounts_find_login for one address at a time.
create table credentials (
  user_id uuid primary key references users (id) on delete restrict,
  password_hash text not null,
  changed_at timestamptz not null
);
alter table credentials enable row level security;
alter table credentials force row level security;
create policy credentials_create on credentials for insert to colloque_app with check (is_platform_caller());
create policy credentials_lookup on credentials for all to colloque_lookup using (true) with check (true);
grant insert (user_id, password_hash, changed_at) on credentials to colloque_app;
grant select, insert, update (password_hash, changed_at) on credentials to colloque_lookup;

-- One sign-in on one device: the family of its refresh tokens.
create table sign_ins (
  id uuid primary key,
  user_id uuid not null references users (id) on delete restrict,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  user_agent text not null default '',
  ip inet,
  revoked_at timestamptz,
  revoked_because text
);
create index sign_ins_user on sign_ins (user_id, last_used_at);
alter table sign_ins enable row level security;
alter table sign_ins force row level security;
create policy sign_ins_lookup on sign_ins for all to colloque_lookup using (true) with check (true);
grant select, insert, update on sign_ins to colloque_lookup;

create table refresh_tokens (
  hash bytea primary key check (length(hash) = 32),
  sign_in_id uuid not null references sign_ins (id) on delete cascade,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz
);
create index refresh_tokens_sign_in on refresh_tokens (sign_in_id);
alter table refresh_tokens enable row level security;
alter table refresh_tokens force row level security;
create policy refresh_tokens_lookup on refresh_tokens for all to colloque_lookup using (true) with check (true);
grant select, insert, update, delete on refresh_tokens to colloque_lookup;

-- A link that sets the first super-admin's password: hashed, once, expiring.
create table setup_links (
  hash bytea primary key check (length(hash) = 32),
  user_id uuid not null references users (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
alter table setup_links enable row level security;
alter table setup_links force row level security;
create policy setup_links_lookup on setup_links for all to colloque_lookup using (true) with check (true);
grant select, insert, update on setup_links to colloque_lookup;
