using NodaTime;

namespace Colloque.Reports;

/// <summary>When months are over, for an installation.</summary>
public sealed record ReportSettings
{
    /// <summary>An IANA zone: where the platform's months end, and an organization's or practitioner's that names no zone (<c>Reports:TimeZone</c>).</summary>
    public string TimeZone { get; init; } = "Europe/Paris";

    /// <summary>How long after its last midnight a month is frozen, so that visits which end late are in it; 0 to 28 days (<c>Reports:FreezeAfter</c>).</summary>
    public TimeSpan FreezeAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The platform's month is frozen later than an organization's anywhere on earth: zones lie at most 26 h apart.</summary>
    public TimeSpan PlatformAfter => FreezeAfter + TimeSpan.FromHours(27);

    /// <summary>A zone by its name; the installation's where it is null or unknown.</summary>
    public DateTimeZone Zone(string? name) =>
        (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) ?? DateTimeZone.Utc;

    /// <summary>The newest month that is over somewhere.</summary>
    public YearMonth LastOver(DateTimeOffset now, DateTimeZone zone) => Months.Of(now - FreezeAfter, zone).PlusMonths(-1);

    /// <summary>False: a setting that no start should go on with.</summary>
    public bool IsSound => DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is not null && FreezeAfter >= TimeSpan.Zero && FreezeAfter <= TimeSpan.FromDays(28);
}
