using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class FileAnnouncementTests
{
    [Theory]
    [InlineData("ordonnance.pdf")]
    [InlineData("Résultats d'analyse n°3 (août).pdf")]
    [InlineData("تحليل الدم.pdf")]
    [InlineData("検査結果.pdf")]
    [InlineData("👨‍👩‍👧 famille.PDF")]
    [InlineData("a.exe.pdf")]
    [InlineData("re: <results> \"final\"?.pdf")]
    public void A_plain_name_in_any_script_is_kept(string name) => Assert.Equal(name, Parse(name).Name);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("../../etc/passwd.pdf")]
    [InlineData("..\\boot.pdf")]
    [InlineData("/abs.pdf")]
    [InlineData("C:\\x.pdf")]
    [InlineData(".pdf")]
    [InlineData(".hidden.pdf")]
    [InlineData("x.pdf.")]
    [InlineData("a\0.pdf")]
    [InlineData("a\nb.pdf")]
    [InlineData("a\u007F.pdf")]
    [InlineData("a\u0085.pdf")]
    [InlineData("exe\u202Efdp.pdf")]
    [InlineData("a\u2066b\u2069.pdf")]
    [InlineData("a\u200Fb.pdf")]
    [InlineData("a\uFEFF.pdf")]
    [InlineData("a\u2028b.pdf")]
    [InlineData("a\uFFFD.pdf")]
    public void A_name_that_is_a_path_or_lies_about_itself_is_refused(string? name) => Refuses("filename", "filename_invalid", () => Parse(name));

    [Fact]
    public void A_half_character_is_refused() => Refuses("filename", "filename_invalid", () => Parse("a" + '\uD83D' + ".pdf"));

    [Fact]
    public void A_name_has_at_most_255_characters()
    {
        Assert.Equal(255, Parse(new string('a', 251) + ".pdf").Name.Length);
        Refuses("filename", "filename_invalid", () => Parse(new string('a', 252) + ".pdf"));
        Refuses("filename", "filename_invalid", () => Parse(new string('a', 1_000_000) + ".pdf"));
    }

    [Fact]
    public void White_space_around_a_name_is_dropped() => Assert.Equal("a b.pdf", Parse("  a b.pdf\u00A0").Name);

    [Theory]
    [InlineData("photo.jpg")]
    [InlineData("letter.pdf.exe")]
    [InlineData("letter")]
    [InlineData("pdf")]
    public void The_extension_must_be_the_types_own(string name) => Refuses("filename", "extension_mismatch", () => Parse(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/x-msdownload")]
    [InlineData("application/pdf, text/html")]
    [InlineData("application/vnd.ms-word.document.macroEnabled.12")]
    public void Only_ten_types_are_taken(string? type) => Refuses("mimeType", "type_not_allowed", () => new FileAnnouncement("a.pdf", type, 1, null).Parse());

    [Fact]
    public void What_a_recorder_adds_to_its_type_does_not_matter() => Assert.Equal(FileType.Webm, new FileAnnouncement("voice.webm", "Audio/WebM; codecs=opus", 1, null).Parse().Type);

    [Theory]
    [InlineData(null, "invalid")]
    [InlineData(0L, "invalid")]
    [InlineData(-1L, "invalid")]
    [InlineData(10_485_761L, "file_too_large")]
    [InlineData(long.MaxValue, "file_too_large")]
    public void A_size_is_one_byte_to_ten_megabytes(long? size, string code) =>
        Refuses("sizeBytes", code, () => new FileAnnouncement("a.pdf", "application/pdf", size, null).Parse());

    [Fact]
    public void Ten_megabytes_are_taken() => Assert.Equal(10_485_760, new FileAnnouncement("a.pdf", "application/pdf", 10_485_760, null).Parse().Size);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    public void A_hash_is_64_hexadecimal_digits(string hash) => Refuses("sha256", "invalid", () => new FileAnnouncement("a.pdf", "application/pdf", 1, hash).Parse());

    private static (string Name, FileType Type, long Size, string? Sha256) Parse(string? name) => new FileAnnouncement(name, "application/pdf", 1, null).Parse();

    private static void Refuses(string field, string code, Action parse)
    {
        var refusal = Assert.Throws<Refusal>(parse);
        Assert.Equal((RefusalKind.Invalid, field, code), (refusal.Kind, refusal.Field, refusal.Code));
    }
}
