using System.Net;
using System.Text;
using Colloque.Load.Chat;
using Colloque.Load.Measure;
using Colloque.Load.Net;
using Colloque.Load.SocketIo;

namespace Colloque.Load.Modes;

/// <summary>
/// Calls of two, without media: each is begun, answered, and signalled as browsers do (an offer, an answer, a dozen candidates each way, connected), evenly over a
/// while; then all go on at once, each device telling its state every five seconds, and a thirtieth of the calls looking for a new way each second.
/// </summary>
internal sealed class Calls(Options options, Uri url, Watched watched, EventLoop loop)
{
    private const int Candidates = 12;
    private const double StateEvery = 5;

    private readonly IPEndPoint address = new(IPAddress.Loopback, url.Port);

    // Of the second of each two, where the installation has another node.
    private readonly IPEndPoint other = new(IPAddress.Loopback, options.Number("other-port", url.Port));
    private readonly Histogram signals = new();
    private readonly Histogram begun = new();
    private readonly string sdp = string.Concat("v=0\\r\\no=- 1 2 IN IP4 0.0.0.0\\r\\ns=-\\r\\nt=0 0\\r\\n", string.Concat(Enumerable.Repeat($"a={new string('x', 60)}\\r\\n", 55)));
    private long passed;
    private int connected;
    private int talking;
    private int failed;
    private bool finished;

    /// <summary>Runs, and answers whether every call stood until the end.</summary>
    public bool Run()
    {
        var count = options.Number("calls", 500);
        var ramp = options.Number("ramp", 10);
        var seconds = options.Number("seconds", 20);
        var pairs = Pair.Read(options.Required("pairs"), count);
        var devices = pairs.SelectMany(p => new[] { new Device(loop, this, p, true), new Device(loop, this, p, false) }).ToArray();
        for (var i = 0; i < devices.Length; i += 2)
        {
            devices[i].Other = devices[i + 1];
            devices[i + 1].Other = devices[i];
        }

        var opened = 0;
        loop.Run(
            () =>
            {
                while (opened < devices.Length && opened - connected < 64)
                    devices[opened].Open(opened++ % 2 == 0 ? address : other);
                return connected == devices.Length;
            },
            120);
        loop.Run(() => false, options.Number("settle", 3));
        var (memory, before, start) = (watched.ServerMemory(), watched.Now(), EventLoop.Now);
        for (var i = 0; i < count; i++)
            loop.At(start + EventLoop.Ticks(ramp * i / (double)count), devices[2 * i].Start);
        var all = loop.Run(() => talking >= devices.Length, ramp + 60);
        var (setUp, took) = (watched.Now() - before, (EventLoop.Now - start) / (double)EventLoop.Ticks(1));
        loop.Run(() => false, 2);
        var (held, passedBefore, heldFrom) = (watched.Now(), passed, EventLoop.Now);
        foreach (var device in devices)
            device.Hold(heldFrom);
        loop.Run(() => false, seconds);
        var (holding, heldFor) = (watched.Now() - held, (EventLoop.Now - heldFrom) / (double)EventLoop.Ticks(1));
        var after = watched.ServerMemory();
        finished = true;
        new Report($"Calls of two, signalling alone: {count} begun in {ramp} s, then {seconds} s at once")
            .Add("calls connected", talking / 2)
            .Add("failed", failed)
            .Add("from call to connected", begun)
            .Add("signal, device to device", signals)
            .Add("processor of the server while they begin", 100 * setUp.Server / took, "% of a core")
            .Add("processor of PostgreSQL while they begin", 100 * setUp.Postgres / took, "% of a core")
            .Add("processor of the server for a call that begins", 1e3 * setUp.Server / count, "ms")
            .Add("processor of the server while they go on", 100 * holding.Server / heldFor, "% of a core")
            .Add("processor of PostgreSQL while they go on", 100 * holding.Postgres / heldFor, "% of a core")
            .Add("signals passed on meanwhile", (passed - passedBefore) / heldFor, "/s")
            .Add("resident memory of the server for a call", (after - memory) / 1024.0 / count, "KB")
            .Print(options);
        foreach (var device in devices)
            device.Leave();
        // So that the next run finds none of these.
        loop.Run(() => false, 5);
        return all && failed == 0;
    }

