using System.Collections.Frozen;
using Colloque.People;

namespace Colloque.People.Import;

/// <summary>Which cell of a row is what, by its headings in French, English or Spanish; accents, case, spaces and signs do not count.</summary>
internal sealed class EmployeeColumns
{
    private static readonly string[] Fields = ["email", "firstName", "lastName", "department", "position", "phoneNumber", "language"];

    private static readonly FrozenDictionary<string, int> Headings = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["email"] = 0, ["mail"] = 0, ["emailaddress"] = 0, ["workemail"] = 0, ["courriel"] = 0, ["adresseemail"] = 0, ["adressemail"] = 0, ["adressecourriel"] = 0,
        ["adresseelectronique"] = 0, ["emailprofessionnel"] = 0, ["emailpro"] = 0, ["correo"] = 0, ["correoelectronico"] = 0, ["direcciondecorreo"] = 0,
        ["firstname"] = 1, ["givenname"] = 1, ["forename"] = 1, ["prenom"] = 1, ["prenoms"] = 1, ["nombre"] = 1, ["nombres"] = 1, ["nombredepila"] = 1,
        ["lastname"] = 2, ["surname"] = 2, ["familyname"] = 2, ["nom"] = 2, ["nomdefamille"] = 2, ["apellido"] = 2, ["apellidos"] = 2,
        ["department"] = 3, ["dept"] = 3, ["service"] = 3, ["departement"] = 3, ["departamento"] = 3, ["servicio"] = 3,
        ["position"] = 4, ["jobtitle"] = 4, ["job"] = 4, ["poste"] = 4, ["fonction"] = 4, ["puesto"] = 4, ["cargo"] = 4,
        ["phone"] = 5, ["phonenumber"] = 5, ["mobile"] = 5, ["telephone"] = 5, ["tel"] = 5, ["portable"] = 5, ["numerodetelephone"] = 5, ["telefono"] = 5, ["movil"] = 5,
        ["language"] = 6, ["lang"] = 6, ["langue"] = 6, ["idioma"] = 6, ["lengua"] = 6,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly int[] places = [-1, -1, -1, -1, -1, -1, -1];

    private EmployeeColumns(int count) => Count = count;

    /// <summary>How many headings there are.</summary>
    internal int Count { get; }

    /// <summary>Headings that mean nothing here; at most 20 of them, 60 characters each.</summary>
    internal List<string> Ignored { get; } = [];

    /// <exception cref="Refusal">422 <c>column_missing</c>, <c>column_repeated</c>.</exception>
    internal static EmployeeColumns Of(IReadOnlyList<string> headings)
    {
        var columns = new EmployeeColumns(headings.Count);
        for (var i = 0; i < headings.Count; i++)
        {
            if (Headings.TryGetValue(Key(headings[i]), out var field))
            {
                columns.places[field] = columns.places[field] < 0 ? i : throw CsvRefusals.ColumnRepeated(Fields[field]);
            }
            else if (columns.Ignored.Count < 20 && headings[i].Trim() is { Length: > 0 } ignored)
            {
                columns.Ignored.Add(ignored[..Math.Min(ignored.Length, 60)]);
            }
        }

        return columns.places[0] >= 0 ? columns : throw CsvRefusals.NoEmailColumn();
    }

    /// <summary>A cell; null where there is none or it is blank. What was guarded against formulas on its way out comes back as it was.</summary>
    internal string? Cell(List<string> cells, int field)
    {
        var place = places[field];
        if (place < 0 || place >= cells.Count)
        {
            return null;
        }

        var text = CsvText.Plain(cells[place].Trim());
        return text.Length == 0 ? null : text;
    }

    private static string Key(string heading) => string.Concat(Folding.Fold(heading).Where(char.IsAsciiLetterOrDigit));
}
