using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Notifications;

/// <summary>Tells the others of a conversation that the caller exported it. Part of the unit of work that exports.</summary>
public sealed class TellOfExport(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>One statement; answers with how many are told: 0 where the caller has no seat.</summary>
    public Task<int> RunAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        return db.Database.SqlQuery<int>($"""select notices_of_export({conversationId}, {time.GetMoment()}) "Value" """).SingleAsync(cancellationToken);
    }
}

/// <summary>Tells the patient that the calling practitioner wrote a record for them, or its next version. Part of the unit of work that writes.</summary>
public sealed class TellOfRecord(ColloqueDb db, TimeProvider time)
{
    /// <summary>One statement; answers with 1, or 0 where the record is not the caller's.</summary>
    public Task<int> RunAsync(Guid recordId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>($"""select notices_of_record({recordId}, {time.GetMoment()}) "Value" """).SingleAsync(cancellationToken);
}
