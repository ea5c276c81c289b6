using System.Text;

namespace Colloque.People.Import;

/// <summary>Reads RFC 4180 strictly, row by row: what a spreadsheet would guess at is refused with its row's number, so that nothing slips into the wrong cell.</summary>
/// <param name="decoder">The characters.</param>
/// <param name="given">The separator; null finds it in the headings.</param>
internal sealed class CsvReader(CsvDecoder decoder, char? given)
{
    /// <summary>UTF-16 units of a cell.</summary>
    internal const int MaxCell = 10_000;

    /// <summary>Cells of a row.</summary>
    internal const int MaxColumns = 200;

    private readonly char[] chars = new char[16 * 1024];
    private readonly StringBuilder cell = new();
    private int position;
    private int length;
    private char delimiter;
    private State state;
    private bool afterReturn;
    private bool ended;

    private enum State
    {
        /// <summary>Nothing of the cell yet.</summary>
        Start,
        Plain,
        Quoted,

        /// <summary>Behind a quote in a quoted cell: its end, or the first of two.</summary>
        Quote,
    }

    /// <summary>Of the row read last. Rows are counted as a spreadsheet shows them: the headings are row 1.</summary>
    internal int Row { get; private set; }

    /// <summary>The next row that is not blank; null at the end.</summary>
    /// <exception cref="Refusal">422, naming the row.</exception>
    internal async ValueTask<List<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (delimiter == '\0')
        {
            await BeginAsync(cancellationToken);
        }

        while (!ended)
        {
            Row++;
            var cells = new List<string>();
            await ReadRowAsync(cells, cancellationToken);
            if (cells.Count > 1 || cells is [{ Length: > 0 }])
            {
                return cells;
            }
        }

        return null;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        // A whole first line, wherever the network cut it. The decoder wants room for a surrogate pair.
        while (length < chars.Length - 1 && !chars.AsSpan(0, length).Contains('\n'))
        {
            var read = await decoder.ReadAsync(chars.AsMemory(length), 1, cancellationToken);
            length += read;
            if (read == 0)
            {
                break;
            }
        }

        delimiter = given ?? CsvDialect.Find(chars.AsSpan(0, length));
        // "sep=;": a line by which a file tells spreadsheets its separator. It counts as a row there.
        if (CsvDialect.Announced(chars.AsSpan(0, length)) is { } announced)
        {
            delimiter = given ?? announced;
            var line = chars.AsSpan(0, length).IndexOf('\n');
            (position, Row) = (line < 0 ? length : line + 1, 1);
        }
    }

    private async ValueTask ReadRowAsync(List<string> cells, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (position == length)
            {
                (position, length) = (0, await decoder.ReadAsync(chars, Row, cancellationToken));
                if (length == 0)
                {
                    End(cells);
                    return;
                }
            }

            if (Scan(cells))
            {
                return;
            }
        }
    }

    /// <summary>As far as the characters at hand go; true at the end of the row.</summary>
    private bool Scan(List<string> cells)
    {
        while (position < length)
        {
            var c = chars[position++];
            var follows = afterReturn && c == '\n';
            afterReturn = false;
            if (follows)
            {
                continue;
            }

            if (state == State.Quoted)
            {
                Quoted(c);
            }
            else if (c is '\n' or '\r')
            {
                afterReturn = c == '\r';
                EndCell(cells);
                return true;
            }
            else if (c == delimiter)
            {
                EndCell(cells);
            }
            else
            {
                Bare(c);
            }
        }

        return false;
    }

    private void Quoted(char c)
    {
        if (c == '"')
        {
            state = State.Quote;
        }
        else
        {
            Append(c);
        }
    }

    private void Bare(char c)
    {
        switch (state)
        {
            case State.Start when c == '"':
                state = State.Quoted;
                break;
            case State.Quote when c == '"':
                state = State.Quoted;
                Append(c);
                break;
            case State.Quote:
            case State.Plain when c == '"':
                throw CsvRefusals.MalformedQuoting(Row);
            default:
                state = State.Plain;
                Append(c);
                break;
        }
    }

    private void Append(char c)
    {
        if (c == '\0')
        {
            throw CsvRefusals.NotText(Row);
        }

        if (cell.Length == MaxCell)
        {
            throw CsvRefusals.CellTooLong(Row);
        }

        cell.Append(c);
    }

    private void EndCell(List<string> cells)
    {
        if (cells.Count == MaxColumns)
        {
            throw CsvRefusals.TooManyColumns(Row);
        }

        cells.Add(cell.ToString());
        cell.Clear();
        state = State.Start;
    }

    private void End(List<string> cells)
    {
        ended = true;
        if (state == State.Quoted)
        {
            throw CsvRefusals.MalformedQuoting(Row);
        }

        if (cells.Count > 0 || state != State.Start)
        {
            EndCell(cells);
        }
    }
}
