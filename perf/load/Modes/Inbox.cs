using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Colloque.Load.Measure;

namespace Colloque.Load.Modes;

/// <summary>One person with many conversations: their list, and searches through all that was said, one after another.</summary>
internal sealed class Inbox(Options options, Uri url, Watched watched)
{
    private readonly string token = File.ReadLines(options.Required("inbox")).First().Split('\t')[1];

    /// <summary>Runs both, and answers whether every answer was whole.</summary>
    public async Task<bool> RunAsync()
    {
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var listed = await ManyAsync(client, "The list of conversations", "/api/conversations?limit=500", options.Number("lists", 200), "\"items\":");
        // Words that nobody wrote: everything is opened. And words of which the newest fifty are soon found.
        var all = await ManyAsync(client, "A search through everything", "/api/conversations/search?q=absolutely-absent", options.Number("searches", 10), "\"end\":true");
        var soon = await ManyAsync(client, "A search that finds its fifty", "/api/conversations/search?q=conversation", options.Number("searches", 10), "\"end\":true");
        return listed & all & soon;
    }

    private async Task<bool> ManyAsync(HttpClient client, string title, string path, int times, string whole)
    {
        var answered = new Histogram();
        var failed = 0;
        string last = "";
        for (var i = -3; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            last = await answer.Content.ReadAsStringAsync();
            failed += answer.IsSuccessStatusCode && last.Contains(whole, StringComparison.Ordinal) ? 0 : 1;
            if (i >= 0)
                answered.Add(Stopwatch.GetTimestamp() - start);
        }

        var before = watched.Now();
        using (await client.GetAsync(path))
        {
        }

        new Report($"{title}: {times} times").Add("answer", answered).Add("size", Encoding.UTF8.GetByteCount(last) / 1024.0, "KB").Add("failed", failed)
            .Add(watched, watched.Now() - before, 1, "answer").Print(options);
        return failed == 0;
    }
}
