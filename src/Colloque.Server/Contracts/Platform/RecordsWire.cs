using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A line of a prescription, in FHIR's words.</summary>
public sealed record RecordMedication(string? Medication, string? Dosage, string? Frequency, string? Duration, string? Notes);

/// <summary>A prescription.</summary>
public sealed record RecordPrescription(IReadOnlyList<RecordMedication>? Medications, string? Notes);

/// <summary>A value of an exam. <c>flag</c>: <c>normal, low, high, critical_low, critical_high, abnormal</c>.</summary>
public sealed record RecordValue(string? Name, string? Value, string? Unit, string? ReferenceRange, string? Flag);

/// <summary>An exam's result; <c>date</c> is a day: <c>2026-03-01</c>.</summary>
public sealed record RecordExam(string? Exam, string? Date, IReadOnlyList<RecordValue>? Values, string? Conclusion, string? ReportFileId);

/// <summary>A record to write: a prescription or an exam.</summary>
public sealed record RecordBodyWire(string? PatientId, string? ConsultationId, RecordPrescription? Prescription, RecordExam? Exam);

/// <summary>A correction: all of what it says from now on. <c>version</c>: the one that its author had before them.</summary>
public sealed record RecordCorrection(int? Version, RecordPrescription? Prescription, RecordExam? Exam);

/// <summary>One of a record's two people.</summary>
public sealed record RecordPersonAnswer(Guid Id, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title);

/// <summary>What a record said from some time on.</summary>
public sealed record RecordVersionAnswer(int Version, Guid AuthorId, DateTime CreatedAt, RecordPrescription? Prescription, RecordExam? Exam, ChatAttachment? Report);

/// <summary>A record; <c>conversationId</c> is its id too. <c>versions</c>: all of them, newest first; null in lists.</summary>
public sealed record RecordAnswer(
    Guid Id, Guid ConversationId, string Kind, RecordPersonAnswer Patient, RecordPersonAnswer Practitioner, Guid? ConsultationId, DateTime CreatedAt, DateTime UpdatedAt, int Version,
    RecordPrescription? Prescription, RecordExam? Exam, ChatAttachment? Report, IReadOnlyList<RecordVersionAnswer>? Versions);

/// <summary>A page of records.</summary>
public sealed record RecordsPage(IReadOnlyList<RecordAnswer> Items, PageInfo PageInfo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RecordBodyWire))]
[JsonSerializable(typeof(RecordCorrection))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(RecordsPage))]
internal sealed partial class RecordsJson : JsonSerializerContext;
