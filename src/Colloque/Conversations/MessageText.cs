namespace Colloque.Conversations;

/// <summary>Limits that every contract shares.</summary>
public static class MessageText
{
    /// <summary>UTF-16 units of a message's text.</summary>
    public const int MaxLength = 8_000;

    /// <summary>UTF-16 units of a client's message id.</summary>
    public const int MaxClientMsgIdLength = 128;

    /// <summary>The text, unchanged, or a refusal that names the field.</summary>
    /// <exception cref="Refusal">422: empty, white space alone, too long, or not well-formed Unicode.</exception>
    public static string Parse(string? text, string field = "text")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refusal.Invalid(field, "required");
        }

        if (text.Length > MaxLength)
        {
            throw Refusal.Invalid(field, "too_long");
        }

        // PostgreSQL has no business with it (the text is sealed), but clients that read it back would disagree on it.
        return IsWellFormed(text) ? text : throw Refusal.Invalid(field);
    }

    /// <summary>The client's id for a message: as given, or the message's own where none was given.</summary>
    /// <exception cref="Refusal">422: empty, too long, or with control characters.</exception>
    public static string ParseClientMsgId(string? value, Guid messageId)
    {
        if (value is null)
        {
            return messageId.ToString();
        }

        if (value.Length is 0 or > MaxClientMsgIdLength || !IsWellFormed(value) || value.Any(char.IsControl))
        {
            throw Refusal.Invalid("clientMsgId");
        }

        return value;
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
