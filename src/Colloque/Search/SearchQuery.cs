using Colloque.Conversations;

namespace Colloque.Search;

/// <summary>What somebody looks for in their own conversations.</summary>
public sealed record SearchQuery
{
    /// <summary>UTF-16 units of the words to look for.</summary>
    public const int MaxLength = 200;

    /// <summary>Words and phrases of one search.</summary>
    public const int MaxTerms = 10;

    /// <summary>Folded; each must occur.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Of these kinds of conversations alone; none for all.</summary>
    public IReadOnlyCollection<ConversationKind> Kinds { get; init; } = [];

    /// <summary>In this conversation alone.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>Of this person alone.</summary>
    public Guid? From { get; init; }

    /// <summary>Said then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Said before then.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With files alone.</summary>
    public bool HasFile { get; init; }

    /// <summary>Where a search before it stopped.</summary>
    public (DateTimeOffset At, Guid ConversationId, long Seq)? After { get; init; }

    /// <summary>1..200: hits after which it stops.</summary>
    public int Most { get; init; } = 50;

    /// <summary>Words are looked for one by one, in any order; what stands between quotation marks as it stands there.</summary>
    /// <exception cref="Refusal">422 <c>q</c>: nothing to look for, too much, or too long.</exception>
    public static IReadOnlyList<string> ParseTerms(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refusal.Invalid("q", "required");
        }

        if (text.Length > MaxLength)
        {
            throw Refusal.Invalid("q", "too_long");
        }

        var terms = new List<string>();
        // Every second piece was between quotation marks; one that is not closed goes to the end.
        var pieces = TextFold.Of(text.Replace('“', '"').Replace('”', '"').Replace('«', '"').Replace('»', '"')).Split('"');
        for (var i = 0; i < pieces.Length; i++)
        {
            terms.AddRange(i % 2 == 1 ? [pieces[i].Trim()] : pieces[i].Split(' ', StringSplitOptions.TrimEntries));
        }

        terms.RemoveAll(static t => t.Length == 0);
        return terms.Count is 0 or > MaxTerms ? throw Refusal.Invalid("q") : terms;
    }
}

/// <summary>A message in which everything that was looked for occurs.</summary>
/// <param name="Message">It.</param>
/// <param name="Highlights">Where in its text, in UTF-16 units, in order and apart; none where a file's name has it.</param>
public sealed record SearchHit(MessageView Message, IReadOnlyList<SearchHighlight> Highlights);

/// <summary>A stretch of a text.</summary>
public readonly record struct SearchHighlight(int Start, int Length);

/// <summary>How far a search has come.</summary>
/// <param name="Scanned">Messages opened so far.</param>
/// <param name="Hit">One more hit; null where it only tells how far it is.</param>
/// <param name="Next">At the end of a search that stopped at its limit: where another goes on.</param>
/// <param name="IsEnd">True once, at the end.</param>
public sealed record SearchStep(int Scanned, SearchHit? Hit = null, (DateTimeOffset At, Guid ConversationId, long Seq)? Next = null, bool IsEnd = false);
