using Colloque.Security;

namespace Colloque.Audit;

/// <summary>
/// Judges the tables of the audit with the public key alone, and names what was done to them. Each row's seal is judged by itself, so that
/// one changed row does not cast doubt on those after it.
/// </summary>
/// <param name="tables">From a dump, or from a live database.</param>
/// <param name="signatures">The public keys.</param>
public sealed class AuditVerification(AuditTables tables, AuditSignatures signatures)
{
    /// <summary>How long the sealer may take at most, with room for a restart.</summary>
    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(5);

    private readonly List<AuditFinding> findings = [];
    private readonly Dictionary<Guid, AuditSeal> sealOf = [];
    private readonly HashSet<Guid> good = [];
    private AuditCheckpointBody[] checkpoints = [];
    private DateTimeOffset? until;

    /// <summary>Verifies everything.</summary>
    /// <param name="kept">Checkpoints that were kept elsewhere, where the database's writer could not reach them.</param>
    public AuditReport Verify(IReadOnlyList<AuditCheckpoint> kept)
    {
        findings.AddRange(tables.Unreadable.Select(static line => new AuditFinding(AuditTampering.Unreadable, null, null, null, line)));
        checkpoints = ReadCheckpoints(kept);
        JudgeSeals();
        JudgeOrder();
        JudgeChains();
        JudgeNumbers();
        until = tables.Seals.Where(s => good.Contains(s.EntryId)).Select(static s => (DateTimeOffset?)s.SealedAt).Concat(checkpoints.Select(static c => (DateTimeOffset?)c.At)).Max();
        var waiting = JudgeUnsealed();
        return new(findings, good.Count, waiting, checkpoints.Length, until);
    }

    /// <summary>Those whose signature holds, in the order of their numbers, each once.</summary>
    private AuditCheckpointBody[] ReadCheckpoints(IReadOnlyList<AuditCheckpoint> kept)
    {
        var read = new SortedDictionary<long, (AuditCheckpointBody Body, string Text)>();
        foreach (var (checkpoint, elsewhere) in tables.Checkpoints.Select(static c => (c, false)).Concat(kept.Select(static c => (c, true))))
        {
            if (checkpoint.Read(signatures) is not { } body)
            {
                Find(AuditTampering.Checkpoint, $"{(elsewhere ? "The kept checkpoint" : "Checkpoint")} {checkpoint.Number} is not as it was signed, or by another key.");
            }
            else if (!read.TryAdd(checkpoint.Number, (body, checkpoint.Text)) && read[checkpoint.Number].Text != checkpoint.Text)
            {
                Find(AuditTampering.Checkpoint, $"There are two different checkpoints {checkpoint.Number}.");
            }
        }

        JudgeCheckpoints(read);
        return [.. read.Values.Select(static c => c.Body)];
    }

    private void JudgeCheckpoints(SortedDictionary<long, (AuditCheckpointBody Body, string Text)> read)
    {
        if (read.Count == 0)
        {
            Find(AuditTampering.Checkpoint, "There is no checkpoint that holds. A server that ran has left some: they have been removed, or this is another installation's public key.");
            return;
        }

        var here = tables.Checkpoints.Select(static c => c.Number).ToHashSet();
        foreach (var missing in Missing(here.Concat(read.Keys)).Concat(read.Keys.Where(n => !here.Contains(n))).Order())
        {
            Find(AuditTampering.Checkpoint, $"Checkpoint {missing} is gone.");
        }

        foreach (var (number, (body, _)) in read)
        {
            if (number > 1 && read.TryGetValue(number - 1, out var before) && body.Previous != AuditCheckpoint.HashOf(before.Text))
            {
                Find(AuditTampering.Checkpoint, $"Checkpoint {number} does not follow checkpoint {number - 1}.");
            }
        }
    }

    private void JudgeSeals()
    {
        tables.Seals.ForEach(seal => sealOf.TryAdd(seal.EntryId, seal));
        // A signature costs some 70 microseconds: on all processors.
        good.UnionWith(tables.Seals.AsParallel().Where(Holds).Select(static seal => seal.EntryId));
    }

    private bool Holds(AuditSeal seal) =>
        tables.Entries.TryGetValue(seal.EntryId, out var entry) && entry is not null && entry.Chain == seal.Chain && seal.IsOf(entry, signatures);

    /// <summary>Of those that do not hold: which became good ones again if two changed places? The rest was edited, or is gone.</summary>
    private void JudgeOrder()
    {
        var bad = tables.Seals.Where(s => !good.Contains(s.EntryId)).OrderBy(static s => s.Number).ToList();
        var there = bad.Where(s => tables.Entries.TryGetValue(s.EntryId, out var e) && e is not null).ToList();
        var moved = AuditExchange.Find(there, id => tables.Entries[id]!, signatures);
        foreach (var seal in bad)
        {
            if (!tables.Entries.TryGetValue(seal.EntryId, out var entry))
            {
                Find(AuditTampering.Deleted, seal, "it was sealed at " + Say(seal.SealedAt) + " and is gone.");
            }
            else if (moved.TryGetValue(seal, out var with))
            {
                Find(AuditTampering.Reordered, seal, $"it changed places with row {with.EntryId}, or was put into its place.");
            }
            else
            {
                Find(AuditTampering.Edited, seal, entry is null ? "it has words that the server does not write." : "it, or its seal, is not as it was sealed.");
            }
        }
    }

