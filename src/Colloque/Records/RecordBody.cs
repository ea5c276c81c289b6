using System.Text.Json.Serialization;

namespace Colloque.Records;

/// <summary>What a practitioner writes for a patient.</summary>
public enum RecordKind
{
    /// <summary>What to take.</summary>
    Prescription,

    /// <summary>What an exam found.</summary>
    Exam,
}

/// <summary>One line of a prescription; its members are named after FHIR's MedicationRequest.</summary>
/// <param name="Medication">What: a drug with its strength.</param>
/// <param name="Dosage">How much at a time.</param>
/// <param name="Frequency">How often.</param>
/// <param name="Duration">For how long; null for until further notice.</param>
/// <param name="Notes">What else to know of it.</param>
public sealed record MedicationLine(string Medication, string Dosage, string Frequency, string? Duration, string? Notes);

/// <summary>A prescription.</summary>
/// <param name="Medications">1..<see cref="RecordText.MaxLines"/>, in the order of the paper.</param>
/// <param name="Notes">About all of it.</param>
public sealed record Prescription(IReadOnlyList<MedicationLine> Medications, string? Notes);

/// <summary>How a value lies to its reference range (FHIR's Observation.interpretation).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExamFlag>))]
public enum ExamFlag
{
    /// <summary>Inside.</summary>
    Normal,

    /// <summary>Under it.</summary>
    Low,

    /// <summary>Over it.</summary>
    High,

    /// <summary>Far under it.</summary>
    CriticalLow,

    /// <summary>Far over it.</summary>
    CriticalHigh,

    /// <summary>Not as it should be, where there is no under and no over.</summary>
    Abnormal,
}

/// <summary>One value of an exam.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">What was found; text, for not all findings are numbers.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="ReferenceRange">What is usual, as the laboratory writes it.</param>
/// <param name="Flag">How it lies to that.</param>
public sealed record ExamValue(string Name, string Value, string? Unit, string? ReferenceRange, ExamFlag? Flag);

/// <summary>An exam's result; its members are named after FHIR's DiagnosticReport.</summary>
/// <param name="Exam">Which exam.</param>
/// <param name="Date">When it was done, on the calendar of where it was done.</param>
/// <param name="Values">0..<see cref="RecordText.MaxValues"/>.</param>
/// <param name="Conclusion">What it means.</param>
/// <param name="ReportFileId">The report: a file that a message of the record's conversation shows.</param>
public sealed record ExamResult(string Exam, DateOnly Date, IReadOnlyList<ExamValue> Values, string? Conclusion, Guid? ReportFileId);

/// <summary>All that one version of a record says: sealed as one JSON text. One of the two is there.</summary>
public sealed record RecordBody(Prescription? Prescription, ExamResult? Exam)
{
    /// <summary>Which of the two.</summary>
    [JsonIgnore]
    public RecordKind Kind => Prescription is null ? RecordKind.Exam : RecordKind.Prescription;
}

// Members that are absent stay absent: two bodies that say the same have the same bytes.
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordBody))]
internal sealed partial class RecordJson : JsonSerializerContext;
