using Colloque.Audit;
using Colloque.Operations;
using Colloque.Security;

namespace Colloque.Server.Hosting;

/// <summary>Notes in the audit what an operator's command did: nobody signed in for it, the row's actor is the server's own (all zeros).</summary>
internal static class CommandAudit
{
    /// <summary>One row of the platform's chain; a running server, or the next one, seals it.</summary>
    /// <param name="installation">Where the command worked.</param>
    /// <param name="action">What it did.</param>
    /// <param name="resource">To what kind of thing.</param>
    /// <param name="thing">To which one, where there is one.</param>
    internal static async Task NoteAsync(Installation installation, AuditAction action, string resource, Guid? thing = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var keys = new AuditKeys(installation.Master);
        await new AuditRows(installation.Database, keys).AppendAsync(
            [
                new()
                {
                    Id = Guid.CreateVersion7(now),
                    At = now,
                    ActorId = ServerItself.Caller.UserId,
                    ActorRole = ServerItself.Caller.Role,
                    Action = action,
                    Resource = resource,
                    ResourceId = thing,
                    UserAgent = "command line",
                    Outcome = AuditOutcome.Ok,
                },
            ],
            CancellationToken.None);
    }
}
