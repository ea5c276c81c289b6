-- Mail that waits to be sent. A row is written in the transaction of what it tells of, so neither exists without the other.
create table mails (
  id uuid primary key,
  kind text not null check (length(kind) between 1 and 40),
  user_id uuid references users (id) on delete set null,
  language text not null check (language in ('fr', 'en', 'es')),
  -- Address, link and names, sealed for this row (docs/subsystems/mail.md); gone once the mail is sent or given up.
  sealed bytea,
  -- Many at once, such as invitations: they go after those somebody waits for.
  bulk boolean not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  failure text check (length(failure) <= 40),
  check ((sealed is null) = (sent_at is not null or failed_at is not null)),
  check (sent_at is null or failed_at is null)
);
create index mails_due on mails (bulk, due_at) where sealed is not null;
create index mails_over on mails (created_at) where sealed is null;
alter table mails enable row level security;
alter table mails force row level security;
-- Anyone may write one, nobody may read one back: the server reads them one at a time, by the functions below.
create policy mails_enqueue on mails for insert to colloque_app
  with check (sealed is not null and attempts = 0 and sent_at is null and failed_at is null and failure is null);
create policy mails_lookup on mails for all to colloque_lookup using (true) with check (true);
grant insert (id, kind, user_id, language, sealed, bulk, created_at, due_at) on mails to colloque_app;
grant select, delete, update (sealed, due_at, attempts, sent_at, failed_at, failure) on mails to colloque_lookup;

-- The next mail that is due, locked until the end of the transaction: two senders never hold the same one, and a sender that dies lets go of it.
create function mails_claim(now timestamptz)
returns table (id uuid, kind text, language text, sealed bytea, attempts integer)
language sql volatile security definer set search_path = public, pg_temp as $$
  select m.id, m.kind, m.language, m.sealed, m.attempts from mails m
    where m.sealed is not null and m.due_at <= now order by m.bulk, m.due_at limit 1 for update skip locked
$$;

create function mails_sent(mail uuid, now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update mails set sealed = null, sent_at = now, attempts = attempts + 1, failure = null where id = mail and sealed is not null
$$;

create function mails_retry(mail uuid, due timestamptz, why text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update mails set due_at = due, attempts = attempts + 1, failure = why where id = mail and sealed is not null
$$;

create function mails_give_up(mail uuid, now timestamptz, why text) returns void
language sql security definer set search_path = public, pg_temp as $$
  update mails set sealed = null, failed_at = now, attempts = attempts + 1, failure = why where id = mail and sealed is not null
$$;

-- For the operator: numbers, no address.
create function mails_counts() returns table (queued bigint, failed bigint, oldest timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) filter (where sealed is not null), count(*) filter (where failed_at is not null), min(created_at) filter (where sealed is not null) from mails
$$;

create function mails_sweep(before timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from mails where sealed is null and created_at < before returning 1) select count(*) from gone
$$;

grant create on schema public to colloque_lookup;
do $$
declare f text;
begin
  foreach f in array array[
    'mails_claim(timestamptz)', 'mails_sent(uuid, timestamptz)', 'mails_retry(uuid, timestamptz, text)',
    'mails_give_up(uuid, timestamptz, text)', 'mails_counts()', 'mails_sweep(timestamptz)']
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to colloque_app', f);
    execute format('alter function %s owner to colloque_lookup', f);
  end loop;
end $$;
revoke create on schema public from colloque_lookup;
