using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SocketIO.AspNetCore.Engine;

/// <summary>A refusal as Engine.IO clients know it: <c>{"code":n,"message":m}</c>.</summary>
internal sealed record EngineError(int Status, int Code, string Message)
{
    public static readonly EngineError UnknownTransport = new(StatusCodes.Status400BadRequest, 0, "Transport unknown");
    public static readonly EngineError UnknownSession = new(StatusCodes.Status400BadRequest, 1, "Session ID unknown");
    public static readonly EngineError BadHandshakeMethod = new(StatusCodes.Status400BadRequest, 2, "Bad handshake method");
    public static readonly EngineError BadRequest = new(StatusCodes.Status400BadRequest, 3, "Bad request");
    public static readonly EngineError Forbidden = new(StatusCodes.Status403Forbidden, 4, "Forbidden");
    public static readonly EngineError UnsupportedVersion = new(StatusCodes.Status400BadRequest, 5, "Unsupported protocol version");
    public static readonly EngineError TooLarge = new(StatusCodes.Status413PayloadTooLarge, 3, "Payload too large");
    public static readonly EngineError TooManySessions = new(StatusCodes.Status503ServiceUnavailable, 4, "Too many sessions");

    public Task WriteAsync(HttpResponse response)
    {
        var body = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $$"""{"code":{{Code}},"message":"{{Message}}"}"""));
        response.StatusCode = Status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
