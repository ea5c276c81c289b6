using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Audit;
using Colloque.Search;
using Colloque.Security;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Search in one's own conversations: one line of JSON a hit, as it is found.</summary>
internal static class SearchApi
{
    private const string ContentType = "application/x-ndjson";

    internal static void MapSearch(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/conversations/search").RequireCaller().WithTags("Conversations").Audited("search", AuditAction.Read, clinical: true).Allow(Access.Clinical)
            .MapGet("", Search).WithSummary("Messages with these words, newest first, one line of JSON each.").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Stream), [ContentType]));

    private static IResult Search(
        string? q, string? from, string? since, string? until, string? kind, bool? hasFile, string? conversationId, string? cursor, string? limit, HttpContext http, SearchMessages search)
    {
        var caller = http.Caller(Limit.Search);
        var query = new SearchQuery
        {
            Terms = SearchQuery.ParseTerms(q),
            From = from is null ? null : Ids.Parse(from, "from"),
            Since = Instants.ParseFrom(since, "since"),
            Until = Instants.ParseUntil(until, "until"),
            Kinds = kind is null ? [] : [.. kind.Split(',').Select(ChatWords.ToKind)],
            HasFile = hasFile is true,
            ConversationId = conversationId is null ? null : Ids.Parse(conversationId, "conversationId"),
            After = PageCursor.ToPlace(cursor),
            Most = Limits.Parse(limit, 50, 200),
        };
        return new Lines(search.RunAsync(caller, query, http.RequestAborted));
    }

    /// <summary>The first step is taken before the answer begins, so that a refusal is one.</summary>
    private sealed class Lines(IAsyncEnumerable<SearchStep> steps) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using var step = steps.GetAsyncEnumerator(httpContext.RequestAborted);
            var more = await step.MoveNextAsync();
            httpContext.Response.ContentType = ContentType;
            httpContext.Response.Headers.CacheControl = "no-store";
            for (; more; more = await step.MoveNextAsync())
            {
                await JsonSerializer.SerializeAsync(httpContext.Response.Body, Of(step.Current), SearchJson.Default.SearchLine, httpContext.RequestAborted);
                await httpContext.Response.Body.WriteAsync("\n"u8.ToArray(), httpContext.RequestAborted);
                await httpContext.Response.Body.FlushAsync(httpContext.RequestAborted);
            }
        }

        private static SearchLine Of(SearchStep step) => new(
            step.Scanned, step.Hit is { } hit ? ChatWords.Of(hit.Message) : null,
            step.Hit?.Highlights.Select(static h => new SearchPlace(h.Start, h.Length)).ToArray(),
            step.IsEnd ? true : null, step.Next is { } next ? PageCursor.OfPlace(next.At, next.ConversationId, next.Seq) : null);
    }
}

/// <summary>A stretch of a message's text, in UTF-16 units.</summary>
public sealed record SearchPlace(int Start, int Length);

/// <summary>One line: a hit, how far the search is, or its end with where another goes on. What is null is left out.</summary>
public sealed record SearchLine(int Scanned, ChatMessage? Message, IReadOnlyList<SearchPlace>? Highlights, bool? End, string? NextCursor);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SearchLine))]
internal sealed partial class SearchJson : JsonSerializerContext;
