namespace Colloque.Load.Chat;

/// <summary>A consultation and the tokens of its two people.</summary>
internal sealed record Pair(string Consultation, string PractitionerToken, string PatientToken)
{
    /// <summary>Reads a file of them: three columns, separated by tabs.</summary>
    /// <exception cref="FormatException">A line has not three columns, or there are fewer than asked.</exception>
    public static IReadOnlyList<Pair> Read(string file, int count)
    {
        var pairs = File.ReadLines(file)
            .Select(line => line.Split('\t'))
            .Where(columns => Guid.TryParse(columns[0], out _))
            .Select(columns => columns.Length >= 3 ? new Pair(columns[0], columns[1], columns[2].Trim()) : throw new FormatException($"{file} has a line without three columns."))
            .Take(count)
            .ToArray();
        return pairs.Length == count ? pairs : throw new FormatException($"{file} has {pairs.Length} consultations, {count} are asked for.");
    }
}
