-- The functions below are inlined into policies: unwrapped, they cost a statement about one row nothing, where
-- a scalar sub-select costs it an executor node each (measured: a third of an append; docs/decisions/0003).

-- Who acts, for the length of one transaction. An absent or reset setting reads as null, and null matches no row.
create function current_tenant_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

create function current_user_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;

create function current_caller_role() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.role', true), '') $$;

-- Clinical rows are for those who give and receive care. No administrator's role is here, nor in any policy below that uses it.
create function is_clinical_caller() returns boolean language sql stable parallel safe
  as $$ select current_setting('app.role', true) in ('Patient', 'Practitioner') $$;

-- The conversation whose page is being read; only policies "to colloque_reader" look at it.
create function current_seat_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.seat_id', true), '')::uuid $$;

create function is_platform_caller() returns boolean language sql stable parallel safe
  as $$ select current_setting('app.role', true) in ('PlatformAdmin', 'SuperAdmin') $$;

create function set_caller(tenant uuid, person uuid, role text) returns void language plpgsql
  as $$
begin
  perform set_config('app.tenant_id', coalesce(tenant::text, ''), true),
          set_config('app.user_id', person::text, true),
          set_config('app.role', role, true);
end $$;
