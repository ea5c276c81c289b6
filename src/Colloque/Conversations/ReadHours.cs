using Colloque.Scheduling;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Conversations;

/// <summary>When somebody can be expected to answer in a conversation.</summary>
/// <param name="IsOpen">Whether its practitioner works now.</param>
/// <param name="NextAnswerAt">When they begin again; null while they work, and where their calendar says nothing.</param>
/// <param name="EmergencyNumbers">Whom to call instead of waiting.</param>
public sealed record AnswerHours(bool IsOpen, DateTimeOffset? NextAnswerAt, IReadOnlyList<string> EmergencyNumbers);

/// <summary>Whom to call in an emergency.</summary>
/// <param name="Usual">Where nothing is said of a country.</param>
/// <param name="ByCountry">By the country that an organization names, as it spells it, or its code.</param>
public sealed record EmergencyNumbers(IReadOnlyList<string> Usual, IReadOnlyDictionary<string, IReadOnlyList<string>> ByCountry)
{
    /// <summary>15 and 112.</summary>
    public static EmergencyNumbers France { get; } = new(["15", "112"], new Dictionary<string, IReadOnlyList<string>>());

    internal IReadOnlyList<string> Of(string? country) => country is not null && ByCountry.TryGetValue(country.Trim(), out var numbers) ? numbers : Usual;
}

/// <summary>Says when an answer can be expected, and whom to call where that is too late.</summary>
public sealed class ReadHours(ColloqueDb db, PracticeCalendars calendars, CallerScope scope, EmergencyNumbers emergency, TimeProvider time)
{
    /// <summary>Two queries.</summary>
    /// <exception cref="Refusal">403 administrators; 404 no seat.</exception>
    public async Task<AnswerHours> RunAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var rows = await db.Database.SqlQuery<Row>(
            $"""select practitioner_id "PractitionerId", country "Country" from conversation_hours({conversationId})""").ToListAsync(cancellationToken);
        if (rows is not [var row])
        {
            throw Refusal.NotFound();
        }

        var (isOpen, opensAt) = await HoursAsync(row.PractitionerId, cancellationToken);
        return new(isOpen, opensAt, emergency.Of(row.Country));
    }

    /// <summary>Of one who is in nobody's directory any more, nothing is expected.</summary>
    private async Task<(bool IsOpen, DateTimeOffset? OpensAt)> HoursAsync(Guid? practitionerId, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetMoment();
            return practitionerId is { } person ? WorkingHours.At(await calendars.BetweenAsync(person, now, now + WorkingHours.Horizon, cancellationToken), now) : (false, null);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            return (false, null);
        }
    }

    private sealed record Row(Guid? PractitionerId, string? Country);
}
