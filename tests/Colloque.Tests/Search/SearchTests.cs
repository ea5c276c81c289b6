using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Search;
using Colloque.Security;
using Colloque.Testing;
using Xunit;

namespace Colloque.Tests.Search;

/// <summary>Looking for words in one's own conversations.</summary>
public sealed class SearchTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("Élève ŒUVRE straße", "eleve oeuvre strasse")]
    [InlineData("e\u0301te\u0301 ÇA l’hôpital", "ete ca l'hopital")]
    [InlineData("Ñandú Łódź Ørsted İzmir", "nandu lodz orsted izmir")]
    [InlineData("한국어 العربية 😀", "한국어 العربية 😀")]
    public void Accents_case_and_ligatures_do_not_count(string text, string folded) => Assert.Equal(folded, TextFold.Of(text));

    [Fact]
    public void What_is_highlighted_is_the_text_as_it_stands_there()
    {
        using var matcher = new TermMatcher(["oeuf", "ete"]);
        const string text = "L’œuf d’e\u0301te\u0301, un ŒUF.";
        Assert.True(matcher.IsIn(text, []));
        Assert.Equal(["œuf", "e\u0301te\u0301", "ŒUF"], matcher.Places(text).Select(h => text.Substring(h.Start, h.Length)));
    }

    [Fact]
    public void Terms_are_words_and_what_stands_between_quotation_marks()
    {
        Assert.Equal(["mal de tete", "hier"], SearchQuery.ParseTerms("«mal de tête» hier"));
        Assert.Throws<Refusal>(() => SearchQuery.ParseTerms(" \" \" "));
        Assert.Equal("too_long", Assert.Throws<Refusal>(() => SearchQuery.ParseTerms(new('a', 201))).Code);
    }

    [Fact]
    public async Task A_search_finds_exactly_what_a_plain_reading_finds_newest_first_whatever_it_asks_for()
    {
        await using var world = await World.CreateAsync(postgres);
        var random = new Random(7);
        string[] words = ["douleur", "tête", "ordonnance", "Été", "cœur", "résultat", "demain", "merci"];
        Guid[] conversations = [await world.ConsultationAsync(), await world.ConsultationAsync(), await world.ConsultationAsync(world.OtherPatient, world.Practitioner, ConsultationStatus.InProgress)];
        var all = new List<MessageView>();
        for (var i = 0; i < 600; i++)
        {
            var where = random.Next(3);
            var who = random.Next(2) == 0 ? world.Practitioner : where == 2 ? world.OtherPatient : world.Patient;
            world.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            all.Add(await world.SayAsync(who, conversations[where], string.Join(' ', Enumerable.Range(0, 4).Select(_ => words[random.Next(words.Length)]))));
        }

        await world.RunAsync(all[^1].SenderId == world.Practitioner.UserId ? world.Practitioner : all[^1].SenderId == world.Patient.UserId ? world.Patient : world.OtherPatient,
            (DeleteMessage verb) => verb.RunAsync(all[^1].ConversationId, all[^1].Id, default));
        all.RemoveAt(599);
        foreach (var query in (string[])["coeur", "\"tete ete\"", "DOULEUR mérci", "resultat demain ordonnance", "absent"])
        {
            foreach (var caller in (Caller[])[world.Practitioner, world.Patient, world.Stranger])
            {
                var terms = SearchQuery.ParseTerms(query);
                DateTimeOffset? since = random.Next(2) == 0 ? all[150].CreatedAt : null;
                DateTimeOffset? until = random.Next(2) == 0 ? all[450].CreatedAt : null;
                Guid? from = random.Next(3) == 0 ? world.Practitioner.UserId : null;
                var expected = all
                    .Where(m => caller == world.Practitioner || (caller == world.Patient && m.ConversationId != conversations[2]))
                    .Where(m => terms.All(t => TextFold.Of(m.Text!).Contains(t, StringComparison.Ordinal)) && !(m.CreatedAt < since) && !(m.CreatedAt >= until) && (from is null || m.SenderId == from))
                    .OrderByDescending(static m => (m.CreatedAt, m.ConversationId, m.Seq)).Select(static m => m.Id).ToList();
                var found = new List<Guid>();
                (DateTimeOffset, Guid, long)? after = null;
                do
                {
                    var steps = await StepsAsync(world, caller, new() { Terms = terms, Since = since, Until = until, From = from, After = after, Most = 7 });
                    found.AddRange(steps.Where(static s => s.Hit is not null).Select(static s => s.Hit!.Message.Id));
                    after = steps[^1].Next;
                }
                while (after is not null);
                Assert.Equal(expected, found);
            }
        }
    }

    [Fact]
    public async Task A_search_ends_where_one_stops_listening_and_is_not_for_administrators_or_strangers()
    {
        await using var world = await World.CreateAsync(postgres);
        var id = await world.ConsultationAsync();
        for (var i = 0; i < 40; i++)
        {
            await world.SayAsync(world.Patient, id, $"word {i}");
        }

        using var ended = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var step in world.Get<SearchMessages>().RunAsync(world.Patient, new() { Terms = ["word"] }, ended.Token))
            {
                await ended.CancelAsync();
            }
        });
        await MessageLogRefusedAsync("forbidden", () => StepsAsync(world, world.Admin, new() { Terms = ["word"] }));
        await MessageLogRefusedAsync("not_found", () => StepsAsync(world, world.Stranger, new() { Terms = ["word"], ConversationId = id }));
        Assert.Equal(1, (await StepsAsync(world, world.Practitioner, new() { Terms = ["word 39"], ConversationId = id })).Count(static s => s.Hit is not null));
    }

    private static async Task MessageLogRefusedAsync(string code, Func<Task<List<SearchStep>>> act) => Assert.Equal(code, (await Assert.ThrowsAsync<Refusal>(act)).Code);

    private static async Task<List<SearchStep>> StepsAsync(World world, Caller caller, SearchQuery query)
    {
        var steps = new List<SearchStep>();
        await foreach (var step in world.Get<SearchMessages>().RunAsync(caller, query, default))
        {
            steps.Add(step);
        }

        return steps;
    }
}
