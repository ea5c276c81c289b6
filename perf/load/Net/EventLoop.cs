using System.Diagnostics;

namespace Colloque.Load.Net;

/// <summary>One thread that reads, answers and keeps the schedule for every connection of a run.</summary>
internal sealed class EventLoop : IDisposable
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly Epoll epoll = new();
    private readonly List<Link?> links = [];
    private readonly Stack<int> free = new();
    private readonly PriorityQueue<Action, long> schedule = new();

    /// <summary>Where every connection reads to and writes its next message in: an idle one owns no buffer.</summary>
    public byte[] Incoming { get; } = new byte[1 << 18];

    /// <summary>Room for the message being written.</summary>
    public byte[] Outgoing { get; } = new byte[1 << 16];

    /// <summary>Now, in <see cref="Stopwatch"/> ticks.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>So many <see cref="Stopwatch"/> ticks.</summary>
    public static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    /// <summary>Takes a connection in; answers its place.</summary>
    public int Add(Link link, int descriptor)
    {
        if (!free.TryPop(out var place))
        {
            place = links.Count;
            links.Add(null);
        }

        links[place] = link;
        epoll.Watch(descriptor, place);
        return place;
    }

    /// <summary>Lets a connection go, before its descriptor is closed.</summary>
    public void Remove(int place, int descriptor)
    {
        epoll.Forget(descriptor);
        links[place] = null;
        free.Push(place);
    }

    /// <summary>Wakes a connection when it can write, or no longer does.</summary>
    public void Writing(int place, int descriptor, bool wanted) => epoll.Change(descriptor, place, wanted);

    /// <summary>Does something at a time, in <see cref="Stopwatch"/> ticks, on the loop's thread.</summary>
    public void At(long due, Action action) => schedule.Enqueue(action, due);

    /// <summary>Does something after so many seconds.</summary>
    public void After(double seconds, Action action) => At(Now + Ticks(seconds), action);

    /// <summary>Runs until the condition holds or the time is over; answers whether it holds. The condition is looked at after each batch of work.</summary>
    public bool Run(Func<bool> until, double seconds)
    {
        var end = Now + Ticks(seconds);
        while (!until())
        {
            var now = Now;
            if (now >= end)
                return false;
            while (schedule.TryPeek(out _, out var due) && due <= now)
                schedule.Dequeue()();
            var next = schedule.TryPeek(out _, out var at) && at < end ? at : end;
            var count = epoll.Wait((long)Math.Clamp((next - Now) * NanosecondsPerTick, 0, 50e6));
            for (var i = 0; i < count; i++)
            {
                var (place, writable) = epoll.At(i);
                links[place]?.Ready(writable);
            }
        }

        return true;
    }

    public void Dispose()
    {
        foreach (var link in links.ToArray())
            link?.Dispose();
        epoll.Dispose();
    }
}
