using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Colloque.Load.Chat;

/// <summary>Compares what the server has stored, paged over HTTP after a run, with what the run's own books say.</summary>
internal sealed class HistoryCheck
{
    /// <summary>Messages of the run that are stored.</summary>
    public long Stored { get; private set; }

    /// <summary>Acked messages that are not stored.</summary>
    public long Missing { get; private set; }

    /// <summary>Messages stored twice.</summary>
    public long Doubled { get; private set; }

    /// <summary>Stored messages whose ack never came.</summary>
    public long Unacked { get; private set; }

    /// <summary>Numbers left out.</summary>
    public long Gaps { get; private set; }

    /// <summary>Messages with a number other than acked, or a text other than sent.</summary>
    public long Wrong { get; private set; }

    /// <summary>Messages that had not reached the other side live, and are here to be fetched.</summary>
    public long Paged { get; private set; }

    /// <summary>Whether everything is as it should be.</summary>
    public bool IsClean => Missing + Doubled + Gaps + Wrong == 0;

    /// <summary>Checks every consultation of a run.</summary>
    /// <exception cref="HttpRequestException">A page cannot be had.</exception>
    public static async Task<HistoryCheck> RunAsync(ChatSettings settings, ChatClient[] clients)
    {
        var check = new HistoryCheck();
        using var http = new HttpClient { BaseAddress = settings.Url };
        for (var i = 0; i < clients.Length; i += 2)
            await check.ConsultationAsync(http, settings, clients, i);
        return check;
    }

    private async Task ConsultationAsync(HttpClient http, ChatSettings settings, ChatClient[] clients, int first)
    {
        var found = new[] { new long[clients[first].Sent.Count], new long[clients[first + 1].Sent.Count] };
        var expected = 0L;
        string? cursor = null;
        do
        {
            using var page = await PageAsync(http, settings, first, cursor);
            cursor = page.RootElement.GetProperty("pageInfo").GetProperty("nextCursor").GetString();
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                var seq = item.GetProperty("seq").GetInt64();
                if (seq <= clients[first].FirstSeq)
                {
                    cursor = null;
                    break;
                }

                Gaps += expected == 0 ? 0 : Math.Abs(expected - seq);
                expected = seq - 1;
                Item(settings, item, seq, first, found);
            }
        }
        while (cursor is not null);
        Gaps += expected > clients[first].FirstSeq ? expected - clients[first].FirstSeq : 0;
        Compare(clients[first], clients[first + 1], found[0]);
        Compare(clients[first + 1], clients[first], found[1]);
    }

    private void Item(ChatSettings settings, JsonElement item, long seq, int first, long[][] found)
    {
        var id = Encoding.UTF8.GetBytes(item.GetProperty("clientMsgId").GetString() ?? "");
        if (!MessageId.TryRead(id, settings.Run, out var client, out var place) || client - first is not (0 or 1) || place >= found[client - first].Length)
            return;
        Stored++;
        ref var known = ref found[client - first][place];
        Doubled += known == 0 ? 0 : 1;
        known = seq;
        Wrong += item.GetProperty("text").GetString() == settings.Text ? 0 : 1;
    }

    private void Compare(ChatClient sender, ChatClient receiver, long[] found)
    {
        for (var place = 0; place < found.Length; place++)
        {
            var acked = sender.Sent.SeqOf(place);
            Missing += acked != 0 && found[place] == 0 ? 1 : 0;
            Unacked += acked == 0 && found[place] != 0 ? 1 : 0;
            Wrong += acked != 0 && found[place] != 0 && acked != found[place] ? 1 : 0;
            Paged += acked != 0 && found[place] != 0 && !receiver.Received.Has(acked) ? 1 : 0;
        }
    }

    private static async Task<JsonDocument> PageAsync(HttpClient http, ChatSettings settings, int client, string? cursor)
    {
        var path = $"/api/v1/consultations/{settings.PairOf(client).Consultation}/messages?limit=100";
        using var request = new HttpRequestMessage(HttpMethod.Get, cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.TokenOf(client));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonDocument>())!;
    }
}
