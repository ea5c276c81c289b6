namespace SocketIO.AspNetCore.Engine;

/// <summary>A first-in first-out ring of frames that owns no memory while it is empty.</summary>
internal struct FrameQueue
{
    private const int FirstCapacity = 8;

    // Capacity kept when the ring runs empty between two bursts; more than this goes back to the collector.
    private const int KeptCapacity = 64;

    private Frame[]? _items;
    private int _head;

    public int Count { get; private set; }

    public void Enqueue(Frame frame)
    {
        if (_items is null)
        {
            _items = new Frame[FirstCapacity];
        }
        else if (Count == _items.Length)
        {
            Grow();
        }

        _items[(_head + Count) & (_items.Length - 1)] = frame;
        Count++;
    }

    public readonly Frame Peek() => _items![_head];

    public Frame Dequeue()
    {
        var frame = _items![_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        if (Count == 0 && _items.Length > KeptCapacity)
        {
            Clear();
        }

        return frame;
    }

    /// <summary>Drops all frames and the ring itself.</summary>
    public void Clear()
    {
        _items = null;
        _head = 0;
        Count = 0;
    }

    private void Grow()
    {
        var items = new Frame[_items!.Length * 2];
        var first = _items.Length - _head;
        Array.Copy(_items, _head, items, 0, first);
        Array.Copy(_items, 0, items, first, _head);
        _items = items;
        _head = 0;
    }
}
