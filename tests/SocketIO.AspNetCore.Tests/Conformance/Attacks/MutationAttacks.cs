using SocketIO.AspNetCore.Tests.Conformance.Support;

namespace SocketIO.AspNetCore.Tests.Conformance.Attacks;

/// <summary>Proper traffic, spoilt by chance; the chance has a fixed seed, so that what fails once fails again.</summary>
public sealed class MutationAttacks
{
    private const int Sessions = 400;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            "40{\"token\":\"x\"}", "40/custom,{}", "41/custom,", "42[\"message-with-ack\",1,\"é\",{\"a\":[true,null]}]", "4217[\"message-with-ack\"]", "42/custom,3[\"message-with-ack\",{}]",
            "451-[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]", "452-5[\"message-with-ack\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]", "431[1]", "461-1[{\"_placeholder\":true,\"num\":0}]",
            "2probe", "3", "5", "6", "bAQID", "4b", "42[\"e\",\"\\ud83d\\ude00\",1e10]",
        }.Select(EnginePacket.Utf8),
    ];

    [Fact]
    public async Task Spoilt_packets_in_proper_frames_surprise_nobody()
    {
        await using var server = await LocalServer.StartAsync();
        await Parallel.ForAsync(0, Sessions, async (seed, _) =>
        {
            var chance = new Random(seed);
            await using var connection = await ConnectAsync(server);
            for (var n = 0; n < 20; n++)
            {
                var opcode = chance.Next(4) == 0 ? WebSocketFrame.Binary : WebSocketFrame.Text;
                await connection.TrySendAsync(WebSocketFrame.Encode(opcode, Spoil(Seeds[chance.Next(Seeds.Length)], chance)));
            }
        });
        await StandsAsync(server);
    }

    [Fact]
    public async Task Spoilt_frames_surprise_nobody()
    {
        await using var server = await LocalServer.StartAsync();
        await Parallel.ForAsync(0, Sessions, async (seed, _) =>
        {
            var chance = new Random(seed);
            await using var connection = await ConnectAsync(server);
            for (var n = 0; n < 20; n++)
            {
                var frame = WebSocketFrame.Encode(chance.Next(16), Seeds[chance.Next(Seeds.Length)], chance.Next(4) > 0);
                await connection.TrySendAsync(chance.Next(3) == 0 ? Spoil(frame, chance) : frame);
            }
        });
        await StandsAsync(server);
    }

    [Fact]
    public async Task Spoilt_bodies_surprise_nobody()
    {
        // A goodbye waits a moment for the poll that crosses it; on a clock that stands still, for ever.
        await using var server = await LocalServer.StartAsync(options =>
        {
            options.TimeProvider = TimeProvider.System;
            options.PingInterval = options.PingTimeout = options.CloseTimeout = TimeSpan.FromSeconds(1);
        });
        await Parallel.ForAsync(0, Sessions, async (seed, _) =>
        {
            var chance = new Random(seed);
            var session = await PollingClient.OpenAsync(server.Endpoint);
            await session.SendAsync("40");
            for (var n = 0; n < 5; n++)
            {
                byte[] body = [.. Enumerable.Range(0, chance.Next(1, 5)).SelectMany(_ => (byte[])[.. Spoil(Seeds[chance.Next(Seeds.Length)], chance), 0x1e])];
                using var content = new ByteArrayContent(body, 0, body.Length - 1);
                using var answer = await session.PostAsync(content);
                Assert.Contains((int)answer.StatusCode, new[] { 200, 400 });
            }
        });
        await StandsAsync(server);
    }

    [Fact]
    public async Task Polls_posts_upgrades_and_resets_of_one_session_in_any_order_surprise_nobody()
    {
        await using var server = await LocalServer.StartAsync();
        await Parallel.ForAsync(0, Sessions / 2, async (seed, _) =>
        {
            var chance = new Random(seed);
            var session = await PollingClient.OpenAsync(server.Endpoint);
            var moves = Enumerable.Range(0, 8).Select(_ => chance.Next(6)).ToArray();
            await Task.WhenAll(moves.Select(move => MoveAsync(server, session, move)));
        });
        await StandsAsync(server);
    }

    private static async Task MoveAsync(LocalServer server, PollingClient session, int move)
    {
        await using var connection = await RawConnection.OpenAsync(server.Endpoint);
        var path = session.Session.PathAndQuery;
        var upgrade = RawConnection.UpgradeRequest(server.Endpoint, $"?EIO=4&transport=websocket&sid={session.Open.Sid}");
        switch (move)
        {
            case 0:
                await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
                connection.Reset();
                break;
            case 1:
                await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n40");
                await connection.ReadHeadAsync();
                break;
            case 2:
                await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n42[\"m");
                connection.Reset();
                break;
            case 3:
                await connection.SendAsync(upgrade);
                if ((await connection.ReadHeadAsync()).Status == 101)
                {
                    await connection.TrySendAsync([.. WebSocketFrame.Encode(WebSocketFrame.Text, "2probe"u8), .. WebSocketFrame.Encode(WebSocketFrame.Text, "5"u8), .. WebSocketFrame.Encode(WebSocketFrame.Text, "40"u8)]);
                }

                break;
            case 4:
                await connection.SendAsync(upgrade);
                connection.Reset();
                break;
            default:
                await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n1");
                connection.Reset();
                break;
        }
    }

    private static async Task<RawConnection> ConnectAsync(LocalServer server)
    {
        var connection = await RawConnection.UpgradeAsync(server.Endpoint);
        await connection.SendAsync(WebSocketFrame.Encode(WebSocketFrame.Text, "40"u8));
        return connection;
    }

    private static byte[] Spoil(byte[] proper, Random chance)
    {
        var bytes = proper.ToList();
        for (var changes = chance.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = chance.Next(bytes.Count);
            switch (chance.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << chance.Next(8));
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)chance.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, "0123456789[]{}\",:-/"u8[chance.Next(18)..].ToArray());
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Nothing unforeseen was logged, others are served, and every session ends when its time is over.</summary>
    private static async Task StandsAsync(LocalServer server)
    {
        foreach (var transport in Enum.GetValues<Transport>())
        {
            await using var healthy = await server.ConnectAsync(transport);
            await healthy.WorksAsync();
        }

        for (var minute = 0; minute < 3; minute++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await server.HoldsAsync(connections: 0);
        Assert.Empty(server.Faults.Seen);
        Assert.Empty(server.Server.Of("/").Sockets);
    }
}
