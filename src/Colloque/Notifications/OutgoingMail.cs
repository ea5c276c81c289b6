namespace Colloque.Notifications;

/// <summary>A mail on its way out.</summary>
/// <param name="Id">Of its row; the Message-ID is made of it, so that a mail sent twice is known for one.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Recipient">In ASCII, as <see cref="MailAddressRule"/> lets it pass.</param>
/// <param name="Message">The whole message, ASCII with CRLF line ends (RFC 5322).</param>
public sealed record OutgoingMail(Guid Id, MailKind Kind, string Recipient, byte[] Message)
{
    /// <summary>Never the address, whatever prints this.</summary>
    public override string ToString() => $"{nameof(OutgoingMail)} {Id}";
}

/// <summary>What became of one attempt.</summary>
/// <param name="Fate">Decides what follows.</param>
/// <param name="Reason">Why not, in 40 characters of ASCII at most, without an address: <c>smtp_451</c>.</param>
public readonly record struct MailOutcome(MailFate Fate, string Reason = "")
{
    /// <summary>It is the other side's now.</summary>
    public static MailOutcome Sent => new(MailFate.Sent);
}

/// <summary>The ends of an attempt.</summary>
public enum MailFate
{
    /// <summary>Accepted.</summary>
    Sent,

    /// <summary>This mail may succeed later.</summary>
    Later,

    /// <summary>This mail never will.</summary>
    Never,

    /// <summary>No mail gets through at the moment, which is not this mail's fault and does not count against it.</summary>
    Unreachable,
}

/// <summary>Hands mails over to the world: an SMTP server, or a folder.</summary>
public interface IMailCarrier
{
    /// <summary>Tries once. Returns for every way it may end; throws only when cancelled.</summary>
    Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken);

    /// <summary>Nothing is waiting: connections may be given back.</summary>
    ValueTask RestAsync();
}