    /// <summary>Each chain counts from 1, each link follows the one before, and none ends before a checkpoint says it did.</summary>
    private void JudgeChains()
    {
        var heads = checkpoints.SelectMany(static c => c.Heads).GroupBy(static h => h.Chain).ToDictionary(static g => g.Key, static g => g.MaxBy(static h => h.Seq)!);
        var chains = tables.Seals.GroupBy(static s => s.Chain).ToDictionary(static g => g.Key, static g => g.GroupBy(static s => s.Seq).ToDictionary(static p => p.Key, static p => p.First()));
        foreach (var chain in heads.Keys.Concat(chains.Keys).Distinct().Order())
        {
            var seals = chains.GetValueOrDefault(chain) ?? [];
            var last = seals.Count == 0 ? 0 : seals.Keys.Max();
            foreach (var missing in Missing(seals.Keys))
            {
                findings.Add(new(AuditTampering.Deleted, chain, missing, null, "the row and its seal, or the seal alone, are gone."));
            }

            if (heads.TryGetValue(chain, out var head) && head.Seq > last)
            {
                findings.Add(new(AuditTampering.Truncated, chain, last + 1, null, $"the chain had {head.Seq} rows; those from place {last + 1} on are gone."));
            }

            JudgeLinks(chain, seals);
        }

        foreach (var head in checkpoints.SelectMany(static c => c.Heads))
        {
            if (chains.TryGetValue(head.Chain, out var seals) && seals.TryGetValue(head.Seq, out var seal) && good.Contains(seal.EntryId) && Convert.ToHexStringLower(seal.Link) != head.Link)
            {
                Find(AuditTampering.Edited, seal, "a checkpoint knows another row in this place.");
            }
        }
    }

    private void JudgeLinks(Guid chain, Dictionary<long, AuditSeal> seals)
    {
        foreach (var seal in seals.Values.Where(s => good.Contains(s.EntryId)))
        {
            var before = seal.Seq == 1 ? AuditSeal.Beginning : seals.TryGetValue(seal.Seq - 1, out var one) && good.Contains(one.EntryId) ? one.Link : null;
            if (before is not null && !before.AsSpan().SequenceEqual(seal.Previous))
            {
                findings.Add(new(AuditTampering.Reordered, chain, seal.Seq, seal.EntryId, "it does not follow the row before it."));
            }
        }
    }

    /// <summary>Every row of every chain has a number: an end that was cut off together with its seals leaves a gap among the others'.</summary>
    private void JudgeNumbers()
    {
        var most = checkpoints.Length == 0 ? 0 : checkpoints.Max(static c => c.Rows);
        var numbers = tables.Seals.Select(static s => s.Number).ToHashSet();
        var missing = Missing(numbers.Append(most + 1)).ToList();
        var known = findings.Count(static f => f is { Kind: AuditTampering.Deleted, EntryId: null });
        if (missing.Count > known)
        {
            var told = findings.Any(static f => f.Kind == AuditTampering.Truncated);
            findings.Add(new(
                AuditTampering.Truncated, null, null, null,
                $"{missing.Count} rows with their seals are gone, numbers {Ranges(missing)}{(told ? ", those above among them" : "; no checkpoint says of which chain")}."));
        }
    }

    /// <summary>Rows without a seal: of the last seconds, or never ours.</summary>
    private int JudgeUnsealed()
    {
        var waiting = 0;
        foreach (var (id, entry) in tables.Entries.Where(e => !sealOf.ContainsKey(e.Key)).OrderBy(static e => e.Key))
        {
            if (entry is not null && tables.Pending.Contains(id) && until is { } last && entry.At > last - SealedWithin)
            {
                waiting++;
            }
            else
            {
                findings.Add(new(AuditTampering.Inserted, entry?.Chain, null, id, $"it has no seal{(entry is null ? "" : $", although it says to be of {Say(entry.At)}")}."));
            }
        }

        return waiting;
    }

    private void Find(AuditTampering kind, string detail) => findings.Add(new(kind, null, null, null, detail));

    private void Find(AuditTampering kind, AuditSeal seal, string detail) => findings.Add(new(kind, seal.Chain, seal.Seq, seal.EntryId, detail));

    /// <summary>What lacks between 1 and the largest.</summary>
    private static IEnumerable<long> Missing(IEnumerable<long> numbers)
    {
        var expected = 1L;
        foreach (var number in numbers.Distinct().Order())
        {
            // A number from a forged row may be anything: a gap is told by its first thousand.
            for (var told = 0; expected < number && told < 1_000; told++)
            {
                yield return expected++;
            }

            expected = number + 1;
        }
    }

    private static string Ranges(List<long> numbers)
    {
        var ranges = new List<string>();
        for (var i = 0; i < numbers.Count;)
        {
            var from = i;
            while (++i < numbers.Count && numbers[i] == numbers[i - 1] + 1)
            {
            }

            ranges.Add(from == i - 1 ? $"{numbers[from]}" : $"{numbers[from]} to {numbers[i - 1]}");
        }

        return string.Join(", ", ranges.Take(20)) + (ranges.Count > 20 ? " …" : "");
    }

    private static string Say(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
