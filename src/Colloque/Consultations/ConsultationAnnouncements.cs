using Colloque.Security;

namespace Colloque.Consultations;

/// <summary>What an announcement says of a visit: ids, a state and times, nothing about anybody's health.</summary>
/// <param name="Id">The visit.</param>
/// <param name="OrganizationId">The patient's organization.</param>
/// <param name="PatientId">Who receives care.</param>
/// <param name="PractitionerId">Who gives care.</param>
/// <param name="Status">As it is now.</param>
/// <param name="Format">How the two meet.</param>
/// <param name="ScheduledAt">Planned start.</param>
/// <param name="DurationMinutes">Planned length, minutes.</param>
public sealed record ConsultationPlan(
    Guid Id, Guid OrganizationId, Guid PatientId, Guid PractitionerId, ConsultationStatus Status, ConsultationFormat Format, DateTimeOffset ScheduledAt, int DurationMinutes);

/// <summary>A visit's state or time is another; to both its people, wherever they are signed in.</summary>
public abstract record ConsultationMoved(ConsultationPlan Plan) : Announcement;

/// <summary>A new visit is in the books: confirmed at once, or waiting for the practitioner's word.</summary>
public sealed record ConsultationBooked(ConsultationPlan Plan) : ConsultationMoved(Plan);

/// <summary>The practitioner agreed.</summary>
public sealed record ConsultationConfirmed(ConsultationPlan Plan) : ConsultationMoved(Plan);

/// <summary>One of the two called it off.</summary>
/// <param name="Plan">As it was planned.</param>
/// <param name="ById">Who.</param>
/// <param name="ByRole">As what.</param>
public sealed record ConsultationCancelled(ConsultationPlan Plan, Guid ById, Role ByRole) : ConsultationMoved(Plan);

/// <summary>It has another time; the visit, its conversation and its id are the same.</summary>
/// <param name="Plan">As it is planned now.</param>
/// <param name="From">The start that was planned before.</param>
/// <param name="ById">Who moved it.</param>
/// <param name="ByRole">As what.</param>
public sealed record ConsultationRescheduled(ConsultationPlan Plan, DateTimeOffset From, Guid ById, Role ByRole) : ConsultationMoved(Plan);

/// <summary>It did not take place: nobody came, or not both.</summary>
public sealed record ConsultationMissed(ConsultationPlan Plan) : ConsultationMoved(Plan);

/// <summary>It began or ended; those who are in its room hear <see cref="ConsultationStarted"/> and <see cref="ConsultationClosed"/> besides.</summary>
public sealed record ConsultationAdvanced(ConsultationPlan Plan) : ConsultationMoved(Plan);

/// <summary>A time got free and is held for one who waited for it.</summary>
/// <param name="EntryId">The place on the waiting list.</param>
/// <param name="PatientId">Who waits; to them alone.</param>
/// <param name="PractitionerId">Whose time.</param>
/// <param name="HoldId">What to book it with.</param>
/// <param name="ScheduledAt">Its start.</param>
/// <param name="DurationMinutes">Its length, minutes.</param>
/// <param name="ExpiresAt">Then it goes to the next.</param>
public sealed record SlotOffered(Guid EntryId, Guid PatientId, Guid PractitionerId, Guid HoldId, DateTimeOffset ScheduledAt, int DurationMinutes, DateTimeOffset ExpiresAt) : Announcement;
