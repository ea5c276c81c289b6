namespace Colloque.Load.Chat;

/// <summary>Which numbers one side has received, and how.</summary>
internal sealed class ReceivedLog
{
    private ulong[] seen = new ulong[64];
    private long first = 1;
    private long count;

    /// <summary>Numbers that came again.</summary>
    public long Duplicated { get; private set; }

    /// <summary>Numbers that came after a higher one.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>The newest.</summary>
    public long Newest { get; private set; }

    /// <summary>The number up to which nothing is missing.</summary>
    public long Whole { get; private set; }

    /// <summary>Numbers below the newest that have not come.</summary>
    public long Gaps => Newest - first + 1 - count;

    /// <summary>Starts after what was there before the run.</summary>
    public void StartAfter(long seq)
    {
        first = seq + 1;
        Newest = Whole = seq;
    }

    /// <summary>A message came.</summary>
    public void Add(long seq)
    {
        var place = seq - first;
        if (place < 0 || Has(seq))
        {
            Duplicated++;
            return;
        }

        if (place >> 6 >= seen.Length)
            Array.Resize(ref seen, (int)Math.Max(seen.Length * 2L, (place >> 6) + 1));
        seen[place >> 6] |= 1UL << (int)(place & 63);
        count++;
        if (seq < Newest)
            OutOfOrder++;
        Newest = Math.Max(Newest, seq);
        while (Has(Whole + 1))
            Whole++;
    }

    /// <summary>Whether it has come.</summary>
    public bool Has(long seq)
    {
        var place = seq - first;
        return place >= 0 && place >> 6 < seen.Length && (seen[place >> 6] & (1UL << (int)(place & 63))) != 0;
    }
}
