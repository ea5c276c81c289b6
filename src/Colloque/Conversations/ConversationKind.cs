namespace Colloque.Conversations;

/// <summary>What a conversation is about.</summary>
public enum ConversationKind
{
    /// <summary>A visit; the conversation has the consultation's id.</summary>
    Consultation,

    /// <summary>A patient and a practitioner, about nothing in particular.</summary>
    Direct,

    /// <summary>A prescription.</summary>
    Prescription,

    /// <summary>An exam result.</summary>
    Exam,
}

/// <summary>Whether a conversation takes messages.</summary>
public enum ConversationStatus
{
    /// <summary>Takes messages.</summary>
    Open,

    /// <summary>Readable; writable again once reopened.</summary>
    Archived,

    /// <summary>Readable, for good.</summary>
    Closed,
}
