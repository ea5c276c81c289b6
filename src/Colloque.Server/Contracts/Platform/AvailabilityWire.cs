using System.Text.Json.Serialization;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A rule: hours of every week, or an exception of one date. Times are of the practitioner's wall clock, <c>HH:mm</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DayOfWeek">0 is Sunday.</param>
/// <param name="StartTime">Null for a whole closed date.</param>
/// <param name="EndTime">At most <c>24:00</c>; null for a whole closed date.</param>
/// <param name="SlotDuration">Minutes; null where it is closed.</param>
/// <param name="IsException">Of one date.</param>
/// <param name="ExceptionDate"><c>yyyy-MM-dd</c>; null for every week.</param>
/// <param name="IsAvailable">Hours; else closed.</param>
/// <param name="IsActive">Counts.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record AvailabilityAnswer(
    Guid Id, int DayOfWeek, string? StartTime, string? EndTime, int? SlotDuration, bool IsException, string? ExceptionDate, bool IsAvailable, bool IsActive, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>A practitioner's rules.</summary>
public sealed record AvailabilityRules(IReadOnlyList<AvailabilityAnswer> Items);

/// <summary>Body of <c>POST /availability</c> and <c>PUT /availability/{id}</c>; in the latter, what is absent stays.</summary>
public sealed record AvailabilityBody(
    int? DayOfWeek, string? StartTime, string? EndTime, int? SlotDuration, bool? IsException, string? ExceptionDate, bool? IsAvailable, bool? IsActive);

/// <summary>How a practitioner works; as a body, what is absent stays.</summary>
/// <param name="TimeZone">An IANA name.</param>
/// <param name="SlotDuration">Minutes, 5..480.</param>
/// <param name="BufferMinutes">0..240.</param>
/// <param name="MinimumNoticeMinutes">0..43,200.</param>
/// <param name="MaximumHorizonDays">1..365.</param>
/// <param name="CancellationDeadlineMinutes">0..43,200.</param>
/// <param name="Confirmation"><c>AUTOMATIC</c> or <c>MANUAL</c>.</param>
public sealed record AvailabilitySettings(
    string? TimeZone, int? SlotDuration, int? BufferMinutes, int? MinimumNoticeMinutes, int? MaximumHorizonDays, int? CancellationDeadlineMinutes, string? Confirmation);

/// <summary>A time at which a visit may be.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC.</param>
/// <param name="LocalStart">The start on the clocks of the zone that was asked for, with their offset.</param>
/// <param name="Duration">Minutes.</param>
/// <param name="Available">Can be booked.</param>
public sealed record SlotAnswer(DateTime StartsAt, DateTime EndsAt, string LocalStart, int Duration, bool Available);

/// <summary>Slots in order of time.</summary>
/// <param name="TimeZone">Of <c>localStart</c>, and of dates in the question.</param>
/// <param name="PractitionerTimeZone">Of the rules.</param>
/// <param name="Items">The slots.</param>
public sealed record SlotAnswers(string TimeZone, string PractitionerTimeZone, IReadOnlyList<SlotAnswer> Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AvailabilityAnswer))]
[JsonSerializable(typeof(AvailabilityRules))]
[JsonSerializable(typeof(AvailabilityBody))]
[JsonSerializable(typeof(AvailabilitySettings))]
[JsonSerializable(typeof(SlotAnswers))]
internal sealed partial class AvailabilityJson : JsonSerializerContext;
