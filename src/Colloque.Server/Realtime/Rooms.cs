namespace Colloque.Server.Realtime;

/// <summary>The only place that spells a room.</summary>
public static class Rooms
{
    /// <summary>Sockets that listen to a conversation.</summary>
    public static string Conversation(Guid id) => string.Create(34, id, static (text, id) =>
    {
        text[0] = 'c';
        text[1] = ':';
        id.TryFormat(text[2..], out _, "N");
    });

    /// <summary>Sockets of guests in a conversation, who hear less of it than those with seats of their own.</summary>
    public static string Guests(Guid id) => $"g:{id:N}";

    /// <summary>Sockets of a person that show their list of conversations.</summary>
    public static string Inbox(Guid id) => $"i:{id:N}";

    /// <summary>All sockets of a person.</summary>
    public static string User(Guid id) => $"u:{id:N}";
}
