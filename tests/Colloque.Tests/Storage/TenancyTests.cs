using Colloque.Conversations;
using Colloque.Security;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Storage;

/// <summary>The database refuses by itself: whoever speaks as the runtime role sees what the caller may see, and nothing without one. ASVS 8.2.2, 8.4.1.</summary>
public sealed class TenancyTests(PostgresFixture postgres)
{
    /// <summary>Tables whose rows the caller of a test has no claim to, in any role; every other table must be empty to them too.</summary>
    private const string Tables =
        """
        select format('%I.%I', n.nspname, c.relname), c.relrowsecurity, c.relforcerowsecurity, (select count(*) from pg_policy p where p.polrelid = c.oid)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%' order by 1
        """;

    [Fact]
    public async Task Every_table_forces_row_level_security_and_has_a_policy()
    {
        await using var world = await World.CreateAsync(postgres);
        var tables = await TablesAsync(world);
        Assert.True(tables.Count >= 18, $"only {tables.Count} tables");
        Assert.All(tables, static t => Assert.True(t.Enabled && t.Forced && t.Policies > 0, $"{t.Name}: enabled {t.Enabled}, forced {t.Forced}, policies {t.Policies}"));
    }

    [Fact]
    public async Task The_runtime_role_owns_nothing_and_bypasses_nothing()
    {
        await using var world = await World.CreateAsync(postgres);
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('colloque_app', 'colloque_lookup', 'colloque_reader', 'colloque_writer', 'colloque_inbox') and relkind in ('r', 'p', 'v')"));
        Assert.False(await world.ScalarAsync<bool>("select bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) from pg_roles where rolname in ('colloque_app', 'colloque_lookup', 'colloque_reader', 'colloque_writer', 'colloque_inbox', 'colloque_owner')"));
        Assert.False(await world.ScalarAsync<bool>("select pg_has_role('colloque_app', 'colloque_owner', 'member') or pg_has_role('colloque_app', 'colloque_lookup', 'member') or pg_has_role('colloque_app', 'colloque_reader', 'member') or pg_has_role('colloque_app', 'colloque_writer', 'member') or pg_has_role('colloque_app', 'colloque_inbox', 'member')"));
        Assert.False(await world.ScalarAsync<bool>("select has_schema_privilege('colloque_app', 'public', 'create')"));
    }

    [Fact]
    public async Task Another_tenants_an_admins_an_empty_and_no_caller_see_no_row_of_any_table()
    {
        await using var world = await World.CreateAsync(postgres);
        await FillAsync(world);
        var tables = await TablesAsync(world);
        // The control: the tables are not empty, and a participant does see them.
        Assert.True(await world.ScalarAsync<long>("select count(*) from messages") > 0);
        Assert.Equal(2, await VisibleAsync(world, "public.messages", world.Patient));

        Caller?[] callers =
        [
            world.Admin,
            null,
            world.Admin with { Role = Role.PlatformAdmin, OrganizationId = Guid.Empty },
            world.Admin with { Role = Role.SuperAdmin, OrganizationId = Guid.Empty },
            // A practitioner's id under an administrator's role, and an administrator's under a practitioner's.
            world.Practitioner with { Role = Role.OrganizationAdmin },
            // A practitioner without an organization, whom nobody has chosen.
            world.OtherFreelance,
        ];
        foreach (var table in tables.Select(static t => t.Name))
        {
            foreach (var caller in callers)
            {
                if (caller is not null && IsAdministered(table, caller.Role))
                {
                    continue;
                }

                Assert.True(await VisibleAsync(world, table, caller) == 0, $"{table} shows rows to {caller?.Role.ToString() ?? "nobody"}");
            }
        }
    }

