using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Colloque.Files;
using Colloque.Security;
using Colloque.Server.Files;
using Colloque.Testing;
using Colloque.Tests.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Colloque.Server.Tests.Files;

/// <summary>The storage door on a real port, in front of a small clinic.</summary>
internal sealed class StorageDoor : IAsyncDisposable
{
    private readonly WebApplication app;

    private StorageDoor(FilesClinic clinic, WebApplication app)
    {
        Clinic = clinic;
        this.app = app;
    }

    internal FilesClinic Clinic { get; }

    internal HttpClient Http { get; } = new();

    private string BaseUrl => app.Urls.First();

    internal static async Task<StorageDoor> OpenAsync(PostgresFixture postgres)
    {
        var clinic = await FilesClinic.OpenAsync(postgres);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Below the size of a file, as a host may set it for its other routes.
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 100_000);
        clinic.AddTo(builder.Services);
        var host = builder.Build();
        host.MapStorage();
        await host.StartAsync();
        return new(clinic, host);
    }

    internal Task<PreparedFile> PrepareAsync(long size, string name = "scan.pdf", string type = "application/pdf") =>
        Clinic.PrepareAsync(Clinic.Patient, new(name, type, size, null), baseUrl: BaseUrl);

    internal Task<HttpResponseMessage> PutAsync(string url, byte[] body, string? type = "application/pdf")
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return Http.PutAsync(new Uri(url), content);
    }

    /// <summary>A confirmed file's link, for the other side.</summary>
    internal async Task<string> ShowAsync(byte[] body, string name = "scan.pdf", string type = "application/pdf")
    {
        var prepared = await PrepareAsync(body.Length, name, type);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(prepared.UploadUrl, body, type)).StatusCode);
        await Clinic.ConfirmAsync(Clinic.Patient, prepared.FileId);
        return (await Clinic.DownloadAsync(Clinic.Practitioner, prepared.FileId, baseUrl: BaseUrl)).DownloadUrl;
    }

    internal async Task<HttpResponseMessage> GetAsync(string url, string? range = null, HttpMethod? method = null, string? ifRange = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        if (ifRange is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Range", ifRange);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>A problem of this status and code, and nothing said of the content.</summary>
    internal static async Task RefusesAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Clinic.DisposeAsync();
    }
}

/// <summary>One door for all tests of a class that leave it as they find it.</summary>
public sealed class OpenDoor(PostgresFixture postgres) : IAsyncLifetime
{
    internal StorageDoor Door { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Door = await StorageDoor.OpenAsync(postgres);

    public ValueTask DisposeAsync() => Door.DisposeAsync();
}
