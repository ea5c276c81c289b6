using System.Net;
using Colloque.Load.Chat;
using Colloque.Load.Measure;
using Colloque.Load.Net;
using Colloque.Load.SocketIo;

namespace Colloque.Load.Modes;

/// <summary>Opens many authenticated connections that then say nothing: how fast, and what each costs the server to keep.</summary>
internal sealed class IdleConnections(Options options, Uri url, Watched watched, EventLoop loop)
{
    private const int Parallel = 64;

    private readonly IReadOnlyList<Pair> pairs = Pair.Read(options.Required("pairs"), options.Number("consultations", 50));
    private readonly IPEndPoint address = new(IPAddress.Loopback, url.Port);
    private readonly Histogram times = new();
    private int connected;
    private int failed;
    private int dropped;
    private bool finished;

    /// <summary>Runs, and answers whether every connection stood until the end.</summary>
    public bool Run()
    {
        var count = options.Number("count", 5000);
        // The first ones pay for compiling the path; they are not counted.
        CloseAll(OpenAll(Math.Min(count, 200)));
        loop.Run(() => false, options.Number("settle", 3));
        times.Clear();
        var before = watched.ServerMemory();
        var usedBefore = watched.Now();
        var start = EventLoop.Now;
        var clients = OpenAll(count);
        var seconds = (EventLoop.Now - start) / (double)EventLoop.Ticks(1);
        var used = watched.Now() - usedBefore;
        loop.Run(() => false, options.Number("hold", 5));
        var after = watched.ServerMemory();
        new Report($"Idle connections: {count}")
            .Add("connects", connected / seconds, "/s")
            .Add("connect", times)
            .Add("refused or lost while connecting", failed)
            .Add("lost while idle", dropped)
            .Add("server memory before", before / 1e6, "MB")
            .Add("server memory with them", after / 1e6, "MB")
            .Add("resident memory per connection", (after - before) / 1024.0 / Math.Max(1, connected), "KB")
            .Add(watched, used, connected, "connect")
            .Print(options);
        finished = true;
        CloseAll(clients);
        return failed + dropped == 0;
    }

    private List<IdleClient> OpenAll(int count)
    {
        connected = failed = 0;
        finished = false;
        var clients = new List<IdleClient>(count);
        loop.Run(
            () =>
            {
                while (clients.Count < count && clients.Count - connected - failed < Parallel)
                {
                    var pair = pairs[clients.Count / 2 % pairs.Count];
                    var client = new IdleClient(loop, this, clients.Count % 2 == 0 ? pair.PractitionerToken : pair.PatientToken);
                    clients.Add(client);
                    client.Open(address);
                }

                return connected + failed == count;
            },
            120);
        return clients;
    }

    private void CloseAll(List<IdleClient> clients)
    {
        finished = true;
        foreach (var client in clients)
            client.Dispose();
    }

    private sealed class IdleClient(EventLoop loop, IdleConnections run, string token)
        : SocketIoClient(loop, new Uri($"http://{run.address}"), "/socket.io/", "/consultations", $$"""{"token":"{{token}}"}""")
    {
        private readonly long start = EventLoop.Now;
        private bool inside;

        protected override void OnConnected()
        {
            inside = true;
            run.connected++;
            run.times.Add(EventLoop.Now - start);
        }

        protected override void OnRefused(ReadOnlySpan<byte> reason) => Close(Fields.Code(reason));

        protected override void OnEvent(ReadOnlySpan<byte> json)
        {
        }

        protected override void OnAck(long id, ReadOnlySpan<byte> json)
        {
        }

        protected override void Closed(string reason)
        {
            if (run.finished)
                return;
            _ = inside ? run.dropped++ : run.failed++;
            if (run.failed + run.dropped <= 3)
                Console.Error.WriteLine($"a connection ended: {reason}");
        }
    }
}
