namespace Colloque.Server.Realtime;

/// <summary>Somebody writes, or stops. It skips the database; one namespace tells the others.</summary>
/// <param name="ConversationId">Where; whose namespace it came from has checked the seat.</param>
/// <param name="UserId">Who.</param>
/// <param name="Typing">False for having stopped.</param>
/// <param name="From">The namespace that has told its own sockets already.</param>
internal sealed record TypingTold(Guid ConversationId, Guid UserId, bool Typing, string From) : Announcement;
