using System.Net;
using System.Text;
using Colloque.Load.Chat;
using Colloque.Load.Measure;
using Colloque.Load.Net;

namespace Colloque.Load.Modes;

/// <summary>Pages of a history over HTTP, one request on the way per connection: the newest page again and again, or with <c>--walk</c> page after page to the end.</summary>
internal sealed class Pages(Options options, Uri url, Watched watched, EventLoop loop)
{
    private readonly IPEndPoint address = new(IPAddress.Loopback, url.Port);
    private readonly Histogram times = new();
    private readonly bool walk = options.Has("walk");
    private readonly int limit = options.Number("limit", 50);
    private long answered;
    private long failed;
    private long bytes;
    private bool measuring;
    private bool sending;

    /// <summary>Reads each history of the file in turn; answers whether every answer was a page.</summary>
    public bool Run()
    {
        var histories = Pair.ReadAll(options.Required("history"));
        return histories.Select(One).ToArray().All(clean => clean);
    }

    private bool One(Pair history)
    {
        times.Clear();
        answered = failed = bytes = 0;
        measuring = false;
        sending = true;
        var count = options.Number("connections", 16);
        var seconds = options.Number("seconds", 5);
        var clients = Enumerable.Range(0, count)
            .Select(i => new PageClient(loop, this, history.Consultation, i % 2 == 0 ? history.PractitionerToken : history.PatientToken))
            .ToArray();
        foreach (var client in clients)
            client.Open(address);
        loop.Run(() => false, options.Number("warm-up", 2));
        var before = watched.Now();
        var start = EventLoop.Now;
        measuring = true;
        loop.Run(() => false, seconds);
        measuring = false;
        var used = watched.Now() - before;
        var took = (EventLoop.Now - start) / (double)EventLoop.Ticks(1);
        sending = false;
        foreach (var client in clients)
            client.Dispose();
        new Report($"Pages of {limit}{(walk ? ", page after page" : "")}: {count} connections, a history of {clients.Max(c => c.Newest)}, {seconds} s")
            .Add("pages", answered / took, "/s")
            .Add("page", times)
            .Add("mean size", bytes / 1024.0 / Math.Max(1, answered), "KB")
            .Add("failed", failed)
            .Add(watched, used, answered, "page")
            .Print(options);
        return failed == 0 && answered > 0;
    }

    private sealed class PageClient : HttpLink
    {
        private readonly Pages run;
        private readonly string path;
        private readonly string tail;
        private readonly byte[] newest;
        private long sentAt;

        public PageClient(EventLoop loop, Pages run, string consultation, string token)
            : base(loop)
        {
            this.run = run;
            path = $"GET /api/v1/consultations/{consultation}/messages?limit={run.limit}";
            tail = $" HTTP/1.1\r\nHost: {run.address}\r\nAuthorization: Bearer {token}\r\n\r\n";
            newest = Encoding.ASCII.GetBytes(path + tail);
        }

        /// <summary>The newest number seen.</summary>
        public long Newest { get; private set; }

        protected override void Opened() => Ask(newest);

        protected override void OnAnswer(int status, ReadOnlySpan<byte> body)
        {
            var now = EventLoop.Now;
            if (status != 200)
                Failed($"{status} {Fields.Code(body)}");
            if (run.measuring)
            {
                run.answered++;
                run.bytes += body.Length;
                run.times.Add(now - sentAt);
            }

            if (Newest == 0 && Fields.TryNumber(body, "\"seq\":"u8, out var seq))
                Newest = seq;
            var cursor = run.walk ? Encoding.ASCII.GetString(Fields.Text(body, "\"nextCursor\":\""u8)) : "";
            Ask(cursor.Length == 0 ? newest : Encoding.ASCII.GetBytes($"{path}&cursor={Uri.EscapeDataString(cursor)}{tail}"));
        }

        protected override void Closed(string reason)
        {
            if (run.sending)
                Failed(reason);
        }

        private void Ask(byte[] request)
        {
            sentAt = EventLoop.Now;
            Request(request);
        }

        private void Failed(string reason)
        {
            if (run.failed++ < 3)
                Console.Error.WriteLine($"a page failed: {reason}");
        }
    }
}
