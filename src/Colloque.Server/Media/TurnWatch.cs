using System.Text.RegularExpressions;
using Colloque.Server.Hosting;

namespace Colloque.Server.Media;

/// <summary>How the TURN server was when it was asked last.</summary>
/// <param name="Answers">One a URL, in the order of the settings.</param>
/// <param name="At">When.</param>
internal sealed partial record TurnState(IReadOnlyList<TurnAnswer> Answers, DateTimeOffset At)
{
    /// <summary>Older ones take mapped addresses for others than those they map (CVE-2026-27624): what their rules deny is reached all the same.</summary>
    internal static readonly Version Oldest = new(4, 9, 0);

    /// <summary>What the first that says so says it is; null: none did.</summary>
    internal string? Software => Answers.FirstOrDefault(static a => a.Software is not null)?.Software;

    /// <summary>old, silent (at one URL or more), untrusted (the same), or ok; unknown: it answers, and does not say that it is coturn.</summary>
    internal string Word =>
        Answers.Any(static a => IsOld(a.Software)) ? "old"
        : Answers.Any(static a => a.Standing == TurnStanding.Untrusted) ? "untrusted"
        : Answers.Any(static a => a.Standing == TurnStanding.Silent) ? "silent"
        : Answers.All(static a => VersionOf(a.Software) is null) ? "unknown" : "ok";

    /// <summary>True for a coturn from before <see cref="Oldest"/>.</summary>
    internal static bool IsOld(string? software) => VersionOf(software) < Oldest;

    /// <summary>Of coturn, which calls itself <c>Coturn-4.6.1 'Gorst'</c>; null where it is another, or says less.</summary>
    private static Version? VersionOf(string? software) =>
        Numbers().Match(software ?? "") is { Success: true } found && Version.TryParse(found.Groups["number"].Value, out var version) ? version : null;

    [GeneratedRegex(@"^Coturn-(?<number>[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Numbers();
}

/// <summary>Asks the TURN server from time to time how it is, for the operators' health page, and says in the log when that needs somebody.</summary>
internal sealed partial class TurnWatch(TurnOptions options, TurnProbe probe, TimeProvider time, ILogger<TurnWatch> logger) : Sweep(TimeSpan.FromSeconds(5), time, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>While it does not answer, somebody may be at work on it, and looks at the page.</summary>
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMinutes(1);

    private readonly TimeProvider clock = time;
    private readonly ILogger<TurnWatch> log = logger;

    /// <summary>Null: there is none, or it was not asked yet.</summary>
    internal TurnState? State { get; private set; }

    /// <inheritdoc/>
    protected override Task LookAsync(CancellationToken cancellationToken) =>
        options.IsSet && (State is not { } last || clock.GetUtcNow() - last.At >= (last.Word is "silent" or "untrusted" ? SoonAgain : Every)) ? AskAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Asks now, at all URLs at once.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(options.Urls.Select(u => probe.AskAsync(u, cancellationToken)));
        var state = new TurnState(answers, clock.GetUtcNow());
        // Once for each change: a log that repeats itself is not read.
        if (State?.Word != state.Word)
        {
            Tell(state);
        }

        State = state;
    }

    private void Tell(TurnState state)
    {
        foreach (var (url, standing, software) in state.Answers)
        {
            switch (standing)
            {
                case TurnStanding.Silent:
                    LogSilent(log, url);
                    break;
                case TurnStanding.Untrusted:
                    LogUntrusted(log, url);
                    break;
                case TurnStanding.Answers when TurnState.IsOld(software):
                    LogOld(log, url, software!, TurnState.Oldest);
                    break;
            }
        }

        if (state.Word == "ok")
        {
            LogWell(log, state.Software!);
        }
    }

    [LoggerMessage(140, LogLevel.Warning, "The TURN server at {Url} is {Software}. Before {Oldest} its rules let mapped addresses through (CVE-2026-27624): update it, or deny ::ffff:0:0/96 as deploy/coturn.conf does")]
    private static partial void LogOld(ILogger logger, string url, string software, Version oldest);

    [LoggerMessage(141, LogLevel.Warning, "The TURN server at {Url} does not answer: calls that need it fail")]
    private static partial void LogSilent(ILogger logger, string url);

    [LoggerMessage(142, LogLevel.Warning, "The TURN server at {Url} shows a certificate that is not trusted: browsers will not use it")]
    private static partial void LogUntrusted(ILogger logger, string url);

    [LoggerMessage(143, LogLevel.Information, "The TURN server is {Software}")]
    private static partial void LogWell(ILogger logger, string software);
}
