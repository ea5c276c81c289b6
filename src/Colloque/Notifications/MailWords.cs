namespace Colloque.Notifications;

/// <summary>The words of one kind of mail in one language. <c>{0}</c> stands for the organization's name, <c>{1}</c> for a time.</summary>
/// <param name="Subject">Shown on locked screens: no name, no organization.</param>
/// <param name="Text">Paragraphs before the link.</param>
/// <param name="Button">What the link says; null for mails that have none.</param>
/// <param name="After">The paragraph after the link; null for none.</param>
internal sealed record MailWords(string Subject, string[] Text, string? Button = null, string? After = null)
{
    /// <exception cref="ArgumentOutOfRangeException">A kind without words.</exception>
    internal static MailWords Of(MailKind kind, string language) => language switch
    {
        "fr" => FrenchMail.Of(kind),
        "es" => SpanishMail.Of(kind),
        _ => EnglishMail.Of(kind),
    };

    /// <summary>What stands under every mail.</summary>
    internal static string Footer(string language) => language switch
    {
        "fr" => "Ce message est envoyé automatiquement ; personne ne lit les réponses.",
        "es" => "Este mensaje se envía automáticamente; nadie lee las respuestas.",
        _ => "This message is sent automatically; nobody reads replies.",
    };

    /// <summary>Where a mail names an organization that it was not given.</summary>
    internal static string SomeOrganization(string language) => language switch { "fr" => "votre organisation", "es" => "su organización", _ => "your organization" };
}
