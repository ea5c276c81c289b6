namespace Colloque.Consultations;

/// <summary>A visit as one of its two is about to move it.</summary>
/// <param name="Plan">As it is.</param>
/// <param name="CancelNotice">Until so long before the start the patient may call it off or move it.</param>
internal sealed record PlannedVisit(ConsultationPlan Plan, TimeSpan CancelNotice)
{
    /// <summary>Booked, and not begun.</summary>
    internal bool IsAhead => Plan.Status is ConsultationStatus.Scheduled or ConsultationStatus.Confirmed;

    /// <summary>Whether a person may call it off or move it: the practitioner always, the patient in good time.</summary>
    internal bool MayBeChanged(Guid by, DateTimeOffset now) => by == Plan.PractitionerId || now <= Plan.ScheduledAt - CancelNotice;

    internal sealed record Row(
        Guid Id, Guid TenantId, Guid PatientId, Guid PractitionerId, string Status, string Format, DateTimeOffset ScheduledAt, int DurationMinutes, int CancelNoticeMinutes)
    {
        internal PlannedVisit ToVisit() => new(
            new(Id, TenantId, PatientId, PractitionerId, Enum.Parse<ConsultationStatus>(Status), Enum.Parse<ConsultationFormat>(Format), ScheduledAt, DurationMinutes),
            TimeSpan.FromMinutes(CancelNoticeMinutes));
    }
}
