using Colloque.Consultations;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Consultations;

/// <summary>Settings of the sweep over consultations: <c>Consultations__NoShowAfter</c>, <c>__CloseAfter</c>, as <c>hh:mm:ss</c>.</summary>
internal sealed class ConsultationSweepOptions
{
    /// <summary>Past a planned end, where not both came.</summary>
    public TimeSpan NoShowAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Past a planned end or the last sign of life, where nobody ended it.</summary>
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromHours(4);

    /// <exception cref="StartRefusedException">A setting is not a time that makes sense.</exception>
    internal ConsultationDeadlines ToDeadlines() =>
        NoShowAfter >= TimeSpan.FromMinutes(1) && CloseAfter >= TimeSpan.FromMinutes(1) && NoShowAfter <= TimeSpan.FromDays(30) && CloseAfter <= TimeSpan.FromDays(30)
            ? new(NoShowAfter, CloseAfter)
            : throw new StartRefusedException("Consultations__NoShowAfter and Consultations__CloseAfter are times of a minute to 30 days, as hh:mm:ss.");
}

/// <summary>Ends what is past and was left open, and passes on what was offered and not taken; neither while the clock cannot be believed.</summary>
internal sealed class ConsultationSweep(Verbs verbs, ConsultationDeadlines deadlines, ClockWatch clocks, TimeProvider time, ILogger<ConsultationSweep> logger)
    : Sweep(TimeSpan.FromSeconds(10), time, logger)
{
    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clocks.Look())
        {
            await TryAsync(EndAsync, cancellationToken);
            await TryAsync(PassOnAsync, cancellationToken);
        }
    }

    private Task EndAsync(CancellationToken cancellationToken) => DrainAsync(
        SweepConsultations.Most, () => verbs.RunAsync(null, (SweepConsultations verb) => verb.RunAsync(deadlines, cancellationToken), cancellationToken), cancellationToken);

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        foreach (var offer in await verbs.RunAsync(null, (SweepHolds verb) => verb.RunAsync(cancellationToken), cancellationToken))
        {
            var practitioner = new Caller(Guid.Empty, offer.PractitionerId, Role.Practitioner, Guid.Empty);
            // One that fails keeps none of the others waiting.
            await TryAsync(ct => verbs.RunAsync(practitioner, (PassOffer verb) => verb.RunAsync(offer, ct), ct), cancellationToken);
        }
    }
}
