using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A practitioner as everyone sees one.</summary>
public sealed record PractitionerCard(
    Guid Id, string FirstName, string LastName, string? Title, string? Specialty, IReadOnlyList<string> Languages, string Bio, int? Experience, IReadOnlyList<string> Diplomas,
    IReadOnlyList<string> Formats, bool OffersVideo, bool OffersPhone, bool OffersInPerson, string TimeZone, string? AvatarUrl, string? CoverUrl, DateTime? NextAvailableAt);

/// <summary>A practitioner as they and the platform's administrators see one.</summary>
public sealed record PractitionerOnFile(
    Guid Id, string FirstName, string LastName, string? Title, string? Specialty, IReadOnlyList<string> Languages, string Bio, int? Experience, IReadOnlyList<string> Diplomas,
    IReadOnlyList<string> Formats, bool OffersVideo, bool OffersPhone, bool OffersInPerson, string TimeZone, string? AvatarUrl, string? CoverUrl, DateTime? NextAvailableAt,
    string Email, string Status, string? RejectionReason, bool DocumentsVerified, bool IsActive, DateTime CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PersonFileAnswer>? Documents);

/// <summary>A page of cards.</summary>
public sealed record PractitionerCardPage(IReadOnlyList<PractitionerCard> Items, PageInfo PageInfo);

/// <summary>A page of files with the platform.</summary>
public sealed record PractitionerOnFilePage(IReadOnlyList<PractitionerOnFile> Items, PageInfo PageInfo);

/// <summary>Body of <c>PUT /practitioners/me</c>: what is absent stays. <c>formats</c> says all three at once.</summary>
public sealed record PractitionerBody(
    string? FirstName, string? LastName, string? Title, string? Specialty, IReadOnlyList<string>? Languages, string? Bio, int? Experience, IReadOnlyList<string>? Diplomas,
    IReadOnlyList<string>? Formats, bool? OffersVideo, bool? OffersPhone, bool? OffersInPerson, string? TimeZone);

/// <summary>Body of <c>POST /practitioners/{id}/validate</c>: <c>validate</c> (the default) or <c>reject</c>, with a reason.</summary>
public sealed record ReviewBody(string? Decision, string? Reason);

/// <summary>Body of <c>PUT /practitioners/{id}/documents-verified</c>.</summary>
public sealed record VerifiedBody(bool? Verified);

/// <summary>Body of <c>POST /practitioners/me/documents/prepare</c>.</summary>
public sealed record PrepareDocumentBody(string? Filename, string? MimeType, long? SizeBytes, string? Sha256, string? Kind);

/// <summary>Answer of it: where to put the bytes, with a <c>PUT</c> of just the announced size and type.</summary>
public sealed record PreparedDocument(Guid DocumentId, string UploadUrl, DateTime ExpiresAt);

/// <summary>Body of <c>POST /practitioners/me/documents/confirm</c>.</summary>
public sealed record ConfirmDocumentBody(string? DocumentId);

/// <summary>A file of a person. Its kind is <c>PRIVATE</c>, or of a practitioner's papers <c>DIPLOMA</c>, <c>LICENCE</c>, <c>IDENTITY</c> or <c>INSURANCE</c>.</summary>
public sealed record PersonFileAnswer(Guid Id, string Kind, string Filename, string MimeType, long SizeBytes, string? Sha256, DateTime CreatedAt);

/// <summary>A practitioner's papers.</summary>
public sealed record DocumentList(IReadOnlyList<PersonFileAnswer> Items);

/// <summary>A link to a file's bytes, good for five minutes.</summary>
public sealed record DocumentLink(string DownloadUrl, DateTime ExpiresAt);

/// <summary>A private file, with a link to its bytes that is good for five minutes.</summary>
public sealed record PrivateFile(Guid Id, string Filename, string MimeType, long SizeBytes, string? Sha256, DateTime CreatedAt, string DownloadUrl, DateTime ExpiresAt);

/// <summary>Where a picture is seen: a path on this server.</summary>
public sealed record PictureAnswer(string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(PractitionerCard))]
[JsonSerializable(typeof(PractitionerOnFile))]
[JsonSerializable(typeof(PractitionerCardPage))]
[JsonSerializable(typeof(PractitionerOnFilePage))]
[JsonSerializable(typeof(PractitionerBody))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(VerifiedBody))]
[JsonSerializable(typeof(PrepareDocumentBody))]
[JsonSerializable(typeof(PreparedDocument))]
[JsonSerializable(typeof(ConfirmDocumentBody))]
[JsonSerializable(typeof(PersonFileAnswer))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(DocumentLink))]
[JsonSerializable(typeof(PrivateFile))]
[JsonSerializable(typeof(PictureAnswer))]
internal sealed partial class PracticeJson : JsonSerializerContext;
