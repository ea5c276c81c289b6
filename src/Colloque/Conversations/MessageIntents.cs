using System.Collections.Frozen;

namespace Colloque.Conversations;

/// <summary>What a message about a prescription or an exam result may be for (document 003's allowed actions).</summary>
public static class MessageIntents
{
    private static readonly FrozenSet<string> Prescription = FrozenSet.Create("question", "clarification", "side_effects");
    private static readonly FrozenSet<string> Exam = FrozenSet.Create("explanation", "interpretation", "next_steps");

    /// <summary>The words that a kind of conversation knows; none for those that are about no record.</summary>
    public static IReadOnlyCollection<string> Of(ConversationKind kind) => kind switch
    {
        ConversationKind.Prescription => Prescription,
        ConversationKind.Exam => Exam,
        _ => [],
    };

    /// <summary>The word, or null for none.</summary>
    /// <exception cref="Refusal">422 <c>intent</c>: no kind knows it.</exception>
    internal static string? Parse(string? intent) => intent is null || Prescription.Contains(intent) || Exam.Contains(intent) ? intent : throw Refusal.Invalid("intent");
}

/// <summary>What the product itself says in a conversation, for clients to put in their reader's language.</summary>
public static class SystemWords
{
    /// <summary>The sender took a copy of the conversation.</summary>
    public const string Exported = "exported";

    /// <summary>The sender reopened it.</summary>
    public const string Reopened = "reopened";

    /// <summary>The sender closed it.</summary>
    public const string Closed = "closed";

    /// <summary>The sender asked somebody in: their id stands behind a colon.</summary>
    public const string Joined = "joined";

    /// <summary>Somebody who had been asked in left: the sender, or whom the sender let go; their id stands behind a colon.</summary>
    public const string Left = "left";

    /// <summary>An urgent message of the patient's found nobody, and climbed to the sender's deputy: their id stands behind a colon.</summary>
    public const string Deputy = "deputy";

    /// <summary>Nothing was said for long, and it was put away by itself; the sender has done nothing.</summary>
    public const string Archived = "archived";

    /// <summary>The sender called, and nobody answered.</summary>
    public const string CallMissed = "call_missed";

    /// <summary>The sender called, and the other could not or did not want to.</summary>
    public const string CallDeclined = "call_declined";

    /// <summary>A call of the sender's was answered, and the devices did not find each other.</summary>
    public const string CallFailed = "call_failed";

    /// <summary>A call of the sender's is over; followed by a colon and its whole seconds: <c>call_ended:184</c>.</summary>
    public const string CallEnded = "call_ended";

    /// <summary>A word and of whom it speaks, by their id, never by name: <c>joined:0199…</c>. Who reads it knows their participants.</summary>
    internal static string Of(string word, Guid person) => $"{word}:{person}";

    /// <summary>Of whom a word speaks; null where it says of nobody, as older ones do not.</summary>
    internal static Guid? PersonOf(string? text) => text?.Split(':', 2) is [_, var id] && Guid.TryParseExact(id, "D", out var person) ? person : null;
}
