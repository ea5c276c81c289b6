using System.Globalization;

namespace Colloque.Server.Realtime;

/// <summary>A sealed envelope as it comes: whose, which, and its bytes.</summary>
internal readonly record struct NodeFrame(Guid Node, long Number, byte[] Record);

/// <summary>
/// Envelopes as notifications, which take less than 8,000 characters each: <c>node number piece pieces base64</c>. The pieces of one are of one transaction, and so come in order with nothing of
/// the same node between.
/// </summary>
internal sealed class NodeFrames
{
    private const int PieceLength = 7_800;

    /// <summary>Pieces of one envelope: more than the largest of <see cref="NodeWire"/> has.</summary>
    private const int MostPieces = 256;

    /// <summary>Nodes of which an unfinished envelope is remembered; more are no nodes.</summary>
    private const int MostNodes = 64;

    private readonly Dictionary<Guid, (long Number, int Pieces, List<string> Have)> open = [];

    /// <summary>The notifications of an envelope.</summary>
    internal static string[] Cut(NodeFrame frame)
    {
        var text = Convert.ToBase64String(frame.Record);
        var pieces = (text.Length + PieceLength - 1) / PieceLength;
        return [.. Enumerable.Range(0, pieces).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{frame.Node:N} {frame.Number} {i} {pieces} {text[(i * PieceLength)..Math.Min(text.Length, (i + 1) * PieceLength)]}"))];
    }

    /// <summary>Takes a notification; the envelope that is whole by it, or null. What nobody here made is let go.</summary>
    internal NodeFrame? Take(string notification)
    {
        if (notification.Split(' ') is not [var node, var number, var piece, var pieces, var text]
            || !Guid.TryParseExact(node, "N", out var id)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            || !int.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            || !int.TryParse(pieces, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
            || of is < 1 or > MostPieces)
        {
            return null;
        }

        if (i == 0)
        {
            if (open.Count >= MostNodes)
            {
                open.Clear();
            }

            open[id] = (n, of, new(of));
        }

        if (!open.TryGetValue(id, out var got) || got.Number != n || got.Pieces != of || got.Have.Count != i)
        {
            return null;
        }

        got.Have.Add(text);
        if (got.Have.Count < of)
        {
            return null;
        }

        open.Remove(id);
        try
        {
            return new(id, n, Convert.FromBase64String(string.Concat(got.Have)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
