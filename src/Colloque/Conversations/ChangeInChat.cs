namespace Colloque.Conversations;

/// <summary>What is done to a message that was named by numbers: reactions and pins.</summary>
public sealed class ChangeInChat(FindChat chats, ReactToMessage react, PinMessage pin)
{
    /// <summary>Puts an emoji on it, or takes it off.</summary>
    /// <exception cref="Refusal">As <see cref="ReactToMessage"/>; 404.</exception>
    public async Task<(ConversationView Chat, MessageView Message)> RunAsync(long chat, long message, string? emoji, bool on, CancellationToken cancellationToken)
    {
        var (seat, id) = await chats.MessageAsync(chat, message, cancellationToken);
        return (seat, await react.RunAsync(seat.Id, id, emoji, on, cancellationToken));
    }

    /// <summary>Pins it, or lets it go.</summary>
    /// <exception cref="Refusal">As <see cref="PinMessage"/>; 404.</exception>
    public async Task<(ConversationView Chat, MessageView Message)> PinAsync(long chat, long message, bool on, CancellationToken cancellationToken)
    {
        var (seat, id) = await chats.MessageAsync(chat, message, cancellationToken);
        return (seat, await pin.RunAsync(seat.Id, id, on, cancellationToken));
    }
}
