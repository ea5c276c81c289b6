using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SocketIO.AspNetCore;

/// <summary>A map whose keys are looked up by their UTF-8 bytes, without making a string. Reads need no lock.</summary>
internal sealed class Utf8Map<TValue>
{
    private volatile Dictionary<byte[], TValue> _values = new(KeyComparer.Instance);

    public IEnumerable<TValue> Values => _values.Values;

    public void Add(string key, TValue value)
    {
        // Copied on write: registration is rare, lookups are not.
        var copy = new Dictionary<byte[], TValue>(_values, KeyComparer.Instance) { [Encoding.UTF8.GetBytes(key)] = value };
        _values = copy;
    }

    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value) =>
        _values.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out value);

    private sealed class KeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
