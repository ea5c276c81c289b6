namespace Colloque.Load.Chat;

/// <summary>A consultation and the tokens of its two people.</summary>
internal sealed record Pair(string Consultation, string PractitionerToken, string PatientToken)
{
    /// <summary>Reads the first of a file: three columns, separated by tabs.</summary>
    /// <exception cref="FormatException">A line has not three columns, or there are fewer than asked.</exception>
    public static IReadOnlyList<Pair> Read(string file, int count)
    {
        var pairs = ReadAll(file);
        return pairs.Count >= count ? pairs.Take(count).ToArray() : throw new FormatException($"{file} has {pairs.Count} consultations, {count} are asked for.");
    }

    /// <summary>Reads a whole file; a first line of names is passed over.</summary>
    /// <exception cref="FormatException">A line has not three columns.</exception>
    public static IReadOnlyList<Pair> ReadAll(string file) =>
        File.ReadLines(file)
            .Select(line => line.Split('\t'))
            .Where(columns => Guid.TryParse(columns[0], out _))
            .Select(columns => columns.Length >= 3 ? new Pair(columns[0], columns[1], columns[2].Trim()) : throw new FormatException($"{file} has a line without three columns."))
            .ToArray();
}
