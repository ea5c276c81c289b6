-- How conversations about records are used, for the operator's watch: counts rounded down to tens, as of all care; no row and no person.
-- Labels of messages_per_session are the bounds of a histogram, each with what is not above it, and the sum.
create function messaging_counts() returns table (name text, label text, value bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not is_platform_caller() then return; end if;
  return query select 'messaging_messages_per_session', b.label, count(c.id) / 10 * 10
    from (values ('1', 1), ('2', 2), ('5', 5), ('10', 10), ('20', 20), ('50', 50), ('100', 100), ('500', 500), ('+Inf', null::bigint)) b (label, bound)
      left join conversations c on c.kind in ('Prescription', 'Exam') and c.last_seq > 0 and (b.bound is null or c.last_seq <= b.bound)
    group by b.label;
  return query select 'messaging_messages_per_session', 'sum', coalesce(sum(c.last_seq), 0)::bigint / 10 * 10 from conversations c where c.kind in ('Prescription', 'Exam');
  return query select 'messaging_engaged_users', 'total', count(distinct p.person) / 10 * 10
    from conversations c join clinical_records r on r.id = c.id cross join lateral (values (r.patient_id), (r.practitioner_id)) p (person)
    where c.last_message_at > now() - interval '7 days';
end $$;
revoke all on function messaging_counts() from public;
grant execute on function messaging_counts() to colloque_app;
grant create on schema public to colloque_lookup;
alter function messaging_counts() owner to colloque_lookup;
revoke create on schema public from colloque_lookup;
