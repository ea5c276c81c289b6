using Colloque.Storage;
using Colloque.Testing;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Storage;

/// <summary>What was there before an upgrade is there after it, and nobody is locked out by it.</summary>
public sealed class UpgradeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task People_of_the_first_release_count_as_verified_and_its_practitioners_as_validated()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await Migrator.RunAsync(database.Superuser, new() { Migrations = [.. Migration.Embedded.Where(static m => string.CompareOrdinal(m.Name, "0009") < 0)] });
        await TestDatabase.ExecuteAsync(
            database.Superuser,
            """
            insert into organizations (id, name, slug, created_at) values ('00000000-0000-7000-8000-000000000001', 'Clinic', 'clinic', now());
            insert into users (id, tenant_id, email, name, title, specialty, role, language, created_at) values
              ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'amina@clinic.example', 'Amina Rahal', 'Dr', 'Psychologue', 'Practitioner', 'fr', now()),
              ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', 'nadia@clinic.example', 'Nadia Benali', null, null, 'Patient', 'fr', now());
            """);

        await Migrator.RunAsync(database.Superuser);

        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from users where email_verified_at is null or approved_at is null"));
        Assert.Equal("Validated fr", await ScalarAsync(database, "select status || ' ' || array_to_string(languages, ',') from practitioners"));
        await TestDatabase.ExecuteAsync(database.Superuser, "set role colloque_app; select set_caller('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003', 'Patient')");
        Assert.Equal(1L, await ScalarAsync(database, "select count(*) from practitioners p join users u on u.id = p.user_id where u.title = 'Dr'"));
    }

    [Fact]
    public async Task Visits_from_before_practitioners_without_an_organization_keep_their_people()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await Migrator.RunAsync(database.Superuser, new() { Migrations = [.. Migration.Embedded.Where(static m => string.CompareOrdinal(m.Name, "0018") < 0)] });
        await TestDatabase.ExecuteAsync(
            database.Superuser,
            """
            insert into organizations (id, name, slug, created_at) values ('00000000-0000-7000-8000-000000000001', 'Clinic', 'clinic', now());
            insert into users (id, tenant_id, email, name, role, created_at) values
              ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'amina@clinic.example', 'Amina Rahal', 'Practitioner', now()),
              ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', 'nadia@clinic.example', 'Nadia Benali', 'Patient', now());
            insert into consultations (id, tenant_id, patient_id, practitioner_id, status, format, scheduled_at, duration_minutes, created_at) values
              ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002', 'Scheduled', 'Video', now(), 50, now());
            insert into conversations (id, tenant_id, kind, created_at) values ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', 'Consultation', now());
            insert into participants (conversation_id, user_id, tenant_id, role, joined_at) values
              ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'Practitioner', now());
            """);

        await Migrator.RunAsync(database.Superuser);

        Assert.Equal(1L, await ScalarAsync(database, "select count(*) from consultations c join participants p on p.conversation_id = c.id and p.user_id = c.practitioner_id"));
        // The keys to people still hold.
        await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.ExecuteAsync(database.Superuser, "delete from users where role = 'Practitioner'"));
        await Assert.ThrowsAsync<PostgresException>(() => TestDatabase.ExecuteAsync(database.Superuser, "update consultations set practitioner_id = gen_random_uuid()"));
    }

    [Fact]
    public async Task Conversations_from_before_what_each_has_sent_was_counted_know_it_afterwards()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await Migrator.RunAsync(database.Superuser, new() { Migrations = [.. Migration.Embedded.Where(static m => string.CompareOrdinal(m.Name, "0036") < 0)] });
        await TestDatabase.ExecuteAsync(
            database.Superuser,
            """
            insert into organizations (id, name, slug, created_at) values ('00000000-0000-7000-8000-000000000001', 'Clinic', 'clinic', now());
            insert into users (id, tenant_id, email, name, first_name, last_name, role, created_at) values
              ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'amina@clinic.example', 'Amina Rahal', 'Amina', 'Rahal', 'Practitioner', now()),
              ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000001', 'nadia@clinic.example', 'Nadia Benali', 'Nadia', 'Benali', 'Patient', now());
            insert into conversations (id, tenant_id, kind, last_seq, created_at) values
              ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000001', 'Consultation', 3, now()), ('00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000001', 'Consultation', 0, now());
            insert into messages (id, tenant_id, conversation_id, seq, sender_id, sender_role, client_msg_id, kind, body, created_at)
              select gen_random_uuid(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000004', n, ('00000000-0000-7000-8000-00000000000' || case n when 2 then 3 else 2 end)::uuid, 'Patient', 'm' || n, 'Text', 'x', now()
              from generate_series(1, 3) n;
            """);

        await Migrator.RunAsync(database.Superuser);

        Assert.Equal("{2,1} {}", await ScalarAsync(database, "select string_agg(sent::text, ' ' order by id) from conversations"));
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.Superuser);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
