using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>Shows the live call of a visit to who is of it.</summary>
public sealed class SeeCall(CallRows rows, CallerScope scope)
{
    /// <summary>At most two queries; null: there is none.</summary>
    /// <exception cref="Refusal">403 administrators; 404.</exception>
    public async Task<Call?> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var live = await rows.FindAsync(id, null, cancellationToken);
        if (live is null)
        {
            // Nothing to see, or nobody's to see.
            await rows.VisitAsync(id, alone: false, cancellationToken);
        }

        return live;
    }

    /// <summary>A call by its id, over or not, for the server itself. One query.</summary>
    public Task<Call?> OneAsync(Guid id, Guid call, CancellationToken cancellationToken) =>
        scope.Caller is null ? rows.FindAsync(id, call, cancellationToken) : throw Refusal.Forbidden();
}

/// <summary>A call that rings.</summary>
public sealed record RingingCall(Call Call, bool Silent);

/// <summary>Lists the calls that ring for the caller, for a page that has just been opened.</summary>
public sealed class ListRingingCalls(ColloqueDb db, CallRows rows, CallerScope scope)
{
    /// <summary>One query, and one for each that rings: one, hardly ever two.</summary>
    /// <exception cref="Refusal">403 administrators.</exception>
    public async Task<IReadOnlyList<RingingCall>> RunAsync(CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        var ringing = await db.Database.SqlQuery<Row>($"""select consultation_id "ConsultationId", call_id "CallId", silent "Silent" from calls_ringing()""").ToListAsync(cancellationToken);
        var calls = new List<RingingCall>();
        foreach (var row in ringing)
        {
            if (await rows.FindAsync(row.ConsultationId, row.CallId, cancellationToken) is { State: CallState.Ringing } call)
            {
                calls.Add(new(call, row.Silent));
            }
        }

        return calls;
    }

    private sealed record Row(Guid ConsultationId, Guid CallId, bool Silent);
}
