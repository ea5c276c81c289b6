using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Consultations;

/// <summary>
/// Where bookings wait for their turn: in memory, each without a connection. When hundreds want one slot at once, they would else take every connection of the pool to
/// wait for the same lock, and the rest of the house would stand still.
/// </summary>
public sealed class BookingQueue(Verbs verbs) : IDisposable
{
    /// <summary>Bookings that are at the database at once.</summary>
    public const int Most = 12;

    private readonly SemaphoreSlim places = new(Most, Most);

    /// <summary>As <see cref="BookConsultation"/>.</summary>
    /// <exception cref="Refusal">As there.</exception>
    public Task<ConsultationView> BookAsync(Caller caller, BookingRequest request, CancellationToken cancellationToken) =>
        InTurnAsync(caller, (BookConsultation verb) => verb.RunAsync(request, cancellationToken), cancellationToken);

    /// <summary>As <see cref="HoldSlot"/>.</summary>
    /// <exception cref="Refusal">As there.</exception>
    public Task<HoldView> HoldAsync(Caller caller, Guid practitioner, DateTimeOffset startsAt, CancellationToken cancellationToken) =>
        InTurnAsync(caller, (HoldSlot verb) => verb.RunAsync(practitioner, startsAt, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    private async Task<T> InTurnAsync<TVerb, T>(Caller caller, Func<TVerb, Task<T>> run, CancellationToken cancellationToken)
        where TVerb : notnull
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await verbs.RunAsync(caller, run, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
