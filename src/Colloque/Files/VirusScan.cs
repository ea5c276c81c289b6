namespace Colloque.Files;

/// <summary>Where clamd listens; none where nothing is scanned.</summary>
/// <param name="Endpoint"><c>host:port</c>, or the path of a Unix socket; null or empty for none.</param>
public sealed record VirusScanSettings(string? Endpoint);

/// <summary>
/// Has every upload looked at by clamd, where one is set, before anybody is shown it. Closed on failure: while clamd does not answer, nothing is confirmed,
/// and what was uploaded waits unseen.
/// </summary>
public sealed class VirusScan(VirusScanSettings settings) : IDisposable
{
    // clamd takes a thread for each; more wait here.
    private readonly SemaphoreSlim turns = new(4);

    /// <summary>Whether uploads are scanned.</summary>
    public bool IsOn => !string.IsNullOrWhiteSpace(settings.Endpoint);

    /// <summary>Reads the content from its front, through one small buffer.</summary>
    /// <exception cref="Refusal">422 <c>infected</c>; 503 <c>scan_unavailable</c>.</exception>
    internal async Task RefuseAsync(Stream content, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return;
        }

        await turns.WaitAsync(cancellationToken);
        try
        {
            content.Position = 0;
            if (!await Clamd.IsCleanAsync(settings.Endpoint!, content, cancellationToken))
            {
                throw FileRefusals.Infected();
            }
        }
        catch (ClamdException)
        {
            throw Refusal.Unavailable("scan_unavailable");
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();
}
