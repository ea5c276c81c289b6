namespace Colloque.WaitingRoom;

/// <summary>Somebody came into a waiting room, left it, went away for a moment or is back: those whose place or turn is another by it are told.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="PatientId">Who.</param>
/// <param name="PractitionerId">Whose queue.</param>
public sealed record QueueChanged(Guid ConsultationId, Guid PatientId, Guid PractitionerId) : Announcement;

/// <summary>The turns of a practitioner's queue are to be looked at again: a delay was told, or who shares it is another.</summary>
public sealed record QueueMoved(Guid PractitionerId) : Announcement;

/// <summary>A waiting patient has another practitioner. The giver's seat has ended: what they listened to is not theirs any more.</summary>
/// <param name="ConsultationId">The visit.</param>
/// <param name="OrganizationId">The patient's.</param>
/// <param name="PatientId">Who waits.</param>
/// <param name="FromId">Whose patient it was.</param>
/// <param name="ToId">Whose patient it is.</param>
public sealed record ConsultationHandedOver(Guid ConsultationId, Guid OrganizationId, Guid PatientId, Guid FromId, Guid ToId) : Announcement;
