using Colloque.Conversations;

namespace Colloque.Retention;

/// <summary>When conversations are put away (<c>Conversations__ArchiveAfterDays</c>), and how long the law wants them kept (<c>Retention__Years__{kind}</c>).</summary>
public sealed class RetentionSettings
{
    /// <summary>Days of silence after which a conversation that is no consultation's is put away; 0 for never.</summary>
    public int ArchiveAfterDays { get; set; } = 30;

    /// <summary>Whether anything is erased at all.</summary>
    public bool Purge { get; set; } = true;

    /// <summary>How long from one look at what is silent and what is over to the next, and from a start to the first: a second to a day.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Years after the last that was said or written, for each kind: no organization may keep for less. A visit's are part of the medical record; the others are kept as
    /// document 003 says.
    /// </summary>
    public Dictionary<ConversationKind, int> Years { get; } = new()
    {
        [ConversationKind.Consultation] = 20,
        [ConversationKind.Direct] = 7,
        [ConversationKind.Prescription] = 7,
        [ConversationKind.Exam] = 7,
    };

    /// <summary>False: a setting that no start should go on with.</summary>
    public bool IsSound => ArchiveAfterDays is >= 0 and <= 3650 && Every >= TimeSpan.FromSeconds(1) && Every <= TimeSpan.FromDays(1) && Years.Values.All(static y => y is >= 1 and <= RetentionRule.MaxYears);
}

/// <summary>How long conversations of a kind are kept in an organization.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Years">After the last that was said.</param>
/// <param name="Floor">What the installation demands at least.</param>
public sealed record RetentionRule(ConversationKind Kind, int Years, int Floor)
{
    /// <summary>The longest that can be asked for.</summary>
    public const int MaxYears = 150;
}
