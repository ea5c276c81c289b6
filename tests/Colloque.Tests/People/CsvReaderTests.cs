using System.Globalization;
using System.Text;
using Colloque.People.Import;
using Xunit;

namespace Colloque.Tests.People;

/// <summary>Spreadsheets as they come: of any separator, any of two encodings, cut anywhere by the network, and hostile.</summary>
public sealed class CsvReaderTests
{
    public static TheoryData<string, string> Lists => new()
    {
        { "a,b\n1,2\n", "a|b;1|2" },
        { "a,b\r\n1,2\r\n", "a|b;1|2" },
        { "a,b\r1,2", "a|b;1|2" },
        { "a;b,c;d\n1;2;3", "a|b,c|d;1|2|3" },
        { "a\tb\n1\t2\n\n\n3\t4", "a|b;1|2;3|4" },
        { "\"a\",\"b\"\n\"1,\"\"2\"\"\n3\",\r\n", "a|b;1,\"2\"\n3|" },
        { "sep=|\na|b,c\n1|2", "a|b,c;1|2" },
        { "\"x;y\",b\n", "x;y|b" },
        { "a,é\nœuf,€\n", "a|é;œuf|€" },
        { "", "" },
        { "\n\r\n\r", "" },
        { "one", "one" },
        { "a,\n,b\n,\n", "a|;|b;|" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_reads_the_same_wherever_it_is_cut_and_with_or_without_a_mark(string text, string expected)
    {
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]])
        {
            foreach (var piece in (int[])[1, 2, 3, 5, 8192])
            {
                Assert.Equal(expected, await ReadAsync(bytes, piece));
            }
        }
    }

    [Fact]
    public async Task Ten_thousand_random_tables_come_back_as_they_were_written()
    {
        // A fixed seed: the same tables each time.
        var random = new Random(7301);
        string[] alphabet = ["a", "Z", "\"", ",", ";", "\n", "\r", " ", "é", "日", "😀", "'", "=", "\t"];
        for (var i = 0; i < 10_000; i++)
        {
            var columns = random.Next(2, 5);
            var table = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Enumerable.Range(0, columns).Select(_ => string.Concat(random.GetItems(alphabet, random.Next(6)))).ToArray()).ToArray();
            var text = string.Concat(table.Select(static row => string.Join(',', row.Select(static c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            var reader = new CsvReader(new CsvDecoder(new Trickle(Encoding.UTF8.GetBytes(text), random.Next(1, 20))), ',');
            foreach (var row in table)
            {
                Assert.Equal(row, await reader.ReadAsync(CancellationToken.None));
            }

            Assert.Null(await reader.ReadAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Windows_1252_is_taken_for_what_it_is_however_late_it_shows()
    {
        byte[] late = [.. Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("xxxxxxxxxx,y\n", 10_000))), 0x8C, .. "uf,"u8, 0x80, .. "\n"u8];
        foreach (var piece in (int[])[1, 4096])
        {
            Assert.EndsWith("xxxxxxxxxx|y;Œuf|€", await ReadAsync(late, piece), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a,b\n1,\"2\"3\n", "malformed_quoting", 2)]
    [InlineData("a,b\n1,2\"3\n", "malformed_quoting", 2)]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n", "malformed_quoting", 3)]
    [InlineData("a,b\n1,2\n\"3\n4\",5\n6,\"\"7\n", "malformed_quoting", 4)]
    [InlineData("a,b\n1,\0\n", "not_text", 2)]
    public async Task What_is_malformed_is_refused_with_its_row(string text, string code, int row)
    {
        foreach (var piece in (int[])[1, 4096])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => ReadAsync(Encoding.UTF8.GetBytes(text), piece));
            Assert.Equal((code, string.Create(CultureInfo.InvariantCulture, $"rows[{row}]")), (refusal.Code, refusal.Field));
        }
    }

    [Fact]
    public async Task A_cell_without_an_end_is_refused_before_it_fills_the_memory()
    {
        var endless = new Trickle("a,b\n1,\""u8.ToArray(), 4096, (byte)'x');
        var reader = new CsvReader(new CsvDecoder(endless), null);
        await reader.ReadAsync(CancellationToken.None);
        var refusal = await Assert.ThrowsAsync<Refusal>(async () => await reader.ReadAsync(CancellationToken.None));
        Assert.Equal("cell_too_long", refusal.Code);
        Assert.True(endless.Given < 64 * 1024, $"{endless.Given} bytes were read");
    }

    [Fact]
    public async Task Bytes_that_are_of_neither_encoding_are_refused_with_their_row()
    {
        byte[] mixed = [.. Encoding.UTF8.GetBytes("é,b\nü,2\nz,"), 0xE9, .. "\n"u8];
        foreach (var piece in (int[])[1, 4096])
        {
            var refusal = await Assert.ThrowsAsync<Refusal>(() => ReadAsync(mixed, piece));
            Assert.Equal(("mixed_encoding", "rows[3]"), (refusal.Code, refusal.Field));
        }

        Assert.Equal("unsupported_encoding", (await Assert.ThrowsAsync<Refusal>(() => ReadAsync([0xFF, 0xFE, 0x61, 0x00], 4096))).Code);
    }

    [Theory]
    [InlineData("E-mail,Prénom,NOM,Service", 0, 1, 2, 3)]
    [InlineData("nom de famille;prenom;département;courriel", 3, 1, 0, 2)]
    [InlineData("Correo electrónico|Nombre|Apellidos|Departamento", 0, 1, 2, 3)]
    public void Headings_are_known_by_their_letters(string headings, int email, int first, int last, int department)
    {
        var names = headings.Split(',', ';', '|');
        var columns = EmployeeColumns.Of(names);
        List<string> cells = [.. Enumerable.Range(0, names.Length).Select(static i => i.ToString(CultureInfo.InvariantCulture))];
        Assert.Equal([email, first, last, department], Enumerable.Range(0, 4).Select(f => int.Parse(columns.Cell(cells, f)!, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+33 6", "'+33 6")]
    [InlineData("-2", "'-2")]
    [InlineData("@x", "'@x")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u200b\u202e＝1", "'\u200b\u202e＝1")]
    [InlineData("'=1", "''=1")]
    [InlineData("'plain", "'plain")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("plain", "plain")]
    public void What_a_spreadsheet_would_run_is_written_as_text(string cell, string written)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, cell, null);
        Assert.Equal(written + ",\r\n", text.ToString());
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("'=1+1")]
    [InlineData("''＝1")]
    [InlineData("＝1")]
    [InlineData(" +33 6")]
    [InlineData("'t Hooft")]
    [InlineData("plain")]
    public void What_a_list_says_is_the_same_when_its_export_is_read_again(string cell)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, cell);
        Assert.Equal(cell, CsvText.Plain(text.ToString().TrimEnd()));
    }

    private static async Task<string> ReadAsync(byte[] bytes, int piece)
    {
        var reader = new CsvReader(new CsvDecoder(new Trickle(bytes, piece)), null);
        var rows = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None) is { } cells)
        {
            rows.Add(string.Join('|', cells));
        }

        return string.Join(';', rows);
    }

    /// <summary>Gives some bytes at a time, and then, if told to, one byte for ever.</summary>
    private sealed class Trickle(byte[] bytes, int piece, byte? then = null) : MemoryStream(bytes)
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var part = buffer[..Math.Min(buffer.Length, piece)];
            var read = Read(part.Span);
            if (read == 0 && then is { } filler)
            {
                part.Span.Fill(filler);
                read = part.Length;
            }

            Given += read;
            return ValueTask.FromResult(read);
        }
    }
}
