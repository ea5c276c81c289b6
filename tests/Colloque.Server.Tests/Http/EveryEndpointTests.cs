using Colloque.Server.Hosting;
using Colloque.Server.Http;
using Colloque.Server.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Server.Tests.Http;

/// <summary>What is true of every endpoint that the server maps, in the API's description or not.</summary>
public sealed class EveryEndpointTests(MadeCluster made)
{
    /// <summary>Of the frameworks: the description itself, and the door of sockets, whose namespaces ask for a token in CONNECT.</summary>
    private static readonly string[] WithoutRoles = ["/openapi/{documentName}.json", "/socket.io"];

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        using var data = new ClusterFolder();
        await made.CopyToAsync(data.Folder);
        var builder = ServerHost.CreateBuilder(new CommandLine(null, false, data.Folder.Root, []));
        await using var installation = await Installation.OpenAsync(data.Folder, builder.Configuration, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        ServerHost.AddInstallation(builder.Services, installation, builder.Configuration);
        ServerHost.AddServer(builder);
        await using var app = builder.Build();
        ServerHost.Map(app);

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(static s => s.Endpoints).OfType<RouteEndpoint>().ToList();

        Assert.True(endpoints.Count > 60, $"only {endpoints.Count} endpoints");
        Assert.Empty(endpoints
            .Where(static e => e.Metadata.GetMetadata<Access>() is null)
            .Select(static e => e.RoutePattern.RawText ?? "")
            .Where(static path => !WithoutRoles.Any(w => path.TrimEnd('/').StartsWith(w, StringComparison.Ordinal)))
            .Distinct());
    }
}
