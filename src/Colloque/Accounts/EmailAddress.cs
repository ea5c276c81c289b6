namespace Colloque.Accounts;

/// <summary>An address as the installation knows it: lower case, unique.</summary>
public static class EmailAddress
{
    /// <summary>Characters, at most (RFC 5321, 4.5.3.1.3, less the angle brackets).</summary>
    public const int MaxLength = 254;

    /// <summary>The address of a new account. Only what no address can be is refused; whether mail arrives, mail tells.</summary>
    /// <exception cref="Refusal">422 <c>email</c>.</exception>
    public static string Parse(string? text) => text is null or "" ? throw Refusal.Invalid("email", "required") : Find(text) ?? throw Refusal.Invalid("email");

    /// <summary>The address to look for; null where no account can have it.</summary>
    public static string? Find(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= MaxLength && at > 0 && at < text.Length - 1 && text.IndexOf('@', at + 1) < 0 && text.All(static c => !char.IsControl(c) && !char.IsWhiteSpace(c) && !char.IsSurrogate(c))
            ? text.ToLowerInvariant()
            : null;
    }
}
