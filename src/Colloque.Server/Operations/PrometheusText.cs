using System.Globalization;
using System.Text;
using Colloque.Operations;

namespace Colloque.Server.Operations;

/// <summary>Numbers as Prometheus reads them (text format 0.0.4). Labels are words of the product; no id and no name is one.</summary>
internal static class PrometheusText
{
    private const string Messaging = "messaging_";

    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    internal static string Write(IReadOnlyList<Count> counts, Vitals vitals, MessagingNumbers messaging)
    {
        var text = new StringBuilder();
        foreach (var group in counts.Where(static c => !c.Name.StartsWith(Messaging, StringComparison.Ordinal)).GroupBy(static c => c.Name))
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
        WriteMessaging(text, counts, vitals, messaging);
        return text.ToString();
    }

    /// <summary>Document 003's metrics.</summary>
    private static void WriteMessaging(StringBuilder text, IReadOnlyList<Count> counts, Vitals vitals, MessagingNumbers messaging)
    {
        Write(text, "messaging_message_latency_seconds", "From the request that sends a message to its commit.", messaging.Latency);
        Write(text, "messaging_response_seconds", "From a message to the other side's answer.", messaging.Response);
        Gauge(text, "messaging_connections", "Open socket connections.", vitals.Sockets);
        Head(text, "messaging_errors_total", "counter", "Requests refused, by code.");
        foreach (var (code, count) in messaging.Refusals)
        {
            Line(text, $"messaging_errors_total{{code=\"{code}\"}}", count);
        }

        Gauge(text, "messaging_engaged_users", "People in a session that somebody wrote in during the last seven days, rounded down to tens.", Of(counts, "messaging_engaged_users"));
        // Labels are the bounds; each counts what is not above it.
        var sessions = counts.Where(static c => c.Name == "messaging_messages_per_session").ToDictionary(static c => c.Label, static c => c.Value, StringComparer.Ordinal);
        Head(text, "messaging_messages_per_session", "histogram", "Messages of a session, sessions rounded down to tens.");
        foreach (var (bound, count) in sessions.Where(static s => s.Key != "sum").OrderBy(static s => s.Key == "+Inf" ? double.MaxValue : double.Parse(s.Key, CultureInfo.InvariantCulture)))
        {
            Line(text, $"messaging_messages_per_session_bucket{{le=\"{bound}\"}}", count);
        }

        Line(text, "messaging_messages_per_session_sum", sessions.GetValueOrDefault("sum"));
        Line(text, "messaging_messages_per_session_count", sessions.GetValueOrDefault("+Inf"));
    }

    private static void Write(StringBuilder text, string name, string help, Histogram histogram)
    {
        var (buckets, sum) = histogram.Read();
        Head(text, name, "histogram", help);
        foreach (var (bound, count) in buckets)
        {
            Line(text, $"{name}_bucket{{le=\"{(double.IsPositiveInfinity(bound) ? "+Inf" : bound.ToString("R", CultureInfo.InvariantCulture))}\"}}", count);
        }

        Line(text, $"{name}_sum", sum);
        Line(text, $"{name}_count", buckets[^1].Count);
    }

    private static long Of(IReadOnlyList<Count> counts, string name) => counts.FirstOrDefault(c => c.Name == name)?.Value ?? 0;

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
