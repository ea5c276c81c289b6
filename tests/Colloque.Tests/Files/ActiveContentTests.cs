using System.Buffers.Binary;
using System.Text;
using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>ASVS 5.2.2, 5.2.3: what a document does by itself, it does not do through here.</summary>
public sealed class ActiveContentTests
{
    [Theory]
    [InlineData("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")]
    [InlineData("/OpenAction << /S /#4aavaScript >>")]
    [InlineData("/OpenAction << /S /#4a#61#76#61#53#63#72#69#70#74 >>")]
    [InlineData("/AA << /O << /J#53 (x) >> >>")]
    [InlineData("/OpenAction << /S /Launch /F (cmd.exe) >>")]
    [InlineData("/OpenAction << /S /URI /URI (https://evil.example) >>")]
    [InlineData("/OpenAction<</D(>>>)/S/URI>>")]
    [InlineData("/Names << /EmbeddedFiles 5 0 R >>")]
    [InlineData("/AcroForm << /XFA 5 0 R >>")]
    [InlineData("% /OpenAction 5 0 obj << /S /JavaScript >>\n")]
    public async Task A_pdf_that_acts_is_refused_however_it_spells_it(string catalogue) => await RefusesAsync(FileType.Pdf, HostileFiles.Pdf(catalogue));

