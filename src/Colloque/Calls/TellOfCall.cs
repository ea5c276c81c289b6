using System.Globalization;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Calls;

/// <summary>Says in a visit's conversation how a call went: missed, declined, failed, or over after so long, by the server's clock.</summary>
public sealed class TellOfCall(Verbs verbs, MessageLog log, TimeProvider time)
{
    /// <summary>Once, however often it is asked to: in the name of whoever called. Where nothing can be written any more, the visit's events have it. Not to be run inside a unit of work.</summary>
    /// <exception cref="Refusal">503: to be asked again.</exception>
    public async Task RunAsync(DueCall due, CancellationToken cancellationToken)
    {
        if (await verbs.RunAsync(null, (SeeCall verb) => verb.OneAsync(due.ConsultationId, due.CallId, cancellationToken), cancellationToken) is not { IsLive: false } call)
        {
            return;
        }

        try
        {
            await log.AppendAsync(
                CallerOf(call), call.ConsultationId, new(Guid.CreateVersion7(time.GetUtcNow()), $"call-{call.Id}", MessageKind.System, Words(call)), cancellationToken);
        }
        catch (Refusal refusal) when (refusal.Kind is RefusalKind.Conflict or RefusalKind.NotFound)
        {
            // Closed a moment ago; or a guest called who is no longer in.
        }

        await verbs.RunAsync(null, (SweepCalls verb) => verb.ToldAsync(call.Id, cancellationToken), cancellationToken);
    }

    /// <summary>A word of <see cref="SystemWords"/>.</summary>
    internal static string Words(Call call) => call.State switch
    {
        CallState.Missed => SystemWords.CallMissed,
        CallState.Rejected => SystemWords.CallDeclined,
        CallState.Ended when call.ConnectedAt is not null => string.Create(CultureInfo.InvariantCulture, $"{SystemWords.CallEnded}:{(long)call.Lasted.TotalSeconds}"),
        _ => SystemWords.CallFailed,
    };

    private static Caller CallerOf(Call call)
    {
        var person = call.Caller.UserId;
        return new(call.TenantId, person, person == call.PatientId ? Role.Patient : person == call.PractitionerId ? Role.Practitioner : Role.Guest, Guid.Empty);
    }
}
