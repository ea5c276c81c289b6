namespace Colloque.Notifications;

/// <summary>When a mail is tried again, and when no more.</summary>
internal static class MailRetry
{
    /// <summary>Attempts at one mail; the last is some 40 hours after the first.</summary>
    internal const int MaxAttempts = 14;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>The wait after an attempt: 30 s, then three times as long each time, 6 h at most. Null: given up.</summary>
    /// <param name="attempts">Made so far, this one included.</param>
    internal static TimeSpan? After(int attempts)
    {
        if (attempts >= MaxAttempts)
        {
            return null;
        }

        var wait = First * Math.Pow(3, Math.Max(0, attempts - 1));
        return wait < Longest ? wait : Longest;
    }
}