    private sealed class Device(EventLoop loop, Calls run, Pair pair, bool calls)
        : SocketIoClient(loop, new Uri($"http://{run.address}"), "/socket.io/", "/consultations", $$"""{"token":"{{(calls ? pair.PractitionerToken : pair.PatientToken)}}"}""")
    {
        private const int PlaceAck = 1, OtherAck = 2;

        private string call = "";
        private string peer = "";
        private long startedAt;
        private long candidateAt;
        private bool connected;
        private bool reduced;

        public Device Other { get; set; } = null!;

        public void Start()
        {
            startedAt = EventLoop.Now;
            Say(PlaceAck, "call.start", "\"media\":\"video\",\"device\":\"load\"");
        }

        public void Leave()
        {
            if (call.Length > 0 && calls)
                Say(OtherAck, "call.end", $"\"callId\":\"{call}\"");
        }

        /// <summary>Goes on: the first state is told at a moment of its own.</summary>
        public void Hold(long now) => Loop.At(now + EventLoop.Ticks(StateEvery * Random.Shared.NextDouble()), Live);

        protected override void OnConnected() => run.connected++;

        protected override void OnRefused(ReadOnlySpan<byte> reason) => Close(Fields.Code(reason));

        protected override void Closed(string reason)
        {
            if (!run.finished)
                Fail(reason);
        }

        protected override void OnAck(long id, ReadOnlySpan<byte> json)
        {
            if (json.IndexOf("\"ok\":true"u8) < 0)
            {
                if (!run.finished)
                    Fail(Fields.Code(json));
                return;
            }

            if (id != PlaceAck)
                return;
            call = Encoding.ASCII.GetString(Fields.Text(json, "\"call\":{\"id\":\""u8));
            // The last one: each member's comes before.
            peer = Encoding.ASCII.GetString(Fields.Text(json[json.LastIndexOf("\"peerId\":\""u8)..], "\"peerId\":\""u8));
            if (calls)
                Other.Accept(call);
            else
                Describe("offer");
        }

        protected override void OnEvent(ReadOnlySpan<byte> json)
        {
            if (!json.StartsWith("[\"call.signal\""u8))
                return;
            run.passed++;
            if (json.IndexOf("\"type\":\"offer\""u8) >= 0)
            {
                Describe("answer");
            }
            else if (json.IndexOf("\"candidate\":{"u8) >= 0)
            {
                run.signals.Add(EventLoop.Now - Other.candidateAt);
            }
            else if (!connected && json.IndexOf("\"type\":\"answer\""u8) >= 0)
            {
                Connect();
                Other.Connect();
            }
        }

        private void Accept(string id)
        {
            call = id;
            Say(PlaceAck, "call.accept", $"\"callId\":\"{id}\",\"device\":\"load\"");
        }

        private void Connect()
        {
            connected = true;
            run.talking++;
            if (calls)
                run.begun.Add(EventLoop.Now - startedAt);
            Say(OtherAck, "call.state", $"\"callId\":\"{call}\",\"connected\":true");
        }

        private void Describe(string type)
        {
            Say(OtherAck, "call.signal", $$"""
                "callId":"{{call}}","to":"{{Other.peer}}","description":{"type":"{{type}}","sdp":"{{run.sdp}}"}
                """);
            for (var i = 0; i < Candidates; i++)
            {
                candidateAt = EventLoop.Now;
                Say(OtherAck, "call.signal", $$"""
                    "callId":"{{call}}","to":"{{Other.peer}}","candidate":{"candidate":"candidate:{{i}} 1 udp 41885439 198.51.100.7 61000 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag abcd","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"abcd"}
                    """);
            }
        }

        private void Live()
        {
            if (run.finished || call.Length == 0)
                return;
            reduced = !reduced;
            Say(OtherAck, "call.state", $"\"callId\":\"{call}\",\"quality\":\"{(reduced ? "reduced" : "good")}\"");
            if (!calls && Random.Shared.Next(6) == 0)
                Describe("offer");
            Loop.After(StateEvery, Live);
        }

        private void Say(int ack, string name, string members)
        {
            var length = Begin(ack);
            End(Add(length, Encoding.UTF8.GetBytes($"[\"{name}\",{{\"consultationId\":\"{pair.Consultation}\",{members}}}]")));
            Flush();
        }

        private void Fail(string reason)
        {
            if (run.failed++ < 3)
                Console.Error.WriteLine($"a call failed: {reason}");
        }
    }
}