    [Fact]
    public async Task A_pdf_that_acts_out_of_packed_objects_is_refused()
    {
        await RefusesAsync(FileType.Pdf, HostileFiles.PackedPdf("", 5, "<< /S /JavaScript /JS (x) >>"));
        await RefusesAsync(FileType.Pdf, HostileFiles.PackedPdf("", 5, "<< /A 1 >>", "<< /#4aS (x) >>"));
        await RefusesAsync(FileType.Pdf, HostileFiles.PackedPdf("/OpenAction 6 0 R", 5, "<< /A 1 >>", "<< /S /URI /URI (https://evil.example) >>"));
        // Its dictionary's text feigns that another object begins.
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("", HostileFiles.Stream("/Type /ObjStm /N 1 /First 4 /X (0 0 obj) /Filter /FlateDecode", HostileFiles.Zlib("5 0 << /JS (x) >>"u8.ToArray()))));
        // Packed twice, and sealed with a password: not looked into, so not let through.
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("", HostileFiles.Stream("/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", "789c>"u8.ToArray())));
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("", HostileFiles.Stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", [0x78, 0x9C, .. Disk.Bytes(200)])));
    }

    [Fact]
    public async Task What_is_done_on_opening_is_followed_to_where_it_lies()
    {
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("/OpenAction 5 0 R", "5 0 obj\n<< /S /URI /URI (https://evil.example) >>\nendobj"));
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("/OpenAction 5 0 R", "5 0 obj\n<< /S /GoTo /D [2 0 R] /Next << /S /URI >> >>\nendobj"));
        await PassesAsync(FileType.Pdf, HostileFiles.Pdf("/OpenAction 5 0 R", "5 0 obj\n<< /S /GoTo /D [2 0 R /Fit] >>\nendobj", "6 0 obj\n<< /S /URI /URI (https://good.example) >>\nendobj"));
        await PassesAsync(FileType.Pdf, HostileFiles.PackedPdf("/OpenAction 5 0 R", 5, "<< /S /GoTo /D [2 0 R /Fit] >>", "<< /S /URI /URI (https://good.example) >>"));
        await PassesAsync(FileType.Pdf, HostileFiles.Pdf("/OpenAction [2 0 R /XYZ null null 0]", "6 0 obj\n<< /Type /Annot /A << /S /URI /URI (https://good.example) >> >>\nendobj"));
    }

    [Fact]
    public async Task A_name_that_comes_up_by_chance_in_packed_data_is_no_script()
    {
        byte[] noise = [.. Disk.Bytes(5_000), .. "/JS "u8, .. Disk.Bytes(5_000), .. "/XFA<"u8, .. Disk.Bytes(100)];

        await PassesAsync(FileType.Pdf, HostileFiles.Pdf("", HostileFiles.Stream("/Subtype /Image /Filter /DCTDecode", noise), HostileFiles.Stream("/Filter /FlateDecode", HostileFiles.Zlib(noise))));
        // After it, they are objects again; also where the data sticks to its end.
        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("", "8 0 obj << /Length 3 >> stream\nabcendstream endobj", "7 0 obj << /JS (x) >> endobj"));
    }

    [Fact]
    public async Task A_pdf_that_unpacks_to_gigabytes_is_given_up_on()
    {
        var bomb = HostileFiles.Zlib(new byte[40 << 20]);
        var stream = HostileFiles.Stream("/Filter /FlateDecode", bomb);

        await RefusesAsync(FileType.Pdf, HostileFiles.Pdf("", stream, stream, stream, stream), "unpacks_too_large");
    }

    [Theory]
    [InlineData("word/vbaProject.bin")]
    [InlineData("word/VBAPROJECT.BIN")]
    [InlineData("word/vbaData.xml")]
    [InlineData("word/activeX/activeX1.xml")]
    [InlineData("word/embeddings/oleObject1.bin")]
    [InlineData("word/embeddings/Workbook.xlsx")]
    [InlineData("word/media/payload.exe")]
    [InlineData("word/media/inner.zip")]
    [InlineData("word/afchunk.mht")]
    public async Task A_word_package_with_macros_objects_programs_or_archives_is_refused(string part) => await RefusesAsync(FileType.Docx, HostileFiles.Docx((part, "x"u8.ToArray())));

    [Theory]
    [InlineData("attachedTemplate", "http://evil.example/t.dotm")]
    [InlineData("oleObject", "http://evil.example/x.html!")]
    [InlineData("image", "http://evil.example/seen.png")]
    [InlineData("frame", "http://evil.example/")]
    [InlineData("hyperlink", "file://evil.example/share")]
    [InlineData("hyperlink", "ms-msdt:/id PCWDiagnostic")]
    public async Task A_word_package_that_leads_out_by_itself_is_refused(string type, string target) =>
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/_rels/settings.xml.rels", HostileFiles.Relations(type, target))));

    [Fact]
    public async Task A_word_package_with_pictures_and_links_to_click_passes()
    {
        await PassesAsync(FileType.Docx, HostileFiles.Docx(
            ("word/_rels/document.xml.rels", HostileFiles.Relations("hyperlink", "https://good.example/")), ("word/media/image1.png", Samples.Png(8, 8)), ("word/printerSettings/printerSettings1.bin", [1, 2, 3])));
    }

    [Fact]
    public async Task A_part_that_is_not_what_its_name_says_is_refused()
    {
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/media/image1.png", Samples.Zip("inner.txt"))));
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/media/image1.png", "MZ program"u8.ToArray())));
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/media/image1.png", Samples.Doc("Root Entry"))));
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/_rels/a.rels", "<!DOCTYPE r [<!ENTITY a \"b\">]><r>&a;</r>"u8.ToArray())), "content_mismatch");
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("word/a.xml", [1]), ("WORD/A.XML", [2])), "content_mismatch");
        await RefusesAsync(FileType.Docx, HostileFiles.Docx(("[Content_Types].xml.rels", "<Types/>"u8.ToArray()), ("docProps/x.xml", "<x/>"u8.ToArray()), ("word/vba.xml", "<x/>"u8.ToArray()), ("x.rels", HostileFiles.Relations("vbaProject", "p", "Internal"))));
    }

    [Fact]
    public async Task A_package_that_lies_about_its_sizes_is_found_out_by_unpacking_it()
    {
        var bomb = HostileFiles.Docx(("word/big.xml", new byte[1 << 20]));
        var last = bomb.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(last + 24), 100);
        var overlapping = HostileFiles.Docx(("word/a.xml", Disk.Bytes(2_000)));
        last = overlapping.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(overlapping.AsSpan(last + 20), 1_000_000);

        await RefusesAsync(FileType.Docx, bomb, "unpacks_too_large");
        await RefusesAsync(FileType.Docx, overlapping, "unpacks_too_large");
    }

    [Theory]
    [InlineData("Macros")]
    [InlineData("MACROS")]
    [InlineData("_VBA_PROJECT_CUR")]
    [InlineData("\u0001Ole10Native")]
    public async Task A_word_binary_with_macros_or_a_packed_program_is_refused(string entry) => await RefusesAsync(FileType.Doc, Samples.Doc("Root Entry", "WordDocument", entry));

    [Fact]
    public async Task Whatever_ends_early_is_judged_without_an_error()
    {
        foreach (var (type, content) in new[] { (FileType.Pdf, HostileFiles.PackedPdf("/OpenAction 5 0 R", 5, "<< /S /GoTo >>")), (FileType.Docx, HostileFiles.Docx()), (FileType.Doc, Samples.Doc("WordDocument")) })
        {
            for (var length = 0; length <= content.Length; length += 7)
            {
                try
                {
                    await ActiveContent.RefuseAsync(type, new MemoryStream(content[..length]), default);
                }
                catch (Refusal refusal)
                {
                    Assert.Equal(RefusalKind.Invalid, refusal.Kind);
                }
            }
        }
    }

    private static async Task PassesAsync(FileType type, byte[] content)
    {
        Assert.True(await ContentSignature.FitsAsync(type, new MemoryStream(content), default));
        await ActiveContent.RefuseAsync(type, new MemoryStream(content), default);
    }

    private static async Task RefusesAsync(FileType type, byte[] content, string code = "active_content")
    {
        Assert.True(await ContentSignature.FitsAsync(type, new MemoryStream(content), default));
        var refusal = await Assert.ThrowsAsync<Refusal>(() => ActiveContent.RefuseAsync(type, new MemoryStream(content), default));
        Assert.True(code == refusal.Code, $"{refusal.Code} for {Encoding.Latin1.GetString(content.AsSpan(0, Math.Min(400, content.Length)))}");
    }
}
