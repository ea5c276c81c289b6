namespace Colloque.Records;

/// <summary>Limits of what records say; each refusal names the member as the wire spells it, with its place in a list.</summary>
public static class RecordText
{
    /// <summary>Lines of one prescription.</summary>
    public const int MaxLines = 50;

    /// <summary>Values of one exam.</summary>
    public const int MaxValues = 200;

    /// <summary>UTF-16 units of a name, a dosage, a value.</summary>
    public const int MaxWords = 200;

    /// <summary>UTF-16 units of a unit or a reference range.</summary>
    public const int MaxUnit = 100;

    /// <summary>UTF-16 units of notes and conclusions.</summary>
    public const int MaxNotes = 4_000;

    /// <summary>The body with its texts trimmed.</summary>
    /// <param name="body">As it came: exactly one of its two.</param>
    /// <param name="today">The server's UTC date: an exam is of today, at most (tomorrow, where the sun rises earlier).</param>
    /// <exception cref="Refusal">422, naming the member.</exception>
    internal static RecordBody Parse(RecordBody body, DateOnly today) => body switch
    {
        { Prescription: { } prescription, Exam: null } => new(Parse(prescription), null),
        { Prescription: null, Exam: { } exam } => new(null, Parse(exam, today)),
        { Prescription: null } => throw Refusal.Invalid("prescription", "required"),
        _ => throw Refusal.Invalid("exam"),
    };

    private static Prescription Parse(Prescription written)
    {
        var lines = written.Medications;
        if (lines.Count is 0 or > MaxLines)
        {
            throw Refusal.Invalid("prescription.medications", lines.Count == 0 ? "required" : "too_many");
        }

        return new(
            [
                .. lines.Select(static (line, i) =>
                {
                    var at = $"prescription.medications[{i}]";
                    return new MedicationLine(
                        Words(line.Medication, $"{at}.medication"), Words(line.Dosage, $"{at}.dosage"), Words(line.Frequency, $"{at}.frequency"),
                        Optional(line.Duration, $"{at}.duration", MaxWords), Optional(line.Notes, $"{at}.notes", MaxNotes));
                }),
            ],
            Optional(written.Notes, "prescription.notes", MaxNotes));
    }

    private static ExamResult Parse(ExamResult written, DateOnly today)
    {
        if (written.Date.Year < 1900 || written.Date > today.AddDays(1))
        {
            throw Refusal.Invalid("exam.date", written.Date.Year < 1900 ? "invalid" : "in_future");
        }

        if (written.Values.Count > MaxValues)
        {
            throw Refusal.Invalid("exam.values", "too_many");
        }

        var exam = Words(written.Exam, "exam.exam");
        ExamValue[] values =
        [
            .. written.Values.Select(static (value, i) =>
            {
                var at = $"exam.values[{i}]";
                return new ExamValue(
                    Words(value.Name, $"{at}.name"), Words(value.Value, $"{at}.value"), Optional(value.Unit, $"{at}.unit", MaxUnit),
                    Optional(value.ReferenceRange, $"{at}.referenceRange", MaxUnit), value.Flag);
            }),
        ];
        var conclusion = Optional(written.Conclusion, "exam.conclusion", MaxNotes);
        // A result says something: a value, a conclusion, or a report that does.
        return values.Length > 0 || conclusion is not null || written.ReportFileId is not null
            ? new(exam, written.Date, values, conclusion, written.ReportFileId)
            : throw Refusal.Invalid("exam.values", "required");
    }

    private static string Words(string? text, string field) => Optional(text, field, MaxWords) ?? throw Refusal.Invalid(field, "required");

    private static string? Optional(string? text, string field, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var trimmed = text.Trim();
        if (trimmed.Length > most)
        {
            throw Refusal.Invalid(field, "too_long");
        }

        // Lines may be broken; nothing else that shows no sign belongs into a text that somebody's health depends on.
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar || (System.Text.Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t')))
            {
                throw Refusal.Invalid(field);
            }
        }

        return trimmed;
    }
}
