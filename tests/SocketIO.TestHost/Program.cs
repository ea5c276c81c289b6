using SocketIO.AspNetCore;
using SocketIO.TestHost;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

// Connections that ask for nothing, or too slowly, are the web server's to end.
builder.WebHost.ConfigureKestrel(o =>
{
    o.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(20);
    o.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
});
builder.Services.AddSocketIO(o =>
{
    o.AllowedOrigins.Add(EngineIOOptions.AnyOrigin);
    o.ConnectTimeout = TimeSpan.FromSeconds(1);
});

var app = builder.Build();

app.MapEngineIO(
    "/engine.io/",
    o =>
    {
        o.PingInterval = TimeSpan.FromMilliseconds(300);
        o.PingTimeout = TimeSpan.FromMilliseconds(200);
        o.AllowedOrigins.Add(EngineIOOptions.AnyOrigin);
    },
    session => new Echo(session));

var protocol = app.MapSocketIO("/socket.io/", o =>
{
    o.PingInterval = TimeSpan.FromMilliseconds(300);
    o.PingTimeout = TimeSpan.FromMilliseconds(200);
});
ProtocolContract.Add(protocol.Of("/"));
ProtocolContract.Add(protocol.Of("/custom"));

var real = app.MapSocketIO("/real/", o =>
{
    o.PingInterval = TimeSpan.FromSeconds(1);
    o.PingTimeout = TimeSpan.FromSeconds(1);
    o.ConnectionStateRecovery = new() { MaxDisconnectionDuration = TimeSpan.FromSeconds(5) };
});
ProtocolContract.Add(real.Of("/"));
ProtocolContract.Add(real.Of("/custom"));
RealClientContract.Add(real.Of("/"));
RealClientContract.AddSecure(real.Of("/secure"));

await app.RunAsync();
