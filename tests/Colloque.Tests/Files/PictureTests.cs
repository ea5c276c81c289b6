using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Colloque.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>Pictures: set by whose they are, seen by whoever knows their name, encrypted where they lie.</summary>
public sealed class PictureTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_picture_comes_back_cleaned_to_whoever_knows_its_name()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);

        var url = await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.TalkativeJpeg(6));

        Assert.Equal(PictureCleaning.Run(PictureSamples.TalkativeJpeg(6)).Content, await SeeAsync(clinic, url));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => SeeAsync(clinic, url[..^5] + "x.jpg"))).Kind);
    }

    [Fact]
    public async Task The_one_before_is_gone_with_its_key_and_its_bytes()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var first = await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Jpeg);

        var second = await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Png);

        Assert.Single(clinic.Objects());
        Assert.Equal(1L, await ScalarAsync(clinic, "select count(*) from keys.data_keys where tenant_id = no_tenant_id()"));
        await Assert.ThrowsAsync<Refusal>(() => SeeAsync(clinic, first));
        Assert.NotEmpty(await SeeAsync(clinic, second));
        await Get<RemovePicture>(clinic).RunAsync(clinic.Patient, PictureKind.Avatar, ofOrganization: false, default);
        Assert.Empty(clinic.Objects());
    }

    [Fact]
    public async Task Ten_set_at_once_leave_one()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            try
            {
                await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Png);
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.TooMany)
            {
                // Four of one person at once.
            }
        }));

        Assert.Single(clinic.Objects());
        Assert.Equal(1L, await ScalarAsync(clinic, "select count(*) from pictures"));
    }

    [Fact]
    public async Task A_crash_before_the_bytes_found_their_place_is_made_good_by_the_first_who_looks()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var url = await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Gif);
        var placed = clinic.Objects().Single();
        var incoming = placed.Replace("objects", "incoming", StringComparison.Ordinal);
        File.Move(placed, incoming);

        Assert.Equal(PictureSamples.Gif, await SeeAsync(clinic, url));
        Assert.Equal(placed, clinic.Objects().Single());
    }

    [Fact]
    public async Task Damaged_bytes_are_shown_to_nobody()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        var url = await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Gif);
        var file = clinic.Objects().Single();
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^1]);

        Assert.Equal("file_unreadable", (await Assert.ThrowsAsync<Refusal>(() => SeeAsync(clinic, url))).Code);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("GIF89a"u8));
    }

    [Fact]
    public async Task An_organizations_pictures_are_its_administrators_to_set()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        await Get<SetPicture>(clinic).RunAsync(clinic.Admin, PictureKind.Logo, ofOrganization: true, new MemoryStream(PictureSamples.Webp), default);

        foreach (var caller in (Caller[])[clinic.Patient, clinic.Practitioner, clinic.Admin with { OrganizationId = Guid.Empty }])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => Get<SetPicture>(clinic).RunAsync(caller, PictureKind.Logo, ofOrganization: true, new MemoryStream(PictureSamples.Webp), default));
            Assert.Equal(RefusalKind.Forbidden, refusal.Kind);
        }

        Assert.Equal(1L, await ScalarAsync(clinic, $"select count(*) from pictures where owner_id = '{clinic.Admin.OrganizationId}' and picture_url(owner_id, 'Logo') = '/pictures/' || name"));
    }

    [Fact]
    public async Task The_database_lets_nobody_set_or_see_the_row_of_anothers_picture()
    {
        await using var clinic = await FilesClinic.OpenAsync(postgres);
        await SetAsync(clinic, clinic.Patient, PictureKind.Avatar, PictureSamples.Gif);
        var database = clinic.Services.GetRequiredService<ColloqueDatabase>();
        var forged = $"insert into pictures (id, name, owner_id, kind, size_bytes, sealed, object_key, created_at) values (gen_random_uuid(), repeat('a', 32) || '.jpg', '{clinic.Patient.UserId}', 'Cover', 1, 'x', 'x', now())";
        foreach (var caller in (Caller[])[clinic.OtherPatient, clinic.Admin, clinic.Practitioner])
        {
            await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(caller, forged, [], default));
            await database.ExecuteAsync(caller, "delete from pictures", [], default);
        }

        Assert.Equal(1L, await ScalarAsync(clinic, "select count(*) from pictures"));
    }

    private static T Get<T>(FilesClinic clinic)
        where T : notnull => clinic.Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    private static Task<string> SetAsync(FilesClinic clinic, Caller caller, PictureKind kind, byte[] content) =>
        Get<SetPicture>(clinic).RunAsync(caller, kind, ofOrganization: false, new MemoryStream(content), default);

    private static async Task<byte[]> SeeAsync(FilesClinic clinic, string url)
    {
        var picture = await Get<OpenPicture>(clinic).RunAsync(url["/pictures/".Length..], default);
        await using var content = picture.Content;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static async Task<long> ScalarAsync(FilesClinic clinic, string sql)
    {
        await using var source = NpgsqlDataSource.Create(clinic.Superuser);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
