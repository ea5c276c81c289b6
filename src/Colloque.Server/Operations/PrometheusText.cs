using System.Globalization;
using System.Text;
using Colloque.Operations;

namespace Colloque.Server.Operations;

/// <summary>Numbers as Prometheus reads them (text format 0.0.4). Labels are words of the product; no id and no name is one.</summary>
internal static class PrometheusText
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    internal static string Write(IReadOnlyList<Count> counts, Vitals vitals)
    {
        var text = new StringBuilder();
        foreach (var group in counts.GroupBy(static c => c.Name))
        {
            Head(text, $"colloque_{group.Key}", "gauge", Help(group.Key));
            foreach (var count in group)
            {
                Line(text, $"colloque_{group.Key}{{kind=\"{SnakeCase(count.Label)}\"}}", count.Value);
            }
        }

        Gauge(text, "colloque_sockets", "Open socket connections.", vitals.Sockets);
        Gauge(text, "colloque_disk_free_bytes", "Free bytes where the data folder lies.", vitals.FreeBytes);
        Gauge(text, "colloque_uptime_seconds", "Seconds since the start.", vitals.Uptime.TotalSeconds);
        Gauge(text, "process_resident_memory_bytes", "Memory of the process.", Vitals.MemoryBytes);
        Head(text, "process_cpu_seconds_total", "counter", "Processor time used.");
        Line(text, "process_cpu_seconds_total", Vitals.Processor.TotalSeconds);
        return text.ToString();
    }

    private static string Help(string name) => name is "consultations" or "messages" ? $"Number of {name}, rounded down to tens." : $"Number of {name.Replace('_', ' ')}.";

    private static void Gauge(StringBuilder text, string name, string help, double value)
    {
        Head(text, name, "gauge", help);
        Line(text, name, value);
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, double value) => text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    private static string SnakeCase(string label) =>
        string.Concat(label.Select(static (c, i) => char.IsUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
