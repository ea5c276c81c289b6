using Colloque.Consultations;
using Colloque.Security;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's words for roles, statuses and formats.</summary>
internal static class PlatformWords
{
    internal static string Of(Role role) => role switch
    {
        Role.Patient => "EMPLOYEE",
        Role.Practitioner => "PRACTITIONER",
        Role.OrganizationAdmin => "ADMIN_RH",
        Role.PlatformAdmin => "ADMIN_HUNTZEN",
        Role.Guest => "GUEST",
        _ => "SUPER_ADMIN",
    };

    internal static string Of(ConsultationStatus status) => status switch
    {
        ConsultationStatus.InProgress => "IN_PROGRESS",
        ConsultationStatus.NoShow => "NO_SHOW",
        ConsultationStatus.Scheduled => "SCHEDULED",
        ConsultationStatus.Confirmed => "CONFIRMED",
        ConsultationStatus.Completed => "COMPLETED",
        _ => "CANCELLED",
    };

    /// <exception cref="Refusal">422 <c>status</c>.</exception>
    internal static ConsultationStatus? ToStatus(string? word)
    {
        if (word is null)
        {
            return null;
        }

        foreach (var status in Enum.GetValues<ConsultationStatus>())
        {
            if (Of(status) == word)
            {
                return status;
            }
        }

        throw Refusal.Invalid("status");
    }

    internal static string Of(ConsultationFormat format) => format switch
    {
        ConsultationFormat.InPerson => "IN_PERSON",
        ConsultationFormat.Audio => "AUDIO",
        _ => "VIDEO",
    };
}
