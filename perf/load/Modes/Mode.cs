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
        connect     --url URL --pairs FILE [--count 5000] [--settle 3] [--hold 5]
        pages       --url URL --history FILE [--connections 16] [--limit 50] [--seconds 5] [--warm-up 2] [--walk]
        inbox       --url URL --inbox FILE [--lists 200] [--searches 10]
        upload      --url URL --pairs FILE [--uploads 1] [--rounds 3] [--size 10485760] [--skip 0]
        broadcast   --url URL [--path /real/] [--rooms 50] [--members 2] [--in-flight 4] [--seconds 5] [--warm-up 2] [--ack]
        calls       --url URL --pairs FILE [--calls 500] [--ramp 10] [--seconds 20] [--settle 3]
        commit-rate --data DIR [--seconds 5]
        summary     --record FILE
        Every mode: [--data DIR | --postgres-pid PID] [--pid PID] [--json] [--record FILE]
        """;

    /// <summary>Runs one; answers the exit code: 0 all well, 1 the figures hold a failure, 2 it could not run.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = new Options(args.AsSpan(Math.Min(1, args.Length)));
            return options.Has("help") ? Explain() : args.FirstOrDefault() switch
            {
                "chat" => Code(await ChatAsync(options)),
                "connect" => Code(OnLoop(options, (url, watched, loop) => new IdleConnections(options, url, watched, loop).Run())),
                "pages" => Code(OnLoop(options, (url, watched, loop) => new Pages(options, url, watched, loop).Run())),
                "inbox" => Code(await new Inbox(options, options.Url(), Watched.Find(options, options.Url())).RunAsync()),
                "upload" => Code(await new Uploads(options, options.Url(), Watched.Find(options, options.Url())).RunAsync()),
                "broadcast" => Code(OnLoop(options, (url, watched, loop) => new Broadcast(options, url, watched, loop).Run())),
                "calls" => Code(OnLoop(options, (url, watched, loop) => new Calls(options, url, watched, loop).Run())),
                "commit-rate" => Code(await new CommitRate(options).RunAsync()),
                "summary" => Code(Summary.Print(options.Required("record"))),
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

    private static bool OnLoop(Options options, Func<Uri, Watched, EventLoop, bool> run)
    {
        var url = options.Url();
        using var loop = new EventLoop();
        return run(url, Watched.Find(options, url), loop);
    }

    private static int Code(bool clean) => clean ? 0 : 1;

    private static int Explain()
    {
        Console.Error.WriteLine(Help);
        return 2;
    }
}
