using System.Text.Json;
using Colloque.Load.Measure;

namespace Colloque.Load.Modes;

/// <summary>Turns what runs have recorded into Markdown: first what was to be reached and whether it was, then every figure.</summary>
internal static class Summary
{
    private static readonly Goal[] Goals =
    [
        new("messages acked, whole path, closed loop, best run", ["Chat", "closed loop"], "acked (/s)", 8000, AtLeast: true, BestOnly: true, Unit: "/s"),
        new("p99 delivery at 1,000 messages/s, open loop", ["Chat", "open loop, 1000/s"], "delivery p99 (ms)", 10, Unit: "ms"),
        new("server CPU per message, closed loop, best run", ["Chat", "closed loop"], "server CPU per message (ms)", 0.10, BestOnly: true, Unit: "ms"),
        new("PostgreSQL CPU per message, closed loop, best run", ["Chat", "closed loop"], "PostgreSQL CPU per message (ms)", 0.08, BestOnly: true, Unit: "ms"),
        new("broadcast without database", ["Broadcast"], "messages (/s)", 30_000, AtLeast: true, BestOnly: true, Unit: "/s"),
        new("resident memory per idle connection", ["Idle"], "resident memory per connection (KB)", 20, Unit: "KB"),
        new("authenticated connects", ["Idle"], "connects (/s)", 2000, AtLeast: true, Unit: "/s"),
        new("pages of 50, slowest history", ["Pages"], "pages (/s)", 2000, AtLeast: true, Unit: "/s"),
        new("p99 of a page of 50, slowest history", ["Pages"], "page p99 (ms)", 15, Unit: "ms"),
        new("cold start to the first answered request", ["Cold start"], "first answered request (ms)", 3000, Unit: "ms"),
        new("messages lost, all runs", ["Chat"], "lost", 0),
        new("messages doubled, all runs", ["Chat"], "doubled", 0),
    ];

    /// <summary>Prints it; answers whether every goal that was measured is reached.</summary>
    /// <exception cref="FormatException">The file holds something else.</exception>
    public static bool Print(string file)
    {
        var runs = File.ReadLines(file).Where(l => l.Length > 0).Select(Read).ToArray();
        Console.WriteLine("| to reach | limit | measured | reached |\n| --- | ---: | ---: | --- |");
        var all = true;
        foreach (var goal in Goals)
        {
            if (goal.Measured(runs) is not { } value)
                continue;
            var reached = goal.IsReached(value);
            all &= reached;
            Console.WriteLine($"| {goal.Name} | {(goal.AtLeast ? "at least" : "at most")} {Report.Shown(goal.Limit)} {goal.Unit} | {Report.Shown(value)} {goal.Unit} | {(reached ? "yes" : "**no**")} |");
        }

        foreach (var run in runs)
        {
            Console.WriteLine($"\n### {run.Title}\n\n| figure | value |\n| --- | ---: |");
            foreach (var (name, value) in run.Figures)
                Console.WriteLine($"| {name} | {Report.Shown(value)} |");
        }

        return all;
    }

    private static Run Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var members = json.RootElement.EnumerateObject().ToArray();
            return new Run(
                members.First(m => m.Name == "title").Value.GetString() ?? "",
                members.Where(m => m.Value.ValueKind == JsonValueKind.Number).Select(m => (m.Name, m.Value.GetDouble())).ToArray());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("The file of records holds a line that is none.", e);
        }
    }

    private sealed record Run(string Title, (string Name, double Value)[] Figures)
    {
        public double? this[string name] => Figures.Where(f => f.Name == name).Select(f => (double?)f.Value).FirstOrDefault();
    }

    /// <summary>A figure to reach. Of several runs the worst counts, or only the one that acked most.</summary>
    private sealed record Goal(string Name, string[] Titles, string Figure, double Limit, bool AtLeast = false, bool BestOnly = false, string Unit = "")
    {
        public double? Measured(Run[] runs)
        {
            // Runs with broken connections are about loss alone, and walks about the cost of a cursor.
            var mine = runs.Where(r => Titles.All(t => r.Title.Contains(t, StringComparison.Ordinal)) && r[Figure] is not null
                && (Unit.Length == 0 || !r.Title.Contains("chaos", StringComparison.Ordinal)));
            if (BestOnly)
                mine = mine.OrderByDescending(r => r["acked (/s)"] ?? r["messages (/s)"]).Take(1);
            var values = mine.Select(r => r[Figure]!.Value).ToArray();
            return values.Length == 0 ? null : AtLeast ? values.Min() : Unit.Length == 0 ? values.Sum() : values.Max();
        }

        public bool IsReached(double value) => AtLeast ? value >= Limit : value <= Limit;
    }
}
