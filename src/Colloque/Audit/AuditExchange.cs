using Colloque.Security;

namespace Colloque.Audit;

/// <summary>
/// Finds, among rows whose seals do not hold, those that changed places: two whose contents, whose times, or whose seals' places were exchanged.
/// Each would hold with what the other has.
/// </summary>
internal static class AuditExchange
{
    /// <summary>More pairs than this are not tried: what was wildly changed is edited, in whatever order.</summary>
    private const int MostRows = 400;

    internal static Dictionary<AuditSeal, AuditSeal> Find(List<AuditSeal> bad, Func<Guid, AuditEntry> entryOf, AuditSignatures signatures)
    {
        var found = new Dictionary<AuditSeal, AuditSeal>();
        if (bad.Count > MostRows)
        {
            return found;
        }

        foreach (var one in bad)
        {
            foreach (var other in bad)
            {
                if (one != other && HoldsWith(one, entryOf(one.EntryId), other, entryOf(other.EntryId), signatures))
                {
                    found[one] = other;
                    break;
                }
            }
        }

        return found;
    }

    private static bool HoldsWith(AuditSeal seal, AuditEntry row, AuditSeal other, AuditEntry otherRow, AuditSignatures signatures) =>
        // All of a row but its id; then its time alone; then the seal's place in the chain, among all rows, or which row it seals.
        seal.IsOf(otherRow with { Id = seal.EntryId }, signatures)
        || seal.IsOf(row with { At = otherRow.At }, signatures)
        || (seal with { Seq = other.Seq, Number = other.Number }).IsOf(row, signatures)
        || (seal with { Seq = other.Seq }).IsOf(row, signatures)
        || (seal with { Number = other.Number }).IsOf(row, signatures)
        || (seal with { EntryId = other.EntryId }).IsOf(otherRow, signatures);
}
