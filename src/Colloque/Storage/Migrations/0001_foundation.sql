-- as: setup
-- The role that owns the few SECURITY DEFINER look-ups (sign-in before anyone is known, operational state for
-- administrators). It bypasses nothing: it sees what policies "to colloque_lookup" and column grants show it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'colloque_lookup') then
    create role colloque_lookup nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
grant colloque_lookup to colloque_owner;
grant usage, create on schema public to colloque_owner with grant option;
grant usage on schema public to colloque_app, colloque_lookup;
revoke create on schema public from public;
create schema if not exists keys authorization colloque_owner;
grant usage on schema keys to colloque_app;
