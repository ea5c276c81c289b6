using Colloque.Accounts;
using Colloque.Security;

namespace Colloque.Exports;

/// <summary>What the caller shows to prove that it is still they who ask.</summary>
/// <param name="Password">Their password.</param>
/// <param name="Code">Of their authenticator, or a recovery code.</param>
/// <param name="Passkey">Their passkey's answer.</param>
public sealed record ExportProof(string? Password, string? Code, PasskeyAnswer? Passkey)
{
    /// <summary>Never the proof, whatever prints this.</summary>
    public override string ToString() => nameof(ExportProof);
}

/// <summary>Takes a copy of a conversation, in the language of the caller's profile. It takes proving oneself again.</summary>
public sealed class TakeCopy(ProveOneself prove, GetProfile profile, ExportConversation export)
{
    /// <summary>All that may be refused; the document is still to be written. Not to be run inside a unit of work.</summary>
    /// <param name="caller">Whose seat it is.</param>
    /// <param name="conversationId">Which.</param>
    /// <param name="format">As what.</param>
    /// <param name="proof">That it is still they.</param>
    /// <param name="address">Where this server is reached.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="Refusal">As <see cref="ProveOneself"/> and <see cref="ExportConversation"/>.</exception>
    public async Task<ConversationExport> OpenAsync(Caller caller, Guid conversationId, ExportFormat format, ExportProof proof, string address, CancellationToken cancellationToken)
    {
        caller.RequireClinical();
        await prove.RequireAsync(caller, proof.Password, proof.Code, proof.Passkey, address, cancellationToken);
        var reader = await profile.RunAsync(caller, cancellationToken);
        return await export.OpenAsync(caller, conversationId, format, reader.Language, cancellationToken);
    }
}
