using Colloque.Conversations;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>What was erased on one day, in numbers.</summary>
/// <param name="OrganizationId">Whose.</param>
/// <param name="Kind">Of which kind.</param>
/// <param name="Day">In UTC.</param>
/// <param name="Conversations">How many are gone.</param>
/// <param name="Messages">In them.</param>
/// <param name="Files">In them.</param>
/// <param name="Keys">Data keys erased.</param>
/// <param name="Records">Prescriptions or exam results, with all their versions.</param>
public sealed record PurgeReport(Guid OrganizationId, ConversationKind Kind, DateOnly Day, long Conversations, long Messages, long Files, long Keys, long Records);

/// <summary>Reports of what was erased, for operators of the platform.</summary>
public sealed class ListPurges(ColloqueDb db)
{
    /// <summary>Newest first, <paramref name="most"/> at most.</summary>
    public async Task<IReadOnlyList<PurgeReport>> RunAsync(int most, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            select tenant_id "OrganizationId", kind "Kind", day "Day", conversations "Conversations", messages "Messages", files "Files", keys "Keys", records "Records"
              from retention_reports order by day desc, tenant_id, kind limit {most}
            """).ToListAsync(cancellationToken);
        return rows.ConvertAll(static r => new PurgeReport(r.OrganizationId, Enum.Parse<ConversationKind>(r.Kind), r.Day, r.Conversations, r.Messages, r.Files, r.Keys, r.Records));
    }

    private sealed record Row(Guid OrganizationId, string Kind, DateOnly Day, long Conversations, long Messages, long Files, long Keys, long Records);
}
