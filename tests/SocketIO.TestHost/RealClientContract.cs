using System.Text.Json;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.TestHost;

/// <summary>What the real client is tested against.</summary>
internal static class RealClientContract
{
    public static void Add(Namespace ns) => ns
        .On("whoami", Sync(e => e.Ack(WhoIs(e.Socket), Words.Default.WhoAmI)))
        .On("set-data", Sync(e =>
        {
            e.Socket.Data.SetJson(Text(e, 0), e.Arguments[1].Span);
            e.Ack(true, Words.Default.Boolean);
        }))
        .On("no-ack", Sync(_ => { }))
        .On("slow-ack", async (e, ct) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Number(e, 0)), TimeProvider.System, ct);
            e.Ack("done", Words.Default.String);
        })
        .On("join", Sync(e => e.Ack(e.Socket.Join(Text(e, 0)), Words.Default.Boolean)))
        .On("leave", Sync(e =>
        {
            e.Socket.Leave(Text(e, 0));
            e.Ack(true, Words.Default.Boolean);
        }))
        .On("say-others", Sync(e => e.Socket.To(Text(e, 0)).Emit("said", e.Arguments.Skip(1))))
        .On("say-all", Sync(e => ns.To(Text(e, 0)).Emit("said", e.Arguments.Skip(1))))
        .On("ask-me", AskAsync)
        .On("burst", Sync(e => Burst(e, number => e.Socket.Emit("seq", number, Words.Default.Int32))))
        .On("volatile-burst", Sync(e => Burst(e, number => e.Socket.Volatile.Emit("vseq", number, Words.Default.Int32))))
        .On("bye", Sync(e => e.Socket.Disconnect(e.Arguments.Count > 0 && e.Arguments.Read(0, Words.Default.Boolean))))
        .On("drop-transport", Sync(e => e.Socket.DropTransport()))
        .On("in-seq", Sync(Collect))
        .On("in-seq-report", Sync(Report));

    public static void AddSecure(Namespace ns) => ns
        .Use((socket, _) => Token(socket) is { ValueKind: JsonValueKind.String } token && token.ValueEquals("good")
            ? ValueTask.CompletedTask
            : throw new ConnectRefusedException("unauthorized", """{"code":401}"""))
        .On("whoami", Sync(e => e.Ack(new TokenReport(Token(e.Socket)!.Value), Words.Default.TokenReport)));

    private static Func<EventContext, CancellationToken, ValueTask> Sync(Action<EventContext> action) => (e, _) =>
    {
        action(e);
        return ValueTask.CompletedTask;
    };

    private static WhoAmI WhoIs(Socket socket)
    {
        var rooms = socket.Rooms.Where(r => r != socket.Id).ToArray();
        return new WhoAmI(socket.Id, socket.IsRecovered, rooms, JsonElement.Parse(socket.Data.ToJson()), socket.Transport);
    }

    private static async ValueTask AskAsync(EventContext e, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromMilliseconds(Number(e, 1));
        try
        {
            var answer = await e.Socket.EmitWithAckAsync("question", e.Arguments.Take(1), timeout, cancellationToken);
            e.Ack(new EventArgumentsBuilder().AddProperty("answer", answer, 0).Build());
        }
        catch (TimeoutException)
        {
            e.Ack(new TimedOut(true), Words.Default.TimedOut);
        }
        catch (TooManyAcksException)
        {
            e.Socket.Disconnect(close: true); // it asks to be asked, and never answers
        }
    }

    private static void Burst(EventContext e, Action<int> emit)
    {
        var count = Number(e, 0);
        for (var number = 0; number < count; number++)
        {
            emit(number);
        }

        e.Ack(count, Words.Default.Int32);
    }

    private static void Collect(EventContext e)
    {
        var seen = (Sequence?)e.Socket.State ?? new Sequence();
        e.Socket.State = seen;
        seen.Add(Number(e, 0));
    }

    private static void Report(EventContext e)
    {
        var seen = (Sequence?)e.Socket.State ?? new Sequence();
        e.Ack(new SequenceReport(seen.Count, seen.IsOrdered), Words.Default.SequenceReport);
    }

    private static JsonElement? Token(Socket socket) =>
        socket.Handshake.Auth.TryGetProperty("token", out var token) ? token : null;

    private static string Text(EventContext e, int index) =>
        e.Arguments.Read(index, Words.Default.String) ?? throw new JsonException("Text is missing.");

    private static int Number(EventContext e, int index) => e.Arguments.Read(index, Words.Default.Int32);

    private sealed class Sequence
    {
        private int _last = -1;

        public int Count { get; private set; }

        public bool IsOrdered { get; private set; } = true;

        public void Add(int number)
        {
            IsOrdered &= number > _last;
            _last = number;
            Count++;
        }
    }
}