    [Fact]
    public async Task Whose_tenant_a_row_is_of_is_nowhere_a_claim_by_itself()
    {
        await using var world = await World.CreateAsync(postgres);
        const string Bare =
            """
            select coalesce(string_agg(tablename || ': ' || policyname, ', '), '') from pg_policies, unnest(array[qual, with_check]) said
            where said like '%is_own_tenant%' and said !~ 'current_user_id\(\)|EXISTS'
            """;
        Assert.Equal("", await world.ScalarAsync<string>(Bare));
        Assert.True(await world.ScalarAsync<long>("select count(*) from pg_policies where qual like '%is_own_tenant%'") > 10);
    }

    [Fact]
    public async Task An_administrator_sees_the_own_organization_and_its_staff_list_and_no_others()
    {
        await using var world = await World.CreateAsync(postgres);
        await TestDatabase.ExecuteAsync(world.Database.Superuser, "update users set email_verified_at = now(), approved_at = now()");
        Assert.Equal(3L, await world.ScalarAsync<long>("select count(*) from employees"));
        Assert.Equal(2, await VisibleAsync(world, "employees", world.Admin));
        Assert.Equal(1, await VisibleAsync(world, "organizations", world.Admin));
        Assert.Equal(1, await VisibleAsync(world, "employees", world.Patient));
        Assert.Equal(0, await VisibleAsync(world, "employees", world.Practitioner));
        Assert.Equal(2, await VisibleAsync(world, "organizations", world.Admin with { Role = Role.PlatformAdmin, OrganizationId = Guid.Empty }));
    }

    [Fact]
    public async Task A_stranger_sees_nothing_of_another_organization_nor_of_a_conversation_without_a_seat()
    {
        await using var world = await World.CreateAsync(postgres);
        await FillAsync(world);
        foreach (var table in (string[])["consultations", "consultation_events", "conversations", "participants", "messages", "message_versions", "receipts", "reactions", "files", "queue_items", "slot_holds", "waiting_list_entries", "keys.data_keys"])
        {
            Assert.True(await VisibleAsync(world, table, world.Stranger) == 0, $"{table} shows rows to another organization");
            Assert.True(await VisibleAsync(world, table, world.OtherPatient) == 0, $"{table} shows rows to another patient");
            // The right person under the wrong tenant.
            Assert.True(await VisibleAsync(world, table, world.Patient with { OrganizationId = world.Stranger.OrganizationId }) == 0, $"{table} shows rows across tenants");
        }
    }

    [Fact]
    public async Task Without_a_seat_nothing_can_be_written_either()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await FillAsync(world);
        foreach (var caller in (Caller[])[world.Stranger, world.OtherPatient, world.Admin])
        {
            var insert = $"insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, created_at) values (gen_random_uuid(), '{caller.OrganizationId}', '{id}', 99, '{caller.UserId}', 'Patient', 'x', 'Text', 'x', now())";
            await Assert.ThrowsAsync<PostgresException>(() => world.Runtime.ExecuteAsync(caller, insert, [], CancellationToken.None));
            await world.Runtime.ExecuteAsync(caller, $"update conversations set last_seq = 0 where id = '{id}'", [], CancellationToken.None);
        }

