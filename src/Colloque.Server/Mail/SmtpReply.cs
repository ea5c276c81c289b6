namespace Colloque.Server.Mail;

/// <summary>A server's answer: a code, and the text of each line.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>Whether the EHLO answer names an extension, by its first word.</summary>
    internal bool Offers(string keyword) => Lines.Any(l => l.Equals(keyword, StringComparison.OrdinalIgnoreCase) || l.StartsWith(keyword + " ", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the EHLO answer names a way to sign in.</summary>
    internal bool OffersSignIn(string mechanism) =>
        Lines.Where(static l => l.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase))
            .Any(l => l.Split(' ').Skip(1).Contains(mechanism, StringComparer.OrdinalIgnoreCase));
}

/// <summary>The other side said no, or something that is not SMTP.</summary>
/// <param name="reason">Without an address or anything the other side wrote.</param>
/// <param name="code">Its code; 0 where there was none.</param>
/// <param name="innerException">What it came from.</param>
internal sealed class SmtpException(string reason, int code = 0, Exception? innerException = null) : Exception(reason, innerException)
{
    /// <summary>For the log and the row.</summary>
    internal string Reason { get; } = reason;

    /// <summary>5xx: the same again will fail again.</summary>
    internal bool IsPermanent { get; } = code is >= 500 and < 600;
}
