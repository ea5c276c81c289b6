namespace Colloque.Presence;

/// <summary>Who is online in a conversation.</summary>
/// <param name="Revision">Rises with each change: of two lists of one conversation the one with the higher is the newer. Starts anew with the server.</param>
/// <param name="UserIds">Each once, in the order of their ids.</param>
public sealed record OnlineList(long Revision, IReadOnlyList<Guid> UserIds);
