namespace Colloque.Teleconsultation;

/// <summary>Shows who was invited into a visit, to its two people.</summary>
public sealed class ListJoinLinks(JoinLinkRows links, TeleconsultationRows rows)
{
    /// <summary>Newest first, a hundred at most.</summary>
    /// <exception cref="Refusal">403 administrators; 404; 409 <c>not_remote</c>.</exception>
    public async Task<IReadOnlyList<JoinLinkView>> RunAsync(Guid consultation, CancellationToken cancellationToken)
    {
        await rows.OneAsync(consultation, cancellationToken);
        return await links.ListAsync(consultation, null, cancellationToken);
    }
}
