namespace Colloque.Storage;

/// <summary>What <see cref="Migrator.RunAsync"/> does besides applying what is missing.</summary>
public sealed record MigratorOptions
{
    /// <summary>Database to create when it is absent, then to migrate; null migrates the database the connection string names.</summary>
    public string? CreateDatabase { get; init; }

    /// <summary>Password of the runtime role, in printable ASCII; null where the server asks the kernel who is calling (the embedded cluster).</summary>
    public string? RuntimePassword { get; init; }

    /// <summary>What to apply, in order.</summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = Migration.Embedded;
}
