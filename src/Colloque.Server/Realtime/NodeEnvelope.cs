namespace Colloque.Server.Realtime;

/// <summary>What a node says in one breath.</summary>
/// <param name="At">When, by its clock.</param>
/// <param name="Last">The number of its newest word; words are numbered in the order of their being said.</param>
/// <param name="Asks">The others are to say all that they have.</param>
/// <param name="Words">In order; none in a mere sign of life.</param>
internal sealed record NodeEnvelope(DateTimeOffset At, long Last, bool Asks, IReadOnlyList<byte[]> Words)
{
    internal byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(At.ToUnixTimeMilliseconds());
        writer.Write(Last);
        writer.Write(Asks);
        writer.Write(Words.Count);
        foreach (var word in Words)
        {
            writer.Write(word.Length);
            writer.Write(word);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Only of bytes that were sealed by a node.</summary>
    /// <exception cref="EndOfStreamException">A node of another version made them.</exception>
    internal static NodeEnvelope Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (at, last, asks) = (DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()), reader.ReadInt64(), reader.ReadBoolean());
        var words = new List<byte[]>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            words.Add(reader.ReadBytes(reader.ReadInt32()));
        }

        return new(at, last, asks, words);
    }
}
