using System.Buffers;
using System.Text;

namespace Colloque.Files;

/// <summary>
/// Cuts a PDF's bytes into names, words and marks (ISO 32000-1, 7.2), as they come and from wherever they come: it follows no cross-reference,
/// because that is where a file may lie about what of it is an object.
/// </summary>
internal abstract class PdfLexer
{
    // Every name looked for fits, with each of its characters written as #xx.
    private const int MaxToken = 64;

    private static readonly SearchValues<byte> Irregular = SearchValues.Create("\0\t\n\f\r ()<>[]{}/%"u8);

    private readonly byte[] token = new byte[MaxToken];
    private int length;
    private State state;
    private bool inComment;
    private byte last;
    private bool paired;
    private ulong lastEight;
    private long tokenStart;

    private enum State
    {
        Between,
        Name,
        Word,
    }

    /// <summary>Bytes read so far.</summary>
    protected long Position { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    internal void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var run = state == State.Between ? 0 : bytes.IndexOfAny(Irregular);
            if (run != 0)
            {
                Extend(run < 0 ? bytes : bytes[..run]);
                bytes = run < 0 ? [] : bytes[run..];
                continue;
            }

            Take(bytes[0]);
            last = bytes[0];
            Position++;
            bytes = bytes[1..];
        }
    }

    /// <summary>Nothing more comes.</summary>
    internal void End() => EndToken();

    /// <summary>A name, without its slash and with its escapes resolved: <c>#4a#53</c> is <c>JS</c>.</summary>
    /// <param name="name">Latin-1.</param>
    /// <param name="comment">It lies in what looks like a comment: an object may begin there all the same.</param>
    protected abstract void OnName(string name, bool comment);

    /// <summary>Words mean nothing here, and would be made of every few bytes of packed data.</summary>
    protected abstract bool IgnoresWords { get; }

    /// <summary>A number or a keyword, with its place.</summary>
    protected abstract void OnWord(string word, long start);

    /// <summary><c>{</c> and <c>}</c> stand for the two angles that open and close a dictionary; else the character itself.</summary>
    protected abstract void OnMark(char mark, long start);

    /// <summary>A word that ends as <c>endstream</c> does: data without a line end before it sticks to it.</summary>
    protected abstract void OnEndOfStream();

    private void Take(byte b)
    {
        EndToken();
        if (b is (byte)'\r' or (byte)'\n')
        {
            inComment = false;
        }
        else if (b == '/')
        {
            Begin(State.Name);
        }
        else if (b == '%')
        {
            inComment = true;
        }
        else if (IsRegular(b))
        {
            Begin(State.Word);
            token[length++] = b;
            lastEight = b;
        }
        else if (!inComment && !IsSpace(b))
        {
            Mark(b);
        }
    }

    private void Extend(ReadOnlySpan<byte> run)
    {
        if (length < MaxToken)
        {
            run[..Math.Min(run.Length, MaxToken - length)].CopyTo(token.AsSpan(length));
        }

        length += run.Length;
        Position += run.Length;
        last = run[^1];
        foreach (var b in run.Length > 8 ? run[^8..] : run)
        {
            lastEight = (lastEight << 8) | b;
        }
    }

    private void Mark(byte b)
    {
        // The second of a pair; a third begins anew.
        paired = b is (byte)'<' or (byte)'>' && last == b && !paired;
        OnMark(paired ? b == '<' ? '{' : '}' : (char)b, Position);
    }

    private void Begin(State next) => (state, length, tokenStart, lastEight) = (next, 0, Position, 0);

    private void EndToken()
    {
        var ended = state;
        state = State.Between;
        if (ended == State.Name)
        {
            OnName(length > MaxToken ? "" : Decode(token.AsSpan(0, length)), inComment);
        }
        else if (ended == State.Word && lastEight == 0x6E647374_7265616D)
        {
            // "ndstream"
            OnEndOfStream();
        }
        else if (ended == State.Word && !inComment && !IgnoresWords)
        {
            OnWord(length > MaxToken ? "" : Encoding.Latin1.GetString(token, 0, length), tokenStart);
        }
    }

    private static string Decode(ReadOnlySpan<byte> name)
    {
        if (name.IndexOf((byte)'#') < 0)
        {
            return Encoding.Latin1.GetString(name);
        }

        var decoded = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length; at++)
        {
            if (name[at] == '#' && at + 2 < name.Length && char.IsAsciiHexDigit((char)name[at + 1]) && char.IsAsciiHexDigit((char)name[at + 2]))
            {
                decoded.Append((char)Convert.FromHexString(Encoding.Latin1.GetString(name.Slice(at + 1, 2)))[0]);
                at += 2;
            }
            else
            {
                decoded.Append((char)name[at]);
            }
        }

        return decoded.ToString();
    }

    private static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsRegular(byte b) => !Irregular.Contains(b);
}
