using System.Globalization;
using Colloque.Conversations;
using Colloque.Records;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>The wire's words and shapes of records, both ways. What they may say, the core judges.</summary>
internal static class RecordWords
{
    private static readonly (ExamFlag Flag, string Word)[] Flags =
    [
        (ExamFlag.Normal, "normal"), (ExamFlag.Low, "low"), (ExamFlag.High, "high"), (ExamFlag.CriticalLow, "critical_low"), (ExamFlag.CriticalHigh, "critical_high"), (ExamFlag.Abnormal, "abnormal"),
    ];

    internal static RecordAnswer Of(RecordView r, bool whole = false) => new(
        r.Id, r.Id, Of(r.Kind), Of(r.Patient), Of(r.Practitioner), r.ConsultationId, r.CreatedAt.UtcDateTime, r.Current.CreatedAt.UtcDateTime, r.Current.Version,
        Of(r.Current.Body.Prescription), Of(r.Current.Body.Exam), Of(r.Current.Report), whole ? [Of(r.Current), .. r.Earlier.Select(Of)] : null);

    internal static string Of(RecordKind kind) => kind == RecordKind.Prescription ? "prescription" : "exam";

    /// <exception cref="Refusal">422 <c>kind</c>.</exception>
    internal static RecordKind? ToKind(string? word) => word switch
    {
        null => null,
        "prescription" => RecordKind.Prescription,
        "exam" => RecordKind.Exam,
        _ => throw Refusal.Invalid("kind"),
    };

    /// <exception cref="Refusal">422, naming the member.</exception>
    internal static RecordBody ToBody(RecordPrescription? prescription, RecordExam? exam) => new(
        prescription is null ? null : new([.. (prescription.Medications ?? []).Select(ToLine)], prescription.Notes), exam is null ? null : ToExam(exam));

    // Null where nothing was said: the core refuses it by its name.
    private static MedicationLine ToLine(RecordMedication? m, int i) =>
        m is null ? throw Refusal.Invalid($"prescription.medications[{i}]", "required") : new(m.Medication ?? "", m.Dosage ?? "", m.Frequency ?? "", m.Duration, m.Notes);

    private static ExamResult ToExam(RecordExam e) => new(
        e.Exam ?? "", ToDate(e.Date), [.. (e.Values ?? []).Select(ToValue)], e.Conclusion, e.ReportFileId is null ? null : Ids.Parse(e.ReportFileId, "exam.reportFileId"));

    private static DateOnly ToDate(string? text) =>
        text is null ? throw Refusal.Invalid("exam.date", "required")
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw Refusal.Invalid("exam.date");

    private static ExamValue ToValue(RecordValue? v, int i) =>
        v is null ? throw Refusal.Invalid($"exam.values[{i}]", "required") : new(v.Name ?? "", v.Value ?? "", v.Unit, v.ReferenceRange, ToFlag(v.Flag, i));

    private static ExamFlag? ToFlag(string? word, int i)
    {
        if (word is null)
        {
            return null;
        }

        foreach (var (flag, known) in Flags)
        {
            if (known == word)
            {
                return flag;
            }
        }

        throw Refusal.Invalid($"exam.values[{i}].flag");
    }

    private static RecordPersonAnswer Of(RecordPerson p) => new(p.Id, p.Name, p.Title);

    private static RecordVersionAnswer Of(RecordVersion v) => new(v.Version, v.AuthorId, v.CreatedAt.UtcDateTime, Of(v.Body.Prescription), Of(v.Body.Exam), Of(v.Report));

    private static RecordPrescription? Of(Prescription? p) =>
        p is null ? null : new([.. p.Medications.Select(static m => new RecordMedication(m.Medication, m.Dosage, m.Frequency, m.Duration, m.Notes))], p.Notes);

    private static RecordExam? Of(ExamResult? e) => e is null ? null : new(
        e.Exam, e.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        [.. e.Values.Select(static v => new RecordValue(v.Name, v.Value, v.Unit, v.ReferenceRange, v.Flag is { } flag ? Array.Find(Flags, f => f.Flag == flag).Word : null))],
        e.Conclusion, e.ReportFileId?.ToString());

    private static ChatAttachment? Of(FileView? f) => f is null ? null : new(f.Id, f.Name, f.MimeType, f.SizeBytes, f.Sha256);
}
