namespace Colloque.Conversations;

/// <summary>Numbers of messages, for contracts that know no other ids: the conversation's number and the message's place in it, in one number below 2^53.</summary>
public static class ChatNumber
{
    /// <summary>Messages that a conversation may have before numbers would meet: 67,108,863.</summary>
    private const int SeqBits = 26;

    /// <summary>A message's number.</summary>
    public static long Of(long conversation, long seq) => (conversation << SeqBits) + seq;

    /// <summary>A message's place in a conversation, if its number is of that one; else null.</summary>
    public static long? SeqOf(long conversation, long message) => message > 0 && message >> SeqBits == conversation ? message & ((1L << SeqBits) - 1) : null;
}
