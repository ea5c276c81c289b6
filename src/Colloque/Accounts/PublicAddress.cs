using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>
/// Where people reach this installation: the setting <c>PublicUrl</c>, or else where the server listens. Links in mails begin with it,
/// never with what a request says of its host: whoever asks for another's link must not choose where it leads.
/// </summary>
/// <param name="set">The setting; null where there is none.</param>
public sealed class PublicAddress(string? set)
{
    private volatile string text = set?.TrimEnd('/') ?? "http://localhost:5000";

    /// <summary>Scheme, host and port, without a trailing slash.</summary>
    public string Text => text;

    /// <summary>Tells where the server listens; counts where no setting says otherwise.</summary>
    public void Learn(string? listening)
    {
        if (set is null && Uri.TryCreate(listening?.Replace("//0.0.0.0", "//localhost").Replace("//[::]", "//localhost"), UriKind.Absolute, out var url))
        {
            text = url.GetLeftPart(UriPartial.Authority);
        }
    }

    /// <summary>address/page#token: what follows # stays in the browser, out of every log.</summary>
    public string Link(string page, OpaqueToken token) => $"{Text}/{page}#{token.Text()}";
}
