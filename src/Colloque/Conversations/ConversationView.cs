namespace Colloque.Conversations;

/// <summary>Somebody who is or was in a conversation.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Number">The account's number, which document 004 alone shows; null for guests.</param>
/// <param name="Role">As what: <c>Patient</c>, <c>Practitioner</c>, or what a guest is (<c>Relative</c>, <c>Interpreter</c>).</param>
/// <param name="Name">As they are called.</param>
/// <param name="Title">A practitioner's.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="LeftAt">Until when; null while they are in it.</param>
public sealed record ConversationPerson(Guid UserId, long? Number, string Role, string Name, string? Title, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt);

/// <summary>A conversation as one of its people sees it in their list.</summary>
/// <param name="Id">Its id: of a consultation's, the consultation's own; of a prescription's or an exam's, the record's.</param>
/// <param name="Number">Its number, which document 004 alone shows.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Status">Whether it takes messages.</param>
/// <param name="Head">Where it stands.</param>
/// <param name="Floor">What was said up to here is not the caller's to read; 0 for everything.</param>
/// <param name="ReadSeq">The caller has read up to here.</param>
/// <param name="UnreadCount">Messages of others after that, at most <see cref="MaxUnread"/>.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="LastMessageAt">When something was last said.</param>
/// <param name="People">Everybody who is or was in it.</param>
/// <param name="LastMessage">What was last said; null for nothing that the caller may read.</param>
public sealed record ConversationView(
    Guid Id, long Number, ConversationKind Kind, ConversationStatus Status, ConversationHead Head, long Floor, long ReadSeq, int UnreadCount,
    DateTimeOffset CreatedAt, DateTimeOffset? LastMessageAt, IReadOnlyList<ConversationPerson> People, MessageView? LastMessage)
{
    /// <summary>Where counting stops: a list says "99+".</summary>
    public const int MaxUnread = 100;

    /// <summary>The one who receives care.</summary>
    public ConversationPerson Patient => First("Patient");

    /// <summary>The one who gives it: of several, the first.</summary>
    public ConversationPerson Practitioner => First("Practitioner");

    private ConversationPerson First(string role) => People.Where(p => p.Role == role && p.Number is not null).OrderBy(static p => p.JoinedAt).First();
}

/// <summary>Part of a list of conversations, newest message first.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record ConversationList(IReadOnlyList<ConversationView> Items, (DateTimeOffset At, Guid Id)? Next);
