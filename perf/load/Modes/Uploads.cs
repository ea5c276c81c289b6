using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Colloque.Load.Chat;
using Colloque.Load.Measure;

namespace Colloque.Load.Modes;

/// <summary>
/// Files of people in their visits, each in three steps (announced, its bytes put, confirmed), so many at once, one of each pair's two people. The server's resident memory is looked at
/// all the while: what it holds more at the worst is what uploads cost.
/// </summary>
internal sealed class Uploads(Options options, Uri url, Watched watched)
{
    private readonly int count = options.Number("uploads", 1);
    private readonly int rounds = options.Number("rounds", 3);
    private readonly int size = options.Number("size", 10 * 1024 * 1024);
    private readonly Histogram times = new();
    private readonly Lock gate = new();
    private int failed;

    /// <summary>Uploads, after one that warms up, and answers whether each was taken.</summary>
    public async Task<bool> RunAsync()
    {
        var pairs = Pair.ReadAll(options.Required("pairs")).Skip(options.Number("skip", 0)).Take(count).ToArray();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = count + 4 }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(5) };
        var content = Pdf();
        var fresh = watched.ServerMemory();
        await OneAsync(client, pairs[0], content);
        times.Clear();
        var idle = watched.ServerMemory();
        var used = watched.Now();
        var start = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        var highest = HighestAsync(over.Token);
        for (var round = 0; round < rounds; round++)
            await Task.WhenAll(pairs.Select(pair => OneAsync(client, pair, content)));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        var most = await highest;
        var uploads = rounds * pairs.Length;
        new Report($"Uploads: {pairs.Length} at once, {rounds} times, {size / 1024.0 / 1024:0.#} MB each")
            .Add("upload", times).Add("taken", uploads * (double)size / 1e6 / took, "MB/s").Add("failed", failed)
            .Add("server memory before the first", fresh / 1e6, "MB").Add("server memory after it", idle / 1e6, "MB").Add("server memory at most", most / 1e6, "MB").Add("more at the worst", (most - idle) / 1e6, "MB")
            .Add(watched, watched.Now() - used, uploads, "upload").Print(options);
        return failed == 0;
    }

    private async Task OneAsync(HttpClient client, Pair pair, byte[] content)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var prepared = await PostAsync(client, pair, "files/prepare", new Dictionary<string, object> { ["filename"] = "scan.pdf", ["mimeType"] = "application/pdf", ["sizeBytes"] = content.Length });
            using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
            using var put = await client.PutAsync(prepared.GetProperty("uploadUrl").GetString(), body);
            put.EnsureSuccessStatusCode();
            await PostAsync(client, pair, "messages", new Dictionary<string, object> { ["fileIds"] = new[] { prepared.GetProperty("fileId").GetString()! } });
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException)
        {
            if (Interlocked.Increment(ref failed) <= 3)
                await Console.Error.WriteLineAsync($"an upload failed: {e.Message}");
        }

        lock (gate)
            times.Add(Stopwatch.GetTimestamp() - start);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, Pair pair, string path, Dictionary<string, object> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/conversations/{pair.Consultation}/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pair.PatientToken);
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<long> HighestAsync(CancellationToken over)
    {
        var most = 0L;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                most = Math.Max(most, watched.ServerMemory());
        }
        catch (OperationCanceledException)
        {
            // Measured to the end.
        }

        return Math.Max(most, watched.ServerMemory());
    }

    /// <summary>One object whose data fills the file: nothing of it can be left out unread.</summary>
    private byte[] Pdf()
    {
        var content = new byte[size];
        new Random(7).NextBytes(content);
        var (head, tail) = ($"%PDF-1.7\n1 0 obj\n<< /Length {size} >>\nstream\n", "\nendstream\nendobj\ntrailer\n<< >>\n%%EOF\n");
        System.Text.Encoding.ASCII.GetBytes(head).CopyTo(content, 0);
        System.Text.Encoding.ASCII.GetBytes(tail).CopyTo(content, size - tail.Length);
        return content;
    }
}
