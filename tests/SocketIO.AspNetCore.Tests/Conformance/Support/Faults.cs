using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>Keeps what is logged as an error: an exception that nobody expected, here or in the web server below.</summary>
internal sealed class Faults : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _seen = [];

    public IReadOnlyCollection<string> Seen => _seen;

    public ILogger CreateLogger(string categoryName) => new Listener(_seen, categoryName);

    public void Dispose()
    {
    }

    private sealed class Listener(ConcurrentQueue<string> seen, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                seen.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
