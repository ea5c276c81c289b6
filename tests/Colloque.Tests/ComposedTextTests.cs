using System.Globalization;
using System.Text;
using Colloque.Accounts;
using Colloque.Files;
using Colloque.Security;
using Colloque.Testing;
using Colloque.Tests.Accounts;
using Npgsql;
using Xunit;

namespace Colloque.Tests;

/// <summary>What looks the same is the same, whichever keyboard it came from; PostgreSQL, which has Unicode's own tables, is the judge.</summary>
public sealed class ComposedTextTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_character_and_ten_thousand_heaps_of_marks_compose_as_PostgreSQL_composes_them()
    {
        var marks = Enumerable.Range(0x300, 0x70).Concat([0x345, 0x5B0, 0x5C1, 0x64B, 0x651, 0x93C, 0x9BE, 0xBBE, 0xDCF, 0x302A, 0x3099, 0x309A, 0x1161, 0x11A8, 0x1D165, 0x1D16E]).ToArray();
        var letters = "aeinouAEIOUsSyYzдкиΑωเकநसかハ가各豈ﬁ".EnumerateRunes().Select(static r => r.Value).Concat([0x1100, 0x1112, 0x1B07, 0x11099, 0x212B, 0x2ADC, 0xFB1D, 0x1D157]).ToArray();
        var dice = new Random(3);
        // Characters that are known since Unicode 13 at the latest: newer ones depend on the server's version.
        var texts = Enumerable.Range(1, 0x323AF).Where(static p => p is < 0xD800 or > 0xDFFF && Rune.GetUnicodeCategory(new(p)) != UnicodeCategory.OtherNotAssigned && p < 0x30000)
            .Select(static p => char.ConvertFromUtf32(p)).Chunk(40).Select(static c => string.Join('|', c))
            .Concat(Enumerable.Range(0, 10_000).Select(_ => string.Concat(Enumerable.Range(0, dice.Next(1, 9)).Select(_ => char.ConvertFromUtf32(dice.Next(3) == 0 ? letters[dice.Next(letters.Length)] : marks[dice.Next(marks.Length)])))))
            .ToArray();
        var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database.Runtime);
        await using var command = source.CreateCommand("select normalize(t, nfc) from unnest($1::text[]) with ordinality as u (t, n) order by n");
        command.Parameters.Add(new() { Value = texts });
        await using var reader = await command.ExecuteReaderAsync();

        foreach (var text in texts)
        {
            Assert.True(await reader.ReadAsync());
            var composed = reader.GetString(0);
            Assert.True(composed == ComposedText.Of(text), string.Join(' ', text.EnumerateRunes().Select(static r => $"{r.Value:X4}")));
            Assert.Equal(composed, ComposedText.Of(composed));
        }
    }

    [Fact]
    public void Half_a_character_is_left_to_those_who_refuse_it() => Assert.Equal("\u00E9\uD83D", ComposedText.Of("e\u0301" + '\uD83D'));

    [Fact]
    public void Twenty_thousand_marks_on_one_letter_take_no_longer_than_so_many_letters() =>
        Assert.Equal(20_001, ComposedText.Of("b" + string.Concat(Enumerable.Repeat("\u0315\u0327", 10_000))).Length);

    [Fact]
    public async Task A_password_from_a_Mac_is_the_same_on_Windows_and_an_address_and_a_name_are_too()
    {
        await using var clinic = await Clinic.OpenAsync(postgres);
        const string Decomposed = "cle\u0301 de\u00A0l'e\u0301te\u0301";
        const string Composed = "cl\u00E9 de l'\u00E9t\u00E9";

        await clinic.AddAsync(new(clinic.Organization, "Rene\u0301@clinic.example", "Rene\u0301", Role.Patient, "fr", null, null, Decomposed));

        Assert.Equal("Ren\u00E9", (await clinic.SignInAsync("ren\u00E9@clinic.example", Composed)).Profile.Name);
        Assert.Equal("ren\u00E9@clinic.example", (await clinic.SignInAsync("RENE\u0301@clinic.example", Decomposed)).Profile.Email);
    }

    [Fact]
    public void A_password_is_measured_in_characters_as_it_is_compared()
    {
        Assert.Equal("too_short", Assert.Throws<Refusal>(static () => Passwords.Parse("e\u0301o\u0308a\u0300u\u0308")).Code);
        Assert.Equal("too_short", Assert.Throws<Refusal>(static () => Passwords.Parse("🐝k🦁9漢é🐨")).Code);
        Assert.Equal(8, Passwords.Parse("🐝k🦁9漢é🐨z").EnumerateRunes().Count());
        Assert.Equal(256, Passwords.Parse(Acute(256)).Length);
        Assert.Equal("too_long", Assert.Throws<Refusal>(static () => Passwords.Parse(Acute(257))).Code);
    }

    [Theory]
    [InlineData("Rene\u202Eeldnac")]
    [InlineData("Nadia\u2066")]
    [InlineData("Na\u200Bdia")]
    [InlineData("Na\u2028dia")]
    public void A_name_that_turns_what_follows_around_is_refused(string name) => Assert.Equal("name", Assert.Throws<Refusal>(() => PersonName.Parse(name)).Field);

    [Theory]
    [InlineData("nadia\u200B@clinic.example")]
    [InlineData("nadia\u202E@clinic.example")]
    [InlineData("na\u00ADdia@clinic.example")]
    public void An_address_with_what_cannot_be_seen_is_none(string address) => Assert.Null(EmailAddress.Find(address));

    [Fact]
    public void A_name_of_a_script_that_needs_joiners_is_kept() => Assert.Equal("نمی\u200Cدانم", PersonName.Parse("نمی\u200Cدانم"));

    [Fact]
    public void A_file_from_a_Mac_has_the_name_that_Windows_would_give_it() =>
        Assert.Equal("r\u00E9sultat d'ao\u00FBt.pdf", new FileAnnouncement("re\u0301sultat d'aou\u0302t.pdf", "application/pdf", 1, null).Parse().Name);

    /// <summary>Letters with an accent, each in two parts.</summary>
    private static string Acute(int letters) => string.Concat(Enumerable.Range(0, letters).Select(static i => "aeiouAEIOUncsyz"[i * i * 7 % 15] + "\u0301"));
}
