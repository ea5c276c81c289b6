using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

public sealed class ContentSignatureTests
{
    public static TheoryData<string> Types => [.. Samples.ByType.Keys];

    [Fact]
    public void There_is_a_sample_of_every_type() => Assert.Equal(FileType.All.Select(t => t.MimeType).Order(), Samples.ByType.Keys.Order());

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_content_is_of_its_own_type_and_of_no_other(string mimeType)
    {
        var content = Samples.ByType[mimeType].Content;

        foreach (var type in FileType.All)
        {
            Assert.Equal(type.MimeType == mimeType, await FitsAsync(type, content));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_content_that_ends_anywhere_early_is_judged_without_an_error(string mimeType)
    {
        var content = Samples.ByType[mimeType].Content;

        for (var length = 0; length < Math.Min(content.Length, 200); length++)
        {
            foreach (var type in FileType.All)
            {
                await FitsAsync(type, content[..length]);
            }
        }
    }

    [Fact]
    public async Task What_recorders_write_is_told_by_its_content_alone()
    {
        foreach (var (content, own) in new[] { (Recordings.Ogg, FileType.Ogg), (Recordings.Webm, FileType.Webm), (Recordings.M4a, FileType.M4a) })
        {
            foreach (var type in FileType.All)
            {
                Assert.Equal(type == own, await FitsAsync(type, content));
            }
        }
    }

    [Fact]
    public async Task A_program_is_of_no_type()
    {
        byte[][] contents = [[.. "MZ"u8, .. new byte[4_000]], [0x7F, .. "ELF"u8, .. new byte[4_000]], [.. "<html><script>"u8, .. new byte[4_000]], [.. "<svg xmlns="u8, .. new byte[4_000]]];

        foreach (var type in FileType.All)
        {
            Assert.All(await Task.WhenAll(contents.Select(c => FitsAsync(type, c))), Assert.False);
        }
    }

    [Theory]
    [InlineData("../../escape.xml")]
    [InlineData("/absolute.xml")]
    public async Task A_word_package_with_a_part_that_leaves_it_is_refused(string part) => Assert.False(await FitsAsync(FileType.Docx, Samples.Docx(part)));

    [Fact]
    public async Task A_zip_that_is_no_word_document_is_refused()
    {
        Assert.False(await FitsAsync(FileType.Docx, Samples.Zip("a.txt")));
        Assert.False(await FitsAsync(FileType.Docx, Samples.Zip("[Content_Types].xml", "xl/workbook.xml")));
        Assert.False(await FitsAsync(FileType.Docx, Samples.Zip()));
        Assert.False(await FitsAsync(FileType.Docx, [.. "MZ"u8, .. Samples.Docx()]));
    }

    [Fact]
    public async Task A_package_that_would_unpack_to_gigabytes_or_has_parts_without_number_is_refused()
    {
        Assert.False(await FitsAsync(FileType.Docx, Samples.Bomb(uint.MaxValue - 1)));
        Assert.False(await FitsAsync(FileType.Docx, Samples.Docx([.. Enumerable.Range(0, 5_000).Select(i => $"word/media/{i}.png")])));
    }

    [Fact]
    public async Task A_compound_file_that_is_no_word_document_is_refused()
    {
        Assert.False(await FitsAsync(FileType.Doc, Samples.Doc("Root Entry", "Workbook")));
        Assert.False(await FitsAsync(FileType.Doc, Samples.CircularDoc()));
    }

    [Fact]
    public async Task A_picture_that_claims_more_than_sixty_four_megapixels_is_refused()
    {
        Assert.True(await FitsAsync(FileType.Jpeg, Samples.Jpeg(8_000, 8_000)));
        Assert.False(await FitsAsync(FileType.Jpeg, Samples.Jpeg(8_001, 8_000)));
        Assert.False(await FitsAsync(FileType.Jpeg, Samples.Jpeg(0, 480)));
        Assert.True(await FitsAsync(FileType.Png, Samples.Png(8_000, 8_000)));
        Assert.False(await FitsAsync(FileType.Png, Samples.Png(int.MaxValue, int.MaxValue)));
        Assert.False(await FitsAsync(FileType.Png, Samples.Png(-1, 1)));
        Assert.False(await FitsAsync(FileType.Gif, [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. new byte[50]]));
        Assert.True(await FitsAsync(FileType.Webp, Samples.Webp('L', [0x2F, 0x7F, 0xC2, 0x77, 0])));
        Assert.False(await FitsAsync(FileType.Webp, Samples.Webp('L', [0x2F, 0xFF, 0xFF, 0xFF, 0x0F])));
        Assert.True(await FitsAsync(FileType.Webp, Samples.Webp('X', [0, 0, 0, 0, 0x7F, 0x02, 0, 0xDF, 0x01, 0])));
        Assert.False(await FitsAsync(FileType.Webp, Samples.Webp('X', [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])));
    }

    [Fact]
    public async Task A_photo_whose_segments_never_end_is_given_up_on()
    {
        var padding = new byte[20_000];
        Array.Fill(padding, (byte)0xFF);

        Assert.False(await FitsAsync(FileType.Jpeg, [0xFF, 0xD8, .. padding]));
    }

    [Fact]
    public async Task A_video_container_of_pictures_or_films_is_no_voice_message()
    {
        Assert.False(await FitsAsync(FileType.M4a, [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[100]]));
        Assert.False(await FitsAsync(FileType.M4a, [0, 0, 0, 24, .. "ftypqt  "u8, .. new byte[100]]));
        Assert.False(await FitsAsync(FileType.Webm, [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x88, .. "matroska"u8, .. new byte[100]]));
    }

    private static Task<bool> FitsAsync(FileType type, byte[] content) => ContentSignature.FitsAsync(type, new MemoryStream(content), default);
}
