namespace Colloque.Audit;

/// <summary>What was done to the audit.</summary>
public enum AuditTampering
{
    /// <summary>A row, or its seal, says something else than when it was sealed.</summary>
    Edited,

    /// <summary>A row was sealed and is gone, or its seal is.</summary>
    Deleted,

    /// <summary>Rows stand in each other's place.</summary>
    Reordered,

    /// <summary>A row that this installation never sealed.</summary>
    Inserted,

    /// <summary>The end of a chain is gone.</summary>
    Truncated,

    /// <summary>A checkpoint is gone or says something else than when it was signed.</summary>
    Checkpoint,

    /// <summary>A line that cannot be read as a row.</summary>
    Unreadable,
}

/// <summary>One finding of a verification.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Chain">The organization's id; all zeros for the platform's chain; null where no chain is concerned.</param>
/// <param name="Seq">The place in the chain, where there is one.</param>
/// <param name="EntryId">The row, where it is known.</param>
/// <param name="Detail">A sentence for the person who verifies.</param>
public sealed record AuditFinding(AuditTampering Kind, Guid? Chain, long? Seq, Guid? EntryId, string Detail)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var chain = Chain switch { null => "", { } id when id == Guid.Empty => ", platform's chain", { } id => $", chain {id}" };
        var place = Seq is { } seq ? $", place {seq}" : "";
        return $"{Kind.ToString().ToUpperInvariant()}{(EntryId is { } row ? $" row {row}" : "")}{chain}{place}: {Detail}";
    }
}

/// <summary>What a verification found.</summary>
/// <param name="Findings">Empty: nothing was touched.</param>
/// <param name="Rows">Rows whose seal holds.</param>
/// <param name="Waiting">Rows written in the last seconds, which the sealer had not come to.</param>
/// <param name="Checkpoints">Checkpoints whose signature holds.</param>
/// <param name="Until">The last signed moment: what came later is not vouched for.</param>
public sealed record AuditReport(IReadOnlyList<AuditFinding> Findings, int Rows, int Waiting, int Checkpoints, DateTimeOffset? Until);
