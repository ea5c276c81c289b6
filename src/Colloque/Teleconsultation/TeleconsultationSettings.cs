namespace Colloque.Teleconsultation;

/// <summary>How long the ways into a visit are good.</summary>
public sealed class TeleconsultationSettings
{
    /// <summary>Of a token of one of the two people; its end comes sooner where the visit's does.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long after the planned end there is still a way in; while the visit is in progress, from now.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long before the planned start an invited guest may come in, where the visit has not begun.</summary>
    public TimeSpan GuestsBefore { get; set; } = TimeSpan.FromMinutes(30);
}
