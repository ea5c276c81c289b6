using System.Buffers;
using System.Text;
using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>ASVS 5.2.2, 5.2.3, 5.3.1: a hundred hostile files and names, and those of everyday, each judged by all that judges an upload.</summary>
public sealed class CorpusTests
{
    [Fact]
    public async Task No_hostile_file_gets_through_however_it_hides()
    {
        var through = new List<string>();
        foreach (var file in Corpus.Hostile)
        {
            try
            {
                await JudgeAsync(file);
                through.Add($"{file.MimeType}: {file.Title}");
            }
            catch (Refusal refusal)
            {
                Assert.Equal(RefusalKind.Invalid, refusal.Kind);
            }
        }

        Assert.Empty(through);
        Assert.True(Corpus.Hostile.Count() >= 90);
    }

    [Fact]
    public async Task Every_file_of_everyday_gets_through_and_no_picture_says_who_made_it()
    {
        var refused = new List<string>();
        foreach (var file in Corpus.Good)
        {
            try
            {
                var kept = await JudgeAsync(file);
                Assert.DoesNotContain(PictureSamples.Planted, Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
            }
            catch (Refusal refusal)
            {
                refused.Add($"{file.MimeType}: {file.Title} ({file.Name}): {refusal.Code} {refusal.Field}");
            }
        }

        Assert.Empty(refused);
        Assert.True(Corpus.Good.Count() >= 50);
    }

    /// <summary>What is kept of it.</summary>
    private static async Task<byte[]> JudgeAsync(CorpusFile file)
    {
        var (_, type, _, _) = new FileAnnouncement(file.Name, file.MimeType, file.Content.Length, Sha256: null).Parse();
        if (!await ContentSignature.FitsAsync(type, new MemoryStream(file.Content), default))
        {
            throw FileRefusals.ContentMismatch();
        }

        await ActiveContent.RefuseAsync(type, new MemoryStream(file.Content), default);
        if (!type.IsPicture)
        {
            return file.Content;
        }

        var clean = new ArrayBufferWriter<byte>();
        return PictureCleaning.Write(file.Content, clean).Type == type ? clean.WrittenSpan.ToArray() : throw FileRefusals.ContentMismatch();
    }
}
