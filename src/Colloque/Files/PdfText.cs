using System.Collections.Frozen;
using System.Globalization;

namespace Colloque.Files;

/// <summary>A stream within a PDF, as the dictionary before it seems to describe it.</summary>
/// <param name="Start">Of its data, or of the line end before it.</param>
/// <param name="HasObjects">It packs objects, or might.</param>
/// <param name="IsNamedSo">And says so.</param>
/// <param name="IsOpaque">It is packed in a way that is not looked through.</param>
/// <param name="IsImage">It says it is an image.</param>
/// <param name="Count">Of its objects; null where that is not said plainly.</param>
/// <param name="First">Where, once unpacked, its first object begins; null likewise.</param>
internal sealed record PdfStream(long Start, bool HasObjects, bool IsNamedSo, bool IsOpaque, bool IsImage, int? Count, int? First);

/// <summary>Looks through the tokens of a PDF, or of one of its streams, for what acts by itself when the document is opened or clicked.</summary>
/// <param name="stream">What the tokens come from; null for the file itself.</param>
/// <param name="opened">The number of the object that is done on opening, where an earlier look found it named by number.</param>
internal sealed class PdfText(PdfStream? stream, int? opened) : PdfLexer
{
    private const int MaxStreams = 50_000;

    // Each is long enough never to come up by chance in packed data, so it counts wherever it stands.
    private static readonly FrozenSet<string> Acting = Set("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "Rendition", "SubmitForm", "ImportData", "GoToE", "GoToR");

    // Three bytes do come up by chance: these count among objects only.
    private static readonly FrozenSet<string> ActingShort = Set("JS", "XFA");

    private static readonly FrozenSet<string> Opaque = Set("ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt", "DecodeParms", "DP");

    // Names since the last stream: not since the last object, which a text between parentheses could feign.
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<int> header = [];
    private string key = "";
    private int sinceKey;
    private string? before;
    private string? justBefore;
    private bool afterDictionary;
    private bool inStream;
    private int? count;
    private int? first;

    // What is done on opening: -1 nowhere near it, 0 it begins with the next token, else the depth within it.
    private int action = -1;

    // Within what is done on opening: brackets in a text close nothing.
    private int parentheses;

    /// <summary>Something acts.</summary>
    internal bool Acts { get; private set; }

    /// <summary>The object that is done on opening, where it is named by number.</summary>
    internal int? Opened { get; private set; }

    /// <summary>The streams that were passed.</summary>
    internal List<PdfStream> Streams { get; } = [];

    /// <inheritdoc/>
    protected override bool IgnoresWords => inStream;

    private bool IsAmongObjects => stream is null ? !inStream : stream.HasObjects;

    protected override void OnName(string name, bool comment)
    {
        Acts |= Acting.Contains(name) || (IsAmongObjects && ActingShort.Contains(name));
        if (inStream || comment)
        {
            return;
        }

        Acts |= action == 0 || (action > 0 && key == "S" && sinceKey == 0 && name != "GoTo");
        if (Opaque.Contains(name) || name is "ObjStm" or "First" or "N" or "Image")
        {
            names.Add(name);
        }

        (key, sinceKey, before, justBefore, afterDictionary) = (name, 0, null, null, false);
    }

    protected override void OnWord(string word, long start)
    {
        EnterOpened(start);
        // Neither a place nor a dictionary, but a number that leads on: nobody follows it here.
        Acts |= action == 0;
        TakeNumber(word);
        if (word == "R" && key == "OpenAction" && sinceKey == 2)
        {
            Opened = NumberOf(before) ?? Opened;
        }
        else if (word == "obj" && opened is not null && NumberOf(before) == opened)
        {
            action = 0;
        }
        else if (word == "stream" && afterDictionary)
        {
            EnterStream(start + word.Length);
        }

        (before, justBefore, afterDictionary) = (justBefore, word, false);
        sinceKey++;
    }

    protected override void OnMark(char mark, long start)
    {
        if (inStream)
        {
            return;
        }

        EnterOpened(start);
        parentheses = action < 1 ? 0 : mark == '(' ? parentheses + 1 : mark == ')' ? Math.Max(0, parentheses - 1) : parentheses;
        action = (action, mark) switch
        {
            (> 0, '{' or '}') when parentheses > 0 => action,
            (0, '[' or '(') => -1,
            (>= 0, '{') => action + 1,
            (1, '}') => -1,
            (> 1, '}') => action - 1,
            (-1, '{') when key == "OpenAction" && sinceKey == 0 => 1,
            _ => action,
        };
        if (mark != '<')
        {
            (key, before, justBefore, afterDictionary) = ("", null, null, mark == '}');
        }
    }

    protected override void OnEndOfStream() => inStream = false;

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);

    private static int? NumberOf(string? word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void TakeNumber(string word)
    {
        var number = NumberOf(word);
        if (stream is { HasObjects: true, Count: { } pairs } && header.Count < 2L * pairs && number is { } said)
        {
            header.Add(said);
        }

        if (sinceKey == 0 && key == "N")
        {
            count = number;
        }
        else if (sinceKey == 0 && key == "First")
        {
            first = number;
        }
    }

    /// <summary>Packed objects begin with pairs: a number, and how far from the first object it lies (ISO 32000-1, 7.5.7).</summary>
    private void EnterOpened(long start)
    {
        if (opened is null || stream is not { HasObjects: true, First: { } from, Count: { } pairs } || header.Count < 2L * pairs || start < from)
        {
            return;
        }

        for (var i = 0; i < header.Count; i += 2)
        {
            if (header[i] == opened && from + (long)header[i + 1] == start)
            {
                action = 0;
            }
        }
    }

    private void EnterStream(long at)
    {
        inStream = true;
        var named = names.Contains("ObjStm");
        var hasObjects = named || (names.Contains("First") && names.Contains("N"));
        if (Streams.Count == MaxStreams)
        {
            Acts = true;
            return;
        }

        Streams.Add(new(at, hasObjects, named, names.Overlaps(Opaque), names.Contains("Image"), count, first));
        names.Clear();
        (count, first) = (null, null);
    }
}
