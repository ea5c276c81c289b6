using System.Buffers.Text;
using System.Net;
using System.Text;
using Colloque.Load.Measure;
using Colloque.Load.Net;
using Colloque.Load.SocketIo;

namespace Colloque.Load.Modes;

/// <summary>
/// The Socket.IO server alone, against the test host's <c>/real/</c>: everybody says things to a room of a few. A message is done when its sender has its own copy,
/// or with <c>--ack</c> the ack of it, for a host that acks <c>say-all</c>.
/// </summary>
internal sealed class Broadcast(Options options, Uri url, Watched watched, EventLoop loop)
{
    private readonly IPEndPoint address = new(IPAddress.Loopback, url.Port);
    private readonly Histogram times = new();
    private readonly int inFlight = options.Number("in-flight", 4);
    private readonly bool withAck = options.Has("ack");
    private long sent;
    private long done;
    private long received;
    private long outOfOrder;
    private long lost;
    private int joined;
    private bool sending = true;
    private bool measuring;

    /// <summary>Runs, and answers whether nothing was lost.</summary>
    public bool Run()
    {
        var rooms = options.Number("rooms", 50);
        var members = options.Number("members", 2);
        var seconds = options.Number("seconds", 5);
        var path = options.Text("path", "/real/");
        var clients = Enumerable.Range(0, rooms * members).Select(i => new Member(loop, this, path, i / members, i)).ToArray();
        foreach (var client in clients)
            client.Open(address);
        if (!loop.Run(() => joined == clients.Length, 20))
            throw new InvalidOperationException($"Only {joined} of {clients.Length} joined.");
        foreach (var client in clients)
            client.Begin();
        loop.Run(() => false, options.Number("warm-up", 2));
        var (before, doneBefore, receivedBefore, start) = (watched.Now(), done, received, EventLoop.Now);
        measuring = true;
        loop.Run(() => false, seconds);
        measuring = false;
        var took = (EventLoop.Now - start) / (double)EventLoop.Ticks(1);
        var (used, doneIn, receivedIn) = (watched.Now() - before, done - doneBefore, received - receivedBefore);
        sending = false;
        loop.Run(() => received == sent * members, 5);
        new Report($"Broadcast, no database: {rooms} rooms of {members}, {inFlight} in flight a member{(withAck ? ", acked" : "")}, {seconds} s")
            .Add("messages", doneIn / took, "/s")
            .Add("deliveries", receivedIn / took, "/s")
            .Add("round trip", times)
            .Add("lost", (sent * members) - received)
            .Add("out of order", outOfOrder)
            .Add("connections lost", lost)
            .Add(watched, used, doneIn)
            .Print(options);
        return received == sent * members && outOfOrder + lost == 0;
    }

    private sealed class Member : SocketIoClient
    {
        private static readonly byte[] End200 = Encoding.ASCII.GetBytes("," + '"' + new string('.', 200) + "\"]");

        private readonly Broadcast run;
        private readonly int index;
        private readonly byte[] join;
        private readonly byte[] say;
        private readonly long[] startedAt = new long[1 << 12];
        private readonly Dictionary<long, long> newest = [];
        private long count;
        private long acked;

        public Member(EventLoop loop, Broadcast run, string path, int room, int index)
            : base(loop, new Uri($"http://{run.address}"), path, "/", "")
        {
            this.run = run;
            this.index = index;
            join = Encoding.ASCII.GetBytes($"[\"join\",\"r{room}\"]");
            say = Encoding.ASCII.GetBytes($"[\"say-all\",\"r{room}\",{index},");
        }

        /// <summary>Sends the first ones.</summary>
        public void Begin()
        {
            for (var i = 0; i < run.inFlight; i++)
                Say();
            Flush();
        }

        protected override void OnConnected() => End(Add(Begin(0), join));

        protected override void OnRefused(ReadOnlySpan<byte> reason) => Close("refused");

        protected override void OnAck(long id, ReadOnlySpan<byte> json)
        {
            if (id == 0)
                run.joined++;
            else if (run.withAck)
                Done(acked++);
        }

        protected override void OnEvent(ReadOnlySpan<byte> json)
        {
            if (!json.StartsWith("[\"said\","u8))
                return;
            run.received++;
            var rest = json[8..];
            if (!Utf8Parser.TryParse(rest, out int sender, out var digits) || !Utf8Parser.TryParse(rest[(digits + 1)..], out long place, out _))
                return;
            if (newest.TryGetValue(sender, out var last) && place <= last)
                run.outOfOrder++;
            newest[sender] = place;
            if (sender == index && !run.withAck)
                Done(place);
        }

        protected override void Closed(string reason) => run.lost += run.sending ? 1 : 0;

        private void Done(long place)
        {
            run.done++;
            if (run.measuring)
                run.times.Add(EventLoop.Now - startedAt[place % startedAt.Length]);
            if (run.sending)
                Say();
        }

        private void Say()
        {
            run.sent++;
            startedAt[count % startedAt.Length] = EventLoop.Now;
            var length = Add(run.withAck ? Begin(count + 1) : BeginWithoutAck(), say);
            Utf8Formatter.TryFormat(count++, Loop.Outgoing.AsSpan(length), out var digits);
            End(Add(length + digits, End200));
        }
    }
}
