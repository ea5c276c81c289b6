using System.Collections.Frozen;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Calls;

/// <summary>Keeps a technical incident of a call that the caller is in, with the server's time: for who looks into a trouble later.</summary>
public sealed class ReportCallIncident(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    /// <summary>What a client may say.</summary>
    public static readonly FrozenSet<string> Codes = FrozenSet.Create(
        StringComparer.Ordinal, "resolution_reduced", "frames_reduced", "picture_paused", "sound_only", "text_suggested", "recovered", "ice_restarted", "reconnected", "device_changed", "device_lost",
        "relay_failed");

    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no such live call, or not in it; 422 <c>code</c>.</exception>
    public async Task<bool> RunAsync(Guid id, Guid call, string? code, CancellationToken cancellationToken)
    {
        scope.Required.RequireInVisit();
        if (code is null || !Codes.Contains(code))
        {
            throw Refusal.Invalid("code");
        }

        return await db.Database.SqlQuery<bool>($"select call_incident({id}, {call}, {code}, {time.GetMoment()}) as \"Value\"").SingleAsync(cancellationToken) ? true : throw Refusal.NotFound();
    }
}
