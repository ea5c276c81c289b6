-- as: setup
-- Sees seats, heads, marks and last messages across conversations, sealed as they are, by one function that asks whose they are. Never logs in.
do $$ begin
  if not exists (select from pg_roles where rolname = 'colloque_inbox') then
    create role colloque_inbox nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
grant colloque_inbox to colloque_owner;
