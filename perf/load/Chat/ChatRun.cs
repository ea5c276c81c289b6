using Colloque.Load.Measure;
using Colloque.Load.Net;

namespace Colloque.Load.Chat;

/// <summary>Both sides of many consultations write to each other, in a closed loop (each keeps some messages on the way) or on a schedule (open loop).</summary>
internal sealed class ChatRun(ChatSettings settings, Watched watched, EventLoop loop)
{
    private const double LookSeconds = 0.25;

    private readonly Figures figures = new();
    private readonly ChatClient[] clients = new ChatClient[settings.Clients];
    private Usage before;
    private Usage used;
    private long measuredFrom;
    private double measuredSeconds;
    private bool sending;
    private bool measured;
    private long scheduleStart;
    private long scheduled;

    /// <summary>Runs, and answers whether nothing was lost, doubled or refused.</summary>
    public async Task<bool> RunAsync(Options options)
    {
        ConnectAll();
        Begin();
        loop.Run(() => measured, settings.WarmUp + settings.Seconds + 60);
        sending = false;
        Drain();
        settings.Finished = true;
        var check = await HistoryCheck.RunAsync(settings, clients);
        var report = Report(check);
        report.Print(options);
        return check.IsClean && Lost(check) == 0 && clients.Sum(c => c.Sent.Doubled) == 0 && (settings.Chaos || IsOrderly());
    }

    private void ConnectAll()
    {
        for (var i = 0; i < clients.Length; i++)
            clients[i] = new ChatClient(loop, settings, clients, i, figures);
        foreach (var client in clients)
            client.Start(settings.Address);
        if (!loop.Run(() => clients.All(c => c.Joined), 30))
            throw new InvalidOperationException($"Only {clients.Count(c => c.Joined)} of {clients.Length} joined: {string.Join(", ", figures.Errors.Select(e => $"{e.Value} x {e.Key}"))}.");
    }

    private void Begin()
    {
        sending = true;
        if (settings.Rate > 0)
        {
            scheduleStart = EventLoop.Now;
            SendDue();
        }
        else
        {
            foreach (var client in clients)
                Fill(client);
        }

        if (settings.Chaos)
            Look();
        loop.After(settings.WarmUp, () =>
        {
            before = watched.Now();
            measuredFrom = EventLoop.Now;
            figures.Measuring = true;
        });
        loop.After(settings.WarmUp + settings.Seconds, () =>
        {
            figures.Measuring = false;
            used = watched.Now() - before;
            measuredSeconds = (EventLoop.Now - measuredFrom) / (double)EventLoop.Ticks(1);
            measured = true;
        });
    }

    private void Fill(ChatClient client)
    {
        client.KeepsGoing = () => sending;
        for (var i = 0; i < settings.InFlight; i++)
            client.SendNew(EventLoop.Now);
        client.Push();
    }

    // Late or not, each message counts from the moment it was due: a server that stalls is not spared the messages it kept from being sent.
    private void SendDue()
    {
        var now = EventLoop.Now;
        var due = Due();
        for (; due <= now && sending; due = Due())
        {
            var client = clients[(int)(scheduled++ % clients.Length)];
            client.SendNew(due);
            client.Push();
        }

        if (sending)
            loop.At(due, SendDue);
    }

    private long Due() => scheduleStart + (long)(scheduled * (double)EventLoop.Ticks(1) / settings.Rate);

    private void Look()
    {
        var now = EventLoop.Now;
        foreach (var client in clients)
            client.LookAfter(now);
        if (!settings.Finished)
            loop.After(LookSeconds, Look);
    }

    // Everything sent is acked, everything acked has arrived; who still misses something asks once more.
    private void Drain()
    {
        var limit = settings.Chaos ? 60 : 15;
        loop.Run(() => clients.All(c => c.Sent.Acked == c.Sent.Count) && (!settings.Chaos || clients.All(c => c.Joined)), limit);
        if (loop.Run(() => Lost() == 0, 1) || !settings.Chaos)
            return;
        foreach (var client in clients)
            client.Rejoin();
        loop.Run(() => Lost() == 0, 5);
    }

    private long Lost() => clients.Select((sender, i) => Missing(sender, clients[i ^ 1])).Sum();

    // Over a lost connection it is enough that a page has the message; on one that held, it must have come by itself.
    private long Lost(HistoryCheck check) => Math.Max(0, Lost() - (settings.Chaos ? check.Paged : 0));

    private bool IsOrderly() => figures.Errors.Count == 0 && clients.Sum(c => c.Received.OutOfOrder + c.Received.Duplicated) == 0;

    private static long Missing(ChatClient sender, ChatClient receiver) =>
        sender.Sent.AckedNumbers().LongCount(seq => !receiver.Received.Has(seq));

    private Report Report(HistoryCheck check)
    {
        var mode = settings.Rate > 0 ? $"open loop, {settings.Rate}/s" : $"closed loop, {settings.InFlight} in flight a side";
        var report = new Report($"Chat: {settings.Consultations} consultations, {mode}{(settings.Chaos ? ", chaos" : "")}, {settings.Seconds} s")
            .Add("acked", figures.Acked / measuredSeconds, "/s")
            .Add("delivered", figures.Delivered / measuredSeconds, "/s")
            .Add("ack", figures.AckTimes)
            .Add("delivery", figures.DeliveryTimes)
            .Add("sent in all", clients.Sum(c => (long)c.Sent.Count))
            .Add("never acked", clients.Sum(c => (long)c.Sent.Count - c.Sent.Acked))
            .Add("acked, never delivered live", Lost())
            .Add("lost", Lost(check) + check.Missing)
            .Add("doubled", clients.Sum(c => (long)c.Sent.Doubled) + check.Doubled)
            .Add("received again", clients.Sum(c => c.Received.Duplicated))
            .Add("received out of order", clients.Sum(c => c.Received.OutOfOrder))
            .Add("gaps left at receivers", clients.Sum(c => c.Received.Gaps))
            .Add("stored", check.Stored)
            .Add("stored without an ack", check.Unacked)
            .Add("gaps in what is stored", check.Gaps)
            .Add("stored with another text or number", check.Wrong);
        if (settings.Chaos)
            report.Add("longest time without any ack", figures.LongestSilence, "ms").Add("reconnections", figures.Reconnects).Add("repeated with the same id", figures.Repeated).Add("fetched by page", check.Paged);
        foreach (var (code, count) in figures.Errors)
            report.Add($"error: {code}", count);
        // The processes that were killed have taken their figures with them.
        return report.Add(settings.Chaos ? new Watched(0, 0) : watched, used, figures.Acked);
    }
}
