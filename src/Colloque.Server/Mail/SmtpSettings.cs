using System.Net;
using Colloque.Storage;

namespace Colloque.Server.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>Not at all: for a relay on the same machine or network.</summary>
    None,

    /// <summary>It becomes TLS before anything of a mail is said, or ends (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}

/// <summary>The settings <c>Mail:Host</c>, <c>Port</c>, <c>User</c>, <c>Password</c> and <c>Security</c>.</summary>
/// <param name="Host">Also the name its certificate must have.</param>
/// <param name="Port">25, 587 or 465 unless set.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="User">Null: no sign-in there.</param>
/// <param name="Password">Goes with the user.</param>
internal sealed record SmtpSettings(string Host, int Port, SmtpSecurity Security, string? User, string? Password)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => $"{Host}:{Port} ({Security})";

    /// <summary>Null where no host is set.</summary>
    /// <exception cref="StartRefusedException">A setting makes no sense, or would send the password in clear.</exception>
    internal static SmtpSettings? Read(IConfigurationSection mail)
    {
        if (mail["Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new StartRefusedException("Mail:Host must be the name or the address of a mail server, without a port.");
        }

        var security = (mail["Security"] ?? "starttls").ToLowerInvariant() switch
        {
            "none" => SmtpSecurity.None,
            "starttls" => SmtpSecurity.StartTls,
            "tls" => SmtpSecurity.Tls,
            _ => throw new StartRefusedException("Mail:Security must be none, starttls or tls."),
        };
        var port = mail["Port"] is { } text && (!int.TryParse(text, out var number) || number is < 1 or > 65535)
            ? throw new StartRefusedException("Mail:Port must be a number from 1 to 65535.")
            : mail.GetValue("Port", security switch { SmtpSecurity.None => 25, SmtpSecurity.StartTls => 587, _ => 465 });
        var (user, password) = (Text(mail, "User"), Text(mail, "Password"));
        if ((user is null) != (password is null))
        {
            throw new StartRefusedException("Mail:User and Mail:Password go together.");
        }

        if (user is not null && security == SmtpSecurity.None && !IsThisMachine(host))
        {
            throw new StartRefusedException("Mail:Security=none would send Mail:Password over the network in clear. Use starttls or tls.");
        }

        return new(host, port, security, user, password);
    }

    private static string? Text(IConfigurationSection mail, string name) =>
        mail[name] is not { Length: > 0 } text ? null
        // SASL PLAIN (RFC 4616) separates its parts by NUL.
        : text.Contains('\0', StringComparison.Ordinal) ? throw new StartRefusedException($"Mail:{name} has a character that no mail server takes.") : text;

    private static bool IsThisMachine(string host) => host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
