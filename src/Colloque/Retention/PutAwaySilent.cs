using Colloque.Storage;

namespace Colloque.Retention;

/// <summary>Puts away what is silent, one transaction for each. It looks at what is so, and so loses nothing with a process; of several processes each conversation is one's.</summary>
public sealed class PutAwaySilent(Verbs verbs)
{
    /// <summary>At most <see cref="FindSilent.Most"/>; answers with how many were put away. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">503.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var away = 0;
        foreach (var (id, seated) in await verbs.RunAsync(null, (FindSilent verb) => verb.RunAsync(cancellationToken), cancellationToken))
        {
            try
            {
                away += await verbs.RunAsync(seated, (ArchiveSilent verb) => verb.RunAsync(id, cancellationToken), cancellationToken) ? 1 : 0;
            }
            catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
            {
                // Its seat ended a moment ago, or it is being erased.
            }
        }

        return away;
    }
}
