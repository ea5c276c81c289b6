create table consultations (
  id uuid primary key,
  tenant_id uuid not null references organizations (id) on delete restrict,
  patient_id uuid not null,
  practitioner_id uuid not null,
  status text not null check (status in ('Scheduled', 'Confirmed', 'InProgress', 'Completed', 'Cancelled', 'NoShow')),
  format text not null check (format in ('Video', 'Audio', 'InPerson')),
  scheduled_at timestamptz not null,
  duration_minutes integer not null check (duration_minutes between 5 and 480),
  started_at timestamptz,
  closed_at timestamptz,
  video_provider text not null default 'livekit' check (video_provider in ('livekit', 'jitsi', 'peer')),
  -- 128 random bits, given once when the visit starts; never derived from an id or a time.
  room_name text,
  created_at timestamptz not null,
  -- The tenant is part of the key to people, so that a consultation cannot join two organizations.
  foreign key (tenant_id, patient_id) references users (tenant_id, id) on delete restrict,
  foreign key (tenant_id, practitioner_id) references users (tenant_id, id) on delete restrict,
  check (patient_id <> practitioner_id)
);
create index consultations_patient on consultations (patient_id, scheduled_at desc, id desc);
create index consultations_practitioner on consultations (practitioner_id, scheduled_at desc, id desc);
alter table consultations enable row level security;
alter table consultations force row level security;
create policy consultations_participant on consultations to colloque_app
  using (tenant_id = current_tenant_id() and is_clinical_caller()
         and current_user_id() in (patient_id, practitioner_id))
  with check (tenant_id = current_tenant_id() and is_clinical_caller()
         and current_user_id() in (patient_id, practitioner_id));
create policy consultations_operational on consultations for select to colloque_lookup using (true);
create policy consultations_operational_close on consultations for update to colloque_lookup using (true) with check (status = 'Completed');
grant select on consultations to colloque_app;
grant insert (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, started_at, closed_at,
  video_provider, room_name, created_at) on consultations to colloque_app;
grant update (status, started_at, closed_at, room_name) on consultations to colloque_app;
-- No name of the other party, no room: the columns are not granted.
grant select (id, tenant_id, status, format, scheduled_at, started_at, closed_at, practitioner_id) on consultations to colloque_lookup;
grant update (status, closed_at) on consultations to colloque_lookup;

create policy users_in_care on users for select to colloque_app
  using (tenant_id = current_tenant_id() and is_clinical_caller()
         and (id = current_user_id()
              or exists (select from consultations c where c.patient_id = users.id or c.practitioner_id = users.id)));

create table consultation_events (
  id uuid primary key,
  tenant_id uuid not null,
  consultation_id uuid not null references consultations (id) on delete restrict,
  type text not null check (type in ('Scheduled', 'Confirmed', 'Cancelled', 'Joined', 'Left', 'Started', 'Ended', 'NoShow')),
  actor_id uuid not null,
  actor_role text not null,
  at timestamptz not null
);
create index consultation_events_consultation on consultation_events (consultation_id, at);
alter table consultation_events enable row level security;
alter table consultation_events force row level security;
create policy consultation_events_participant on consultation_events to colloque_app
  using (tenant_id = current_tenant_id() and exists (select from consultations c where c.id = consultation_id))
  with check (tenant_id = current_tenant_id() and actor_id = current_user_id()
              and exists (select from consultations c where c.id = consultation_id));
create policy consultation_events_operational on consultation_events for insert to colloque_lookup with check (type = 'Ended');
grant select on consultation_events to colloque_app;
grant insert on consultation_events to colloque_app, colloque_lookup;

-- A patient who came before the practitioner. One row a consultation; gone from the queue when left_at is set.
create table queue_items (
  consultation_id uuid primary key references consultations (id) on delete restrict,
  tenant_id uuid not null,
  practitioner_id uuid not null,
  joined_at timestamptz not null,
  left_at timestamptz
);
create index queue_items_waiting on queue_items (practitioner_id, joined_at) where left_at is null;
alter table queue_items enable row level security;
alter table queue_items force row level security;
create policy queue_items_participant on queue_items to colloque_app
  using (tenant_id = current_tenant_id() and exists (select from consultations c where c.id = consultation_id))
  with check (tenant_id = current_tenant_id()
              and exists (select from consultations c where c.id = consultation_id and c.practitioner_id = queue_items.practitioner_id));
create policy queue_items_operational on queue_items for select to colloque_lookup using (true);
create policy queue_items_operational_close on queue_items for update to colloque_lookup using (true) with check (left_at is not null);
grant select on queue_items to colloque_app, colloque_lookup;
grant insert on queue_items to colloque_app;
grant update (joined_at, left_at) on queue_items to colloque_app;
grant update (left_at) on queue_items to colloque_lookup;
