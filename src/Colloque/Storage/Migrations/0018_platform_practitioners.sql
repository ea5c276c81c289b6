-- The platform's own practitioners have no organization and give care to patients of many. A row keeps the tenant of its patient; who of the platform's
-- own practitioners sees it follows from their part in it alone, which every policy demands besides.

-- True for rows of one's own organization, and for a practitioner who has none: of any. Never a claim by itself. Inlined into policies, as those of 0002:
-- the tenant is compared first, so that members of an organization pay nothing for the rest. The hot path passes "none" as all zeros.
create function is_own_tenant(tenant uuid) returns boolean language sql stable parallel safe
  as $$ select tenant = current_tenant_id()
    or (current_caller_role() = 'Practitioner' and coalesce(current_tenant_id(), no_tenant_id()) = no_tenant_id()) $$;
