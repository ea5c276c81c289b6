using System.Net.Sockets;
using Colloque.Load.Chat;
using Colloque.Load.Measure;
using Colloque.Load.Net;

namespace Colloque.Load.Modes;

/// <summary>The modes of the generator, by their names.</summary>
internal static class Mode
{
    private const string Help = """
        chat        --url URL --pairs FILE [--consultations 50] [--in-flight 1 | --rate R] [--seconds 10] [--warm-up 3] [--text-bytes 80] [--chaos]
        Every mode: [--data DIR | --postgres-pid PID] [--pid PID] [--json] [--markdown FILE]
        """;

    /// <summary>Runs one; answers the exit code: 0 all well, 1 the figures hold a failure, 2 it could not run.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = new Options(args.AsSpan(Math.Min(1, args.Length)));
            return args.FirstOrDefault() switch
            {
                "chat" => await ChatAsync(options) ? 0 : 1,
                _ => Explain(),
            };
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidOperationException or HttpRequestException or SocketException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static async Task<bool> ChatAsync(Options options)
    {
        var settings = new ChatSettings(options);
        using var loop = new EventLoop();
        return await new ChatRun(settings, Watched.Find(options, settings.Url), loop).RunAsync(options);
    }

    private static int Explain()
    {
        Console.Error.WriteLine(Help);
        return 2;
    }
}
