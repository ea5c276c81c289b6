-- as: setup
-- Writes what a batch brings for callers whose seats the function it owns has just checked (append_batch): one statement a batch, not one a message. Never logs in.
do $$ begin
  if not exists (select from pg_roles where rolname = 'colloque_writer') then
    create role colloque_writer nologin nosuperuser nobypassrls noinherit;
  end if;
end $$;
grant colloque_writer to colloque_owner;