        Assert.Equal(2L, await world.ScalarAsync<long>($"select last_seq from conversations where id = '{id}'"));
    }

    [Fact]
    public async Task The_function_that_reads_a_page_shows_nothing_to_who_has_no_seat_even_if_the_settings_were_forged_before()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await FillAsync(world);
        foreach (var caller in (Caller[])[world.Stranger, world.OtherPatient, world.Admin, world.Practitioner with { Role = Role.OrganizationAdmin }, world.Patient with { OrganizationId = world.Stranger.OrganizationId }])
        {
            var rows = 0;
            var sql = $"select * from (select set_config('app.seat_id', '{id}', true)) s, read_messages('{caller.OrganizationId}', '{caller.UserId}', '{caller.Role}', '{id}', 'b', 1000, '{id}', 50)";
            await world.Runtime.ReadAsync(caller, sql, [], _ => rows++, CancellationToken.None);
            Assert.Equal(0, rows);
            await world.Runtime.ReadAsync(caller, $"select count(*) from (select set_config('app.seat_id', '{id}', true)) s, messages", [], r => rows = (int)r.GetInt64(0), CancellationToken.None);
            Assert.Equal(0, rows);
        }
    }

    [Fact]
    public async Task A_sender_cannot_write_in_anothers_name()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await FillAsync(world);
        var forged = $"insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, created_at) values (gen_random_uuid(), '{world.Patient.OrganizationId}', '{id}', 99, '{world.Practitioner.UserId}', 'Practitioner', 'x', 'Text', 'x', now())";
        await Assert.ThrowsAsync<PostgresException>(() => world.Runtime.ExecuteAsync(world.Patient, forged, [], CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_does_not_outlive_its_transaction()
    {
        await using var world = await World.CreateAsync(postgres);
        await FillAsync(world);
        await using var connection = await world.Runtime.Source.OpenConnectionAsync();
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { new($"select set_caller('{world.Patient.OrganizationId}', '{world.Patient.UserId}', 'Patient')"), new("select count(*) from messages") } })
        {
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.NextResultAsync();
            await reader.ReadAsync();
            Assert.Equal(2L, reader.GetInt64(0));
        }

        await using var after = new NpgsqlCommand("select count(*) from messages", connection);
        Assert.Equal(0L, await after.ExecuteScalarAsync());
    }

    /// <summary>What administrators are there for: not a row of it is of anybody's care.</summary>
    private static bool IsAdministered(string table, Role role) => role switch
    {
        Role.OrganizationAdmin => table is "public.organizations" or "public.employees" or "public.employee_imports" or "public.employee_import_rows",
        Role.PlatformAdmin or Role.SuperAdmin => table is "public.organizations",
        _ => false,
    };

    private static async Task<Guid> FillAsync(World world)
    {
        var id = await world.ConsultationAsync();
        var said = await world.SayAsync(world.Patient, id, "one");
        await world.SayAsync(world.Practitioner, id, "two");
        await world.Log.AdvanceAsync(world.Practitioner, id, said.Id, ReceiptKind.Read);
        await world.RunAsync(world.Practitioner, (ReactToMessage verb) => verb.RunAsync(id, said.Id, "👍", true, CancellationToken.None));
        await world.RunAsync(world.Patient, (EditMessage verb) => verb.RunAsync(id, said.Id, "one, again", CancellationToken.None));
        await world.RunAsync(world.Patient, (Colloque.Consultations.JoinConsultation verb) => verb.RunAsync(id, CancellationToken.None));
        await TestDatabase.ExecuteAsync(
            world.Database.Superuser,
            $"""
            insert into waiting_list_entries (id, tenant_id, practitioner_id, patient_id, created_at)
              select gen_random_uuid(), tenant_id, practitioner_id, patient_id, now() from consultations where id = '{id}';
            insert into slot_holds (id, tenant_id, practitioner_id, patient_id, starts_at, ends_at, expires_at, entry_id)
              select gen_random_uuid(), tenant_id, practitioner_id, patient_id, now(), now() + interval '1 hour', now() + interval '1 hour', id from waiting_list_entries;
            """);
        return id;
    }

    private static async Task<int> VisibleAsync(World world, string table, Caller? caller)
    {
        var count = 0L;
        try
        {
            await world.Runtime.ReadAsync(caller, $"select count(*) from {table}", [], r => count = r.GetInt64(0), CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }

        return (int)count;
    }

    private static async Task<List<(string Name, bool Enabled, bool Forced, long Policies)>> TablesAsync(World world)
    {
        var tables = new List<(string, bool, bool, long)>();
        await using var source = NpgsqlDataSource.Create(world.Database.Superuser);
        await using var command = source.CreateCommand(Tables);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            tables.Add((reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetInt64(3)));
        }

        return tables;
    }
}
