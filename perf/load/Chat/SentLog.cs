namespace Colloque.Load.Chat;

/// <summary>What one side has sent: when each message was meant to leave, and the number the server gave it.</summary>
internal sealed class SentLog
{
    private long[] started = new long[1024];
    private long[] acked = new long[1024];
    private long[] live = new long[1024];
    private long[] left = new long[1024];
    private int firstOpen;

    /// <summary>How many were sent.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them were acked.</summary>
    public int Acked { get; private set; }

    /// <summary>Messages that appeared under two numbers: each is a failure.</summary>
    public int Doubled { get; private set; }

    /// <summary>Adds a message; answers its place.</summary>
    public int Add(long start)
    {
        if (Count == started.Length)
        {
            Array.Resize(ref started, Count * 2);
            Array.Resize(ref acked, Count * 2);
            Array.Resize(ref live, Count * 2);
            Array.Resize(ref left, Count * 2);
        }

        started[Count] = start;
        return Count++;
    }

    /// <summary>When it was meant to leave.</summary>
    public long StartOf(int place) => started[place];

    /// <summary>When it last left; 0 before.</summary>
    public long LeftAt(int place) => left[place];

    /// <summary>It leaves, for the first time or again.</summary>
    public void Leaves(int place, long now) => left[place] = now;

    /// <summary>The number its ack gave; 0 before.</summary>
    public long SeqOf(int place) => acked[place];

    /// <summary>An ack came; answers whether it is the first for this message.</summary>
    public bool Acknowledge(int place, long seq)
    {
        See(place, seq);
        if (acked[place] != 0)
            return false;
        acked[place] = seq;
        Acked++;
        return true;
    }

    /// <summary>The message was seen under this number.</summary>
    public void See(int place, long seq)
    {
        if (live[place] != 0 && live[place] != seq)
            Doubled++;
        live[place] = seq;
    }

    /// <summary>The numbers of all that were acked.</summary>
    public IEnumerable<long> AckedNumbers() => acked.Take(Count).Where(seq => seq != 0);

    /// <summary>The places still without an ack, oldest first.</summary>
    public IEnumerable<int> Open()
    {
        while (firstOpen < Count && acked[firstOpen] != 0)
            firstOpen++;
        for (var place = firstOpen; place < Count; place++)
        {
            if (acked[place] == 0)
                yield return place;
        }
    }
}
