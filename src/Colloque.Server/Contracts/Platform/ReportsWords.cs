using System.Collections.Frozen;
using Colloque.Consultations;
using Colloque.Reports;

namespace Colloque.Server.Contracts.Platform;

/// <summary>What stands in the cells of reports, in the reader's language.</summary>
internal static class ReportsWords
{
    private static readonly FrozenDictionary<string, string[]> All = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        // word: fr, en, es
        ["employeeId"] = ["Identifiant", "Id", "Identificador"],
        ["employeeName"] = ["Personne", "Person", "Persona"],
        ["organization"] = ["Organisation", "Organization", "Organización"],
        ["period"] = ["Mois", "Month", "Mes"],
        ["consultations"] = ["Consultations", "Consultations", "Consultas"],
        ["minutes"] = ["Minutes", "Minutes", "Minutos"],
        ["note"] = ["Remarque", "Note", "Nota"],
        ["everyone"] = ["Ensemble", "Everyone", "Conjunto"],
        ["withheld"] = ["Non communiqué : moins de cinq personnes, ou aucun rapport souhaité", "Withheld: fewer than five people, or no report wanted", "No se comunica: menos de cinco personas, o sin informe deseado"],
        ["few"] = ["Non communiqué : moins de cinq personnes", "Withheld: fewer than five people", "No se comunica: menos de cinco personas"],
        ["date"] = ["Date", "Date", "Fecha"],
        ["format"] = ["Format", "Format", "Formato"],
        ["planned"] = ["Minutes prévues", "Planned minutes", "Minutos previstos"],
        ["actual"] = ["Minutes réelles", "Actual minutes", "Minutos reales"],
        [nameof(ConsultationFormat.Video)] = ["Vidéo", "Video", "Vídeo"],
        [nameof(ConsultationFormat.Audio)] = ["Audio", "Audio", "Audio"],
        [nameof(ConsultationFormat.InPerson)] = ["Sur place", "In person", "Presencial"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A word in fr, en or es.</summary>
    internal static string Of(string word, string language) => All[word][language switch { "fr" => 0, "es" => 2, _ => 1 }];

    /// <summary>Document 001 has no word for it; in the style of its enums.</summary>
    internal static string Of(UsageReportForm form) => form switch
    {
        UsageReportForm.TotalsOnly => "TOTALS_ONLY",
        UsageReportForm.Off => "OFF",
        _ => "PER_EMPLOYEE",
    };

    /// <exception cref="Refusal">422 <c>usageReport</c>.</exception>
    internal static UsageReportForm? ToForm(string? word) => word switch
    {
        null => null,
        "PER_EMPLOYEE" => UsageReportForm.PerEmployee,
        "TOTALS_ONLY" => UsageReportForm.TotalsOnly,
        "OFF" => UsageReportForm.Off,
        _ => throw Refusal.Invalid("usageReport"),
    };
}
