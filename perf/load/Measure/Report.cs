using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Colloque.Load.Measure;

/// <summary>What a run found: lines of a name, a number and its unit. A table for people, JSON for programs.</summary>
internal sealed class Report(string title)
{
    private readonly List<(string Name, double Value, string Unit)> lines = [];

    /// <summary>Adds a line.</summary>
    public Report Add(string name, double value, string unit = "")
    {
        lines.Add((name, value, unit));
        return this;
    }

    /// <summary>Adds the usual points of a distribution, in milliseconds.</summary>
    public Report Add(string name, Histogram times) =>
        Add($"{name} p50", times.At(0.5), "ms").Add($"{name} p99", times.At(0.99), "ms")
            .Add($"{name} p99.9", times.At(0.999), "ms").Add($"{name} max", times.Max, "ms");

    /// <summary>Adds what each message cost, and the memory held at the end; leaves out who was not watched.</summary>
    public Report Add(Watched watched, Usage used, long messages, string each = "message")
    {
        var count = Math.Max(1, messages);
        if (watched.Server > 0)
            Add($"server CPU per {each}", used.Server * 1e3 / count, "ms").Add("server memory", watched.ServerMemory() / 1e6, "MB");
        if (watched.Postgres > 0)
            Add($"PostgreSQL CPU per {each}", used.Postgres * 1e3 / count, "ms").Add("PostgreSQL memory", watched.PostgresMemory() / 1e6, "MB");
        return Add($"generator CPU per {each}", used.Generator * 1e3 / count, "ms");
    }

    /// <summary>Prints it, as JSON with <c>--json</c>, and appends its JSON to the file of <c>--record FILE</c>.</summary>
    public void Print(Options options)
    {
        Console.WriteLine(options.Has("json") ? Json() : Table());
        if (options.Text("record", "") is { Length: > 0 } file)
            File.AppendAllText(file, Json() + "\n");
    }

    /// <summary>A number as people read it.</summary>
    internal static string Shown(double value) =>
        value.ToString(value == Math.Floor(value) || Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private string Json()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("title", title);
            foreach (var (name, value, unit) in lines)
                writer.WriteNumber(unit.Length == 0 ? name : $"{name} ({unit})", Math.Round(value, 4));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private string Table()
    {
        var width = lines.Max(l => l.Name.Length);
        return title + "\n" + string.Concat(lines.Select(l => $"  {l.Name.PadRight(width)}  {Shown(l.Value),12} {l.Unit}".TrimEnd() + "\n"));
    }
}
