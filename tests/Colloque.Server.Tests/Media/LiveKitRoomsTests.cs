using System.Collections.Concurrent;
using Colloque.Consultations;
using Colloque.Server.Media;
using Colloque.Teleconsultation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Colloque.Server.Tests.Media;

/// <summary>Who has to leave LiveKit's rooms is put out, again while an old token could open the door, and not for ever; told to a server that takes orders as LiveKit does.</summary>
public sealed class LiveKitRoomsTests : IAsyncLifetime
{
    private readonly Clock clock = new();
    private readonly ConcurrentQueue<string> orders = new();
    private readonly Guid visit = Guid.CreateVersion7();
    private readonly Guid guest = Guid.CreateVersion7();
    private WebApplication server = null!;
    private LiveKitApi api = null!;
    private LiveKitRooms rooms = null!;
    private string? room = "c-1";
    private int status = 200;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Map("/twirp/livekit.RoomService/{order}", async (string order, HttpContext http) =>
        {
            using var body = new StreamReader(http.Request.Body);
            orders.Enqueue($"{order} {await body.ReadToEndAsync()}");
            http.Response.StatusCode = status;
        });
        await server.StartAsync();
        (api, rooms) = Set(server.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        rooms.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_who_has_to_go_is_put_out_at_once_and_every_quarter_of_a_minute_until_no_old_token_opens_the_door()
    {
        rooms.Announce(new GuestsChanged(visit, [new(guest, Guid.CreateVersion7())]));
        await PassAsync(seconds: 0);
        Assert.Equal([$$"""RemoveParticipant {"room":"c-1","identity":"{{guest}}"}"""], orders);
        await PassAsync(seconds: 14);
        Assert.Single(orders);
        await PassAsync(seconds: 1);
        Assert.Equal(2, orders.Count);
        await PassAsync(seconds: 3600);
        Assert.Equal(1 + (630 / 15), orders.Count);
    }

    [Fact]
    public async Task A_room_that_is_over_is_ended_and_once_more_when_old_tokens_are()
    {
        // Not there is as good as gone.
        status = 404;
        rooms.Announce(new ConsultationClosed(visit, clock.GetUtcNow()));
        await PassAsync(seconds: 629);
        Assert.Equal(["""DeleteRoom {"room":"c-1"}"""], orders);
        await PassAsync(seconds: 3600);
        Assert.Equal(2, orders.Count);
    }

    [Fact]
    public async Task What_livekit_does_not_do_is_tried_again_and_given_up_in_the_end()
    {
        status = 503;
        rooms.Announce(new GuestsChanged(visit, [new(guest, Guid.CreateVersion7())]));
        await PassAsync(seconds: 7);
        Assert.Equal(4, orders.Count);
        await PassAsync(seconds: 3600);
        Assert.InRange(orders.Count, 60, 90);
        var tries = orders.Count;
        status = 200;
        await PassAsync(seconds: 600);
        Assert.Equal(tries, orders.Count);
    }

    [Fact]
    public async Task Who_is_in_again_by_right_is_left_alone_and_where_no_livekit_is_nobody_is_asked()
    {
        rooms.Announce(new GuestsChanged(visit, [new(guest, Guid.CreateVersion7())]));
        await PassAsync(seconds: 20);
        room = null;
        await PassAsync(seconds: 3600);
        Assert.Equal(2, orders.Count);
        foreach (var none in (string?[])[null, ""])
        {
            var (nowhere, still) = Set(none);
            using (nowhere)
            using (still)
            {
                Assert.False(nowhere.IsSet);
                still.Announce(new ConsultationClosed(visit, clock.GetUtcNow()));
                await still.RunDueAsync(CancellationToken.None);
            }
        }

        Assert.Equal(2, orders.Count);
    }

    private (LiveKitApi Api, LiveKitRooms Rooms) Set(string? url)
    {
        var options = new LiveKitOptions { Url = url, ApiKey = "key", ApiSecret = new string('s', 32) };
        var made = new LiveKitApi(options, new LiveKitTokens(options, clock));
        return (made, new(made, (_, _, _) => Task.FromResult(room), clock, NullLogger<LiveKitRooms>.Instance));
    }

    private async Task PassAsync(int seconds)
    {
        await rooms.RunDueAsync(CancellationToken.None);
        for (var second = 0; second < seconds; second++)
        {
            clock.Now += TimeSpan.FromSeconds(1);
            await rooms.RunDueAsync(CancellationToken.None);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.UtcTicks;
    }
}
