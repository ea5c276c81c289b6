using System.Net;
using System.Net.Sockets;
using System.Text;
using Colloque.Load.Net;
using Colloque.Load.SocketIo;

namespace Colloque.Load.Chat;

/// <summary>One person in one consultation: joins, sends, receives; in a chaos run comes back and repeats what was not acked.</summary>
internal sealed class ChatClient : SocketIoClient
{
    private const long JoinAck = 0;
    private const double RetrySeconds = 0.1, AckSeconds = 5;

    private readonly ChatSettings settings;
    private readonly ChatClient[] clients;
    private readonly Figures figures;
    private readonly byte[] sendHead;
    private readonly byte[] sendTail;
    private readonly int index;
    private bool started;
    private bool joining;
    private long joinSentAt;
    private long askedAfter = -1;

    public ChatClient(EventLoop loop, ChatSettings settings, ChatClient[] clients, int index, Figures figures)
        : base(loop, settings.Url, "/socket.io/", "/consultations", $$"""{"token":"{{settings.TokenOf(index)}}"}""")
    {
        this.settings = settings;
        this.clients = clients;
        this.index = index;
        this.figures = figures;
        var head = $$"""["chat.send",{"consultationId":"{{settings.PairOf(index).Consultation}}","clientMsgId":"{{Encoding.ASCII.GetString(MessageId.Head(settings.Run, index))}}""";
        sendHead = Encoding.UTF8.GetBytes(head);
        sendTail = Encoding.UTF8.GetBytes($"\",\"text\":\"{settings.Text}\"}}]");
    }

    /// <summary>What it sent.</summary>
    public SentLog Sent { get; } = new();

    /// <summary>What it received.</summary>
    public ReceivedLog Received { get; } = new();

    /// <summary>Whether it may send.</summary>
    public bool Joined { get; private set; }

    /// <summary>The newest number when it first joined.</summary>
    public long FirstSeq { get; private set; }

    /// <summary>Sends after an ack: the closed loop. Null when nothing is to follow.</summary>
    public Func<bool>? KeepsGoing { get; set; }

    /// <summary>Connects, and in a chaos run tries again until somebody listens.</summary>
    public void Start(EndPoint address)
    {
        try
        {
            Open(address);
        }
        catch (SocketException e) when (settings.Chaos)
        {
            figures.OnError($"connect {e.SocketErrorCode}");
            Loop.After(RetrySeconds, () => Start(address));
        }
    }

    /// <summary>Sends one more; it counts from <paramref name="start"/>. Away from the consultation it waits until the return.</summary>
    public void SendNew(long start)
    {
        var place = Sent.Add(start);
        if (Joined)
            Send(place);
    }

    /// <summary>Writes what was sent.</summary>
    public void Push() => Flush();

    /// <summary>Joins again, to be given what is missing.</summary>
    public void Rejoin()
    {
        if (joining || !Joined)
            return;
        Join();
        Flush();
    }

    /// <summary>A look from time to time, in a chaos run: a gap is asked for, an ack that never came is asked for again.</summary>
    public void LookAfter(long now)
    {
        if (joining && now - joinSentAt > EventLoop.Ticks(AckSeconds))
            Close("no answer to a join");
        if (!Joined || joining)
            return;
        if (Received.Gaps > 0 && askedAfter != Received.Whole)
            Join();
        foreach (var place in Sent.Open().Where(p => now - Sent.LeftAt(p) > EventLoop.Ticks(AckSeconds)).ToArray())
            Repeat(place);
        Flush();
    }

    protected override void OnConnected() => Join();

    protected override void OnRefused(ReadOnlySpan<byte> reason)
    {
        figures.OnError("refused: " + Fields.Code(reason));
        Close("refused");
    }

    protected override void Closed(string reason)
    {
        Joined = joining = false;
        if (settings.Finished)
            return;
        figures.OnError(reason);
        if (!settings.Chaos)
            return;
        figures.Reconnects++;
        Loop.After(RetrySeconds, () => Start(settings.Address));
    }

    protected override void OnEvent(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith("[\"chat.message_created\""u8) || !Fields.TryNumber(json, "\"seq\":"u8, out var seq))
            return;
        Received.Add(seq);
        var id = Fields.Text(json, "\"clientMsgId\":\""u8);
        if (!MessageId.TryRead(id, settings.Run, out var sender, out var place))
            return;
        clients[sender].Sent.See(place, seq);
        if (sender != index)
            figures.OnDelivered(EventLoop.Now - clients[sender].Sent.StartOf(place));
    }

    protected override void OnAck(long id, ReadOnlySpan<byte> json)
    {
        var ok = json.IndexOf("\"ok\":true"u8) >= 0;
        if (id == JoinAck)
            OnJoined(ok, json);
        else if (ok && Fields.TryNumber(json, "\"seq\":"u8, out var seq))
            OnAcked((int)id - 1, seq);
        else
            OnFailed((int)id - 1, Fields.Code(json));
    }

    private void OnAcked(int place, long seq)
    {
        if (!Sent.Acknowledge(place, seq))
            return;
        var now = EventLoop.Now;
        figures.OnAcked(now, now - Sent.StartOf(place));
        if (KeepsGoing?.Invoke() == true)
            SendNew(now);
    }

    private void OnFailed(int place, string code)
    {
        figures.OnError(code);
        if (settings.Chaos)
            Loop.After(RetrySeconds, () => RepeatNow(place));
        else if (KeepsGoing?.Invoke() == true)
            SendNew(EventLoop.Now);
    }

    private void OnJoined(bool ok, ReadOnlySpan<byte> json)
    {
        joining = false;
        if (!ok || !Fields.TryNumber(json, "\"seq\":"u8, out var seq))
        {
            figures.OnError("join: " + Fields.Code(json));
            Close("join refused");
            return;
        }

        if (!started)
            Received.StartAfter(FirstSeq = seq);
        started = true;
        if (Joined)
            return;
        Joined = true;
        foreach (var place in Sent.Open())
            Repeat(place);
    }

    private void Join()
    {
        joining = true;
        joinSentAt = EventLoop.Now;
        // A join gives back a bounded number; what is older is read by page. Asking again would give the same ones.
        askedAfter = Received.Whole;
        var after = started ? $",\"afterSeq\":{Received.Whole}" : "";
        var length = Begin(JoinAck);
        End(Add(length, Encoding.UTF8.GetBytes($"[\"consultation.join\",{{\"consultationId\":\"{settings.PairOf(index).Consultation}\"{after}}}]")));
    }

    private void RepeatNow(int place)
    {
        if (!Joined || Sent.SeqOf(place) != 0)
            return;
        Repeat(place);
        Flush();
    }

    private void Repeat(int place)
    {
        figures.Repeated += Sent.LeftAt(place) == 0 ? 0 : 1;
        Send(place);
    }

    private void Send(int place)
    {
        Sent.Leaves(place, EventLoop.Now);
        var length = Add(Begin(place + 1), sendHead);
        MessageId.WriteTail(place, Loop.Outgoing.AsSpan(length, 12));
        End(Add(length + 12, sendTail));
    }
}
