using System.Reflection;
using System.Text.RegularExpressions;

namespace Colloque.Storage;

/// <summary>One numbered SQL file, applied once and never changed afterwards.</summary>
/// <param name="Name"><c>NNNN_name</c>; the number gives the order.</param>
/// <param name="Sql">The text with LF line ends, so that its checksum is the same on every checkout.</param>
public sealed partial record Migration(string Name, string Sql)
{
    /// <summary>First line of a file that must run as the login itself (CREATE EXTENSION, grants on the database) and not as the owner.</summary>
    internal const string SetupMark = "-- as: setup";

    private const string Folder = ".Storage.Migrations.";

    /// <summary>The product's own migrations, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = FromResources(typeof(Migration).Assembly);

    /// <summary>True when the file runs as the login that migrates.</summary>
    public bool RunsAsLogin => Sql.StartsWith(SetupMark + "\n", StringComparison.Ordinal);

    /// <summary>Reads a migration.</summary>
    /// <exception cref="ArgumentException">The name is not <c>NNNN_name</c>.</exception>
    public static Migration Create(string name, string sql) =>
        NamePattern().IsMatch(name)
            ? new Migration(name, sql.ReplaceLineEndings("\n"))
            : throw new ArgumentException($"A migration is named NNNN_name, not '{name}'.", nameof(name));

    private static List<Migration> FromResources(Assembly assembly)
    {
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var start = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (start < 0 || !resource.EndsWith(".sql", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            migrations.Add(Create(resource[(start + Folder.Length)..^".sql".Length], reader.ReadToEnd()));
        }

        return migrations;
    }

    [GeneratedRegex("^[0-9]{4}_[a-z0-9_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
