using System.Buffers;
using System.IO.Pipelines;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SocketIO.AspNetCore.Engine;

/// <summary>Long polling: a GET fetches what waits, a POST brings packets.</summary>
internal sealed class PollingTransport(EngineEndpoint endpoint)
{
    public Task HandleAsync(HttpContext context, EngineSession session)
    {
        var method = context.Request.Method;
        return HttpMethods.IsGet(method) ? GetAsync(context, session)
            : HttpMethods.IsPost(method) ? PostAsync(context, session)
            : EngineError.BadRequest.WriteAsync(context.Response);
    }

    /// <summary>Answers a handshake.</summary>
    public async Task OpenAsync(HttpContext context, EngineSession session)
    {
        var canUpgrade = endpoint.Options is { AllowUpgrades: true, AllowWebSocket: true };
        session.Start();
        await WriteAsync(context.Response, EnginePacketCodec.Open(session.Id, canUpgrade, endpoint.Options));
    }

    private static async Task GetAsync(HttpContext context, EngineSession session)
    {
        if (session.BeginPoll() is not { } poll)
        {
            // Two polls at once: nobody can say which one gets the next packet.
            session.Terminate(CloseReason.TransportError);
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        // A poll given up takes its session with it, as packets may already be on their way into the void.
        await using (context.RequestAborted.UnsafeRegister(static s => ((EngineSession)s!).Terminate(CloseReason.TransportClose), session))
        {
            await poll.Ready;
        }

        var payload = new ArrayBufferWriter<byte>();
        if (!session.EndPoll(poll, payload))
        {
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        await WriteAsync(context.Response, payload.WrittenMemory);
        if (context.RequestAborted.IsCancellationRequested)
        {
            session.Terminate(CloseReason.TransportClose);
        }
    }

    private async Task PostAsync(HttpContext context, EngineSession session)
    {
        // Answered at once, whatever the state: a request that is never answered holds a connection (CVE-2026-59725).
        var isBinary = context.Request.ContentType is { } type
            && type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase);
        if (isBinary || !session.TryBeginPost())
        {
            session.Terminate(CloseReason.TransportError);
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        try
        {
            var error = await ReceiveAsync(context, session);
            if (error is not null)
            {
                session.Terminate(CloseReason.TransportError);
                await error.WriteAsync(context.Response);
                return;
            }
        }
        finally
        {
            session.EndPost();
        }

        context.Response.ContentType = "text/html";
        context.Response.ContentLength = 2;
        await context.Response.Body.WriteAsync("ok"u8.ToArray());
    }

    private async Task<EngineError?> ReceiveAsync(HttpContext context, EngineSession session)
    {
        if (context.Request.ContentLength > endpoint.Options.MaxHttpBufferSize)
        {
            return EngineError.TooLarge;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // this handler has its own, and must see the excess to answer 413
        }

        var reader = context.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync(endpoint.Options.MaxHttpBufferSize + 1, context.RequestAborted);
        if (read.Buffer.Length > endpoint.Options.MaxHttpBufferSize)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return EngineError.TooLarge;
        }

        var length = (int)read.Buffer.Length;
        var body = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            read.Buffer.CopyTo(body);
            reader.AdvanceTo(read.Buffer.End);
            return await ReceiveAsync(body.AsMemory(0, length), session) ? null : EngineError.BadRequest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static async ValueTask<bool> ReceiveAsync(Memory<byte> body, EngineSession session)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return false;
        }

        while (true)
        {
            var end = body.Span.IndexOf(EnginePacketCodec.Separator);
            var packet = end < 0 ? body : body[..end];
            if (packet.Span.SequenceEqual("1"u8))
            {
                await session.WaitForPollAsync();
            }

            if (!Receive(packet.Span, session))
            {
                return false;
            }

            await session.WhenReadableAsync();
            if (end < 0)
            {
                return true;
            }

            body = body[(end + 1)..];
        }
    }

    private static bool Receive(Span<byte> packet, EngineSession session)
    {
        if (packet.IsEmpty || packet[0] != (byte)'b')
        {
            return session.Receive(packet);
        }

        var data = packet[1..];
        if (!EnginePacketCodec.TryDecodeBinary(data, out var length))
        {
            return false;
        }

        session.ReceiveBinary(data[..length]);
        return true;
    }

    private static Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> payload)
    {
        response.ContentType = "text/plain; charset=UTF-8";
        response.ContentLength = payload.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(payload).AsTask();
    }
}
