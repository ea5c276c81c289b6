-- as: setup
-- The role that owns the few SECURITY DEFINER look-ups (sign-in before anyone is known, operational state for
-- administrators). It bypasses nothing: it sees what policies "to colloque_lookup" and column grants show it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'colloque_lookup') then
    create role colloque_lookup nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
-- The role that reads a page for a caller whose seat the function it owns has just checked (read_messages): one check a page, not one a row.
do $$
begin
  if not exists (select from pg_roles where rolname = 'colloque_reader') then
    create role colloque_reader nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
grant colloque_lookup, colloque_reader to colloque_owner;
grant usage, create on schema public to colloque_owner with grant option;
grant usage on schema public to colloque_app, colloque_lookup, colloque_reader;
revoke create on schema public from public;
create schema if not exists keys authorization colloque_owner;
grant usage on schema keys to colloque_app;
