using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>What was asked for on the command line, and the rest for the configuration (<c>--Key value</c>).</summary>
/// <param name="Command">Null to serve; else one of <see cref="Commands"/>.</param>
/// <param name="Demo">Whether to fill and print the demo.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Rest">Pairs of name and value.</param>
internal sealed record CommandLine(string? Command, bool Demo, string Data, string[] Rest)
{
    /// <summary>The files that <c>verify-export</c> is about.</summary>
    internal IReadOnlyList<string> Operands { get; init; } = [];

    private static readonly string[] Commands = ["load-data", "backup", "restore", "create-admin", "rotate-keys", "verify-audit", "verify-export"];

    /// <exception cref="StartRefusedException">An unknown command, or an option without a value.</exception>
    internal static CommandLine Parse(string[] args)
    {
        string? command = null;
        var demo = false;
        var data = "data";
        var rest = new List<string>();
        var operands = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--demo")
            {
                demo = true;
            }
            else if (i == 0 && !args[i].StartsWith('-'))
            {
                command = Commands.Contains(args[i]) ? args[i] : throw new StartRefusedException($"There is no command {args[i]}. Commands: {string.Join(", ", Commands)}.");
            }
            else if (command == "verify-export" && !args[i].StartsWith('-'))
            {
                operands.Add(args[i]);
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Contains('='))
            {
                rest.Add(args[i]);
            }
            else if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                rest.AddRange([args[i], args[++i]]);
            }
            else
            {
                throw new StartRefusedException($"What is {args[i]}? Options are --demo, --data DIR, --urls URL, and any setting as --Name value.");
            }
        }

        var at = rest.FindIndex(static r => r == "--data" || r.StartsWith("--data=", StringComparison.Ordinal));
        if (at >= 0)
        {
            var joined = rest[at].IndexOf('=', StringComparison.Ordinal);
            data = joined > 0 ? rest[at][(joined + 1)..] : rest[at + 1];
            rest.RemoveRange(at, joined > 0 ? 1 : 2);
        }

        return new(command, demo, data, [.. rest]) { Operands = operands };
    }
}
