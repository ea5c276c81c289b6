using Colloque.Consultations;
using Colloque.Files;
using Colloque.People;

namespace Colloque.Server.Contracts.Platform;

/// <summary>Document 001's words for practitioners, their formats and their papers.</summary>
internal static class PracticeWords
{
    internal static string Of(PractitionerStatus status) => status switch
    {
        PractitionerStatus.Validated => "VALIDATED",
        PractitionerStatus.Rejected => "REJECTED",
        _ => "PENDING",
    };

    /// <exception cref="Refusal">422 <c>status</c>.</exception>
    internal static PractitionerStatus? ToStatus(string? word) => word switch
    {
        null => null,
        "PENDING" => PractitionerStatus.Pending,
        "VALIDATED" => PractitionerStatus.Validated,
        "REJECTED" => PractitionerStatus.Rejected,
        _ => throw Refusal.Invalid("status"),
    };

    /// <exception cref="Refusal">422 <c>format</c> or the member named.</exception>
    internal static ConsultationFormat? ToFormat(string? word, string field = "format") => word switch
    {
        null => null,
        "VIDEO" => ConsultationFormat.Video,
        "AUDIO" => ConsultationFormat.Audio,
        "IN_PERSON" => ConsultationFormat.InPerson,
        _ => throw Refusal.Invalid(field),
    };

    internal static string Of(PersonFileKind kind) => kind switch
    {
        PersonFileKind.Diploma => "DIPLOMA",
        PersonFileKind.Licence => "LICENCE",
        PersonFileKind.Identity => "IDENTITY",
        PersonFileKind.Insurance => "INSURANCE",
        _ => "PRIVATE",
    };

    /// <summary>A paper's kind: never a private file's.</summary>
    /// <exception cref="Refusal">422 <c>kind</c>.</exception>
    internal static PersonFileKind ToPaper(string? word) => word switch
    {
        "DIPLOMA" => PersonFileKind.Diploma,
        "LICENCE" => PersonFileKind.Licence,
        "IDENTITY" => PersonFileKind.Identity,
        "INSURANCE" => PersonFileKind.Insurance,
        null => throw Refusal.Invalid("kind", "required"),
        _ => throw Refusal.Invalid("kind"),
    };

    internal static PractitionerCard CardOf(PractitionerView p) => new(
        p.Id, p.FirstName, p.LastName, p.Title, p.Specialty, p.Languages, p.Bio, p.Experience, p.Diplomas, FormatsOf(p), p.OffersVideo, p.OffersPhone, p.OffersInPerson, p.TimeZone,
        p.AvatarUrl, p.CoverUrl, p.NextAvailableAt?.UtcDateTime);

    internal static PractitionerOnFile FileOf(PractitionerView p, IReadOnlyList<PersonFileView>? papers = null) => new(
        p.Id, p.FirstName, p.LastName, p.Title, p.Specialty, p.Languages, p.Bio, p.Experience, p.Diplomas, FormatsOf(p), p.OffersVideo, p.OffersPhone, p.OffersInPerson, p.TimeZone,
        p.AvatarUrl, p.CoverUrl, p.NextAvailableAt?.UtcDateTime, p.File!.Email, Of(p.File.Status), p.File.RejectionReason, p.File.DocumentsVerified, p.File.IsActive, p.CreatedAt.UtcDateTime,
        papers is null ? null : [.. papers.Select(Of)]);

    internal static PersonFileAnswer Of(PersonFileView file) => new(file.Id, Of(file.Kind), file.Name, file.MimeType, file.SizeBytes, file.Sha256, file.CreatedAt.UtcDateTime);

    /// <exception cref="Refusal">422 <c>formats</c>.</exception>
    internal static PractitionerChange ToChange(PractitionerBody body)
    {
        var formats = body.Formats?.Select(static f => ToFormat(f ?? "", "formats")!.Value).ToHashSet();
        return new(
            body.FirstName, body.LastName, body.Title, body.Specialty, body.Languages, body.Bio, body.Experience, body.Diplomas,
            formats?.Contains(ConsultationFormat.Video) ?? body.OffersVideo,
            formats?.Contains(ConsultationFormat.Audio) ?? body.OffersPhone,
            formats?.Contains(ConsultationFormat.InPerson) ?? body.OffersInPerson,
            body.TimeZone);
    }

    private static string[] FormatsOf(PractitionerView p) => [.. p.OffersVideo ? ["VIDEO"] : None, .. p.OffersPhone ? ["AUDIO"] : None, .. p.OffersInPerson ? ["IN_PERSON"] : None];

    private static readonly string[] None = [];
}
