using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace SocketIO.AspNetCore.Engine;

/// <summary>Takes every request of an endpoint: checks it, finds or opens its session, hands it to a transport.</summary>
internal sealed class EngineHandler(EngineEndpoint endpoint)
{
    private readonly OriginPolicy _origins = new(endpoint.Options);
    private readonly PollingTransport _polling = new(endpoint);

    public Task HandleAsync(HttpContext context)
    {
        if (!_origins.TryAllow(context))
        {
            return EngineError.Forbidden.WriteAsync(context.Response);
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            OriginPolicy.Preflight(context);
            return Task.CompletedTask;
        }

        // Parameters are read as exact single values: repeated or unknown ones are refused, never guessed.
        var query = context.Request.Query;
        var wantsSocket = WebSocketHandshake.IsAsked(context);
        var isSocket = query["transport"] is ["websocket"];
        var isPolling = query["transport"] is ["polling"];
        if ((isSocket && !endpoint.Options.AllowWebSocket) || (!isSocket && !isPolling))
        {
            return EngineError.UnknownTransport.WriteAsync(context.Response);
        }

        if (query["EIO"] is not ["4"])
        {
            return EngineError.UnsupportedVersion.WriteAsync(context.Response);
        }

        if (query["sid"] is { Count: > 0 } sid)
        {
            return HandleSessionAsync(context, sid, wantsSocket, isSocket);
        }

        if (wantsSocket != isSocket)
        {
            return EngineError.BadRequest.WriteAsync(context.Response);
        }

        if (!wantsSocket && !HttpMethods.IsGet(context.Request.Method))
        {
            return EngineError.BadHandshakeMethod.WriteAsync(context.Response);
        }

        return isPolling && !endpoint.Options.AllowPolling
            ? EngineError.UnknownTransport.WriteAsync(context.Response)
            : OpenAsync(context, isSocket);
    }

    private Task HandleSessionAsync(HttpContext context, StringValues sid, bool wantsSocket, bool isSocket)
    {
        if (sid is not [{ } id] || !endpoint.Sessions.TryGet(id, out var session))
        {
            return EngineError.UnknownSession.WriteAsync(context.Response);
        }

        if (session.HasExpired)
        {
            session.Terminate(CloseReason.PingTimeout);
            return EngineError.UnknownSession.WriteAsync(context.Response);
        }

        if (wantsSocket != isSocket || (!isSocket && !session.IsPolling))
        {
            return EngineError.BadRequest.WriteAsync(context.Response);
        }

        return isSocket ? UpgradeAsync(context, session) : _polling.HandleAsync(context, session);
    }

    private async Task OpenAsync(HttpContext context, bool isSocket)
    {
        if (endpoint.Options.AllowRequest is { } allowRequest && !await allowRequest(context))
        {
            await EngineError.Forbidden.WriteAsync(context.Response);
            return;
        }

        var handshake = new Handshake(context, endpoint.Options.TimeProvider.GetUtcNow());
        var session = new EngineSession(EngineSessionStore.CreateId(), endpoint, handshake);
        if (!endpoint.Sessions.TryAdd(session))
        {
            await EngineError.TooManySessions.WriteAsync(context.Response);
            return;
        }

        if (isSocket)
        {
            await OpenSocketAsync(context, session);
        }
        else
        {
            await _polling.OpenAsync(context, session);
        }
    }

    private async Task OpenSocketAsync(HttpContext context, EngineSession session)
    {
        if (await WebSocketHandshake.AcceptAsync(context) is not { } stream)
        {
            endpoint.Sessions.Remove(session.Id);
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        var transport = new WebSocketTransport(session, stream, context, isUpgrade: false);
        session.Attach(transport);
        session.Send(Frame.Text(EnginePacketCodec.Open(session.Id, canUpgrade: false, endpoint.Options)), []);
        session.Start();
        await transport.RunAsync();
    }

    private async Task UpgradeAsync(HttpContext context, EngineSession session)
    {
        if (!endpoint.Options.AllowUpgrades || await WebSocketHandshake.AcceptAsync(context) is not { } stream)
        {
            await EngineError.BadRequest.WriteAsync(context.Response);
            return;
        }

        // A second websocket is closed by a frame rather than refused: clients tell the two apart.
        var transport = new WebSocketTransport(session, stream, context, isUpgrade: true);
        if (session.TryBeginUpgrade(transport))
        {
            await transport.RunAsync();
        }
        else
        {
            await transport.RunRefusedAsync();
        }
    }
}
