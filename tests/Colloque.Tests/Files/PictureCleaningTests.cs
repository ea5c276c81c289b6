using System.Text;
using Colloque.Files;
using Xunit;

namespace Colloque.Tests.Files;

/// <summary>What comes out of a picture is what can be seen of it. ASVS 5.2.6, 5.3.1, 14.2.8.</summary>
public sealed class PictureCleaningTests
{
    [Fact]
    public void A_picture_of_each_kind_is_told_by_its_content_and_its_size_is_known()
    {
        foreach (var (type, content) in PictureSamples.All)
        {
            var clean = PictureCleaning.Run(content);

            Assert.Equal((type, 24, 16), (clean.Type.MimeType, clean.Width, clean.Height));
        }
    }

    [Fact]
    public void Nothing_that_somebody_wrote_into_a_picture_comes_out_of_it()
    {
        foreach (var (type, content) in PictureSamples.Talkative)
        {
            Assert.Contains(PictureSamples.Planted, Encoding.Latin1.GetString(content), StringComparison.Ordinal);

            var clean = Encoding.Latin1.GetString(PictureCleaning.Run(content).Content);

            Assert.False(clean.Contains(PictureSamples.Planted, StringComparison.Ordinal), type);
        }
    }

    [Fact]
    public void A_browsers_colour_profile_with_its_makers_name_is_left_behind()
    {
        foreach (var content in new[] { PictureSamples.Jpeg, PictureSamples.Webp, PictureSamples.Lossless })
        {
            Assert.True(content.AsSpan().IndexOf("mntrRGB"u8) > 0);
            Assert.True(PictureCleaning.Run(content).Content.AsSpan().IndexOf("mntrRGB"u8) < 0);
        }
    }

    [Fact]
    public void A_clean_picture_stays_as_it_is()
    {
        foreach (var (_, content) in PictureSamples.All.Concat(PictureSamples.Talkative))
        {
            var once = PictureCleaning.Run(content).Content;

            Assert.Equal(once, PictureCleaning.Run(once).Content);
        }
    }

    [Fact]
    public void The_compressed_image_itself_is_not_touched()
    {
        var scan = PictureSamples.Jpeg[PictureSamples.Jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA])..];
        Assert.True(PictureCleaning.Run(PictureSamples.Jpeg).Content.AsSpan().EndsWith(scan));
        Assert.True(PictureCleaning.Run(PictureSamples.TalkativeJpeg(1)).Content.AsSpan().EndsWith(scan));
        Assert.Equal(PictureCleaning.Run(PictureSamples.Jpeg).Content, PictureCleaning.Run(PictureSamples.TalkativeJpeg(1)).Content);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Which_side_of_a_photo_is_up_is_all_that_is_kept_of_what_the_camera_said(byte orientation)
    {
        var plain = PictureCleaning.Run(PictureSamples.Jpeg).Content;
        var turned = PictureCleaning.Run(PictureSamples.TalkativeJpeg(orientation)).Content;

        var at = turned.AsSpan().IndexOf("Exif"u8);
        Assert.Equal(36, turned.Length - plain.Length);
        Assert.Equal([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation], turned[(at + 14)..(at + 26)]);
        Assert.Equal(-1, PictureCleaning.Run(PictureSamples.TalkativeJpeg(9)).Content.AsSpan().IndexOf("Exif"u8));
    }

    [Fact]
    public void An_animation_keeps_its_frames_and_its_repeat()
    {
        Assert.Equal(PictureSamples.Gif, PictureCleaning.Run(PictureSamples.Gif).Content);
    }

    [Fact]
    public void A_picture_cut_off_anywhere_is_refused()
    {
        foreach (var (type, content) in PictureSamples.All)
        {
            var whole = PictureCleaning.Run(content).Content;
            for (var length = 12; length < whole.Length - 1; length++)
            {
                var code = Assert.Throws<Refusal>(() => PictureCleaning.Run(whole.AsSpan(0, length))).Code;
                Assert.True(code is "picture_unreadable", $"{type} of {length} bytes: {code}");
            }
        }
    }

    [Fact]
    public void A_picture_with_any_byte_changed_is_cleaned_or_refused_and_never_breaks_the_reader()
    {
        foreach (var (_, content) in PictureSamples.All.Concat(PictureSamples.Talkative))
        {
            for (var at = 0; at < content.Length; at++)
            {
                foreach (var change in (byte[])[0x01, 0x80, 0xFF])
                {
                    var changed = content.ToArray();
                    changed[at] ^= change;
                    try
                    {
                        PictureCleaning.Run(changed);
                    }
                    catch (Refusal refusal) when (refusal is { Kind: RefusalKind.Invalid, Field: "file" })
                    {
                        // As good an answer as a picture.
                    }
                }
            }
        }
    }

    [Fact]
    public void Whatever_is_no_picture_is_refused_by_its_content()
    {
        foreach (var content in new byte[][] { [], [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], [.. "%PDF-1.7"u8], [.. "RIFF\0\0\0\0WAVEfmt "u8], [0, 0, 0, 24, .. "ftypheic"u8] })
        {
            Assert.Equal("unsupported_picture", Assert.Throws<Refusal>(() => PictureCleaning.Run(content)).Code);
        }
    }

    [Fact]
    public void A_few_bytes_that_claim_more_than_eight_megapixels_are_refused()
    {
        var jpeg = PictureSamples.Jpeg;
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        ((ReadOnlySpan<byte>)[0x0F, 0xA0, 0x07, 0xD1]).CopyTo(jpeg.AsSpan(frame + 5));
        byte[][] bombs =
        [
            jpeg,
            PictureSamples.PngOf(8001, 8000, unpacked: 1),
            [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x3B],
            PictureSamples.Riff(PictureSamples.RiffChunk("VP8X", [0, 0, 0, 0, 0xFF, 0x3F, 0, 0xFF, 0x3F, 0])),
            PictureSamples.Riff(PictureSamples.RiffChunk("VP8L", [0x2F, 0xFF, 0xFF, 0xFF, 0x0F, 0])),
        ];
        foreach (var bomb in bombs)
        {
            Assert.Equal("too_many_pixels", Assert.Throws<Refusal>(() => PictureCleaning.Run(bomb)).Code);
        }
    }

    [Fact]
    public void Eight_megapixels_are_just_allowed() => Assert.Equal(4000, PictureCleaning.Run(PictureSamples.PngOf(4000, 2000)).Width);

    [Theory]
    [InlineData(15 * 25)]
    [InlineData(17 * 25)]
    [InlineData(5_000_000)]
    public void A_png_that_unpacks_to_another_size_than_it_states_is_refused(int unpacked) =>
        Assert.Equal("picture_unreadable", Assert.Throws<Refusal>(() => PictureCleaning.Run(PictureSamples.PngOf(24, 16, unpacked))).Code);

    [Fact]
    public void An_interlaced_png_is_measured_by_its_passes()
    {
        // 24 x 16 in Adam7: 30 rows in seven passes, and a byte before each.
        Assert.Equal(24, PictureCleaning.Run(PictureSamples.PngOf(24, 16, (24 * 16) + 30, interlace: 1)).Width);
        Assert.Equal("picture_unreadable", Assert.Throws<Refusal>(() => PictureCleaning.Run(PictureSamples.PngOf(24, 16, (24 * 16) + 16, interlace: 1))).Code);
        // Of one pixel, six passes are empty.
        Assert.Equal(1, PictureCleaning.Run(PictureSamples.PngOf(1, 1, interlace: 1)).Width);
    }

    [Fact]
    public void A_thousand_frames_of_a_large_screen_are_refused()
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0, 0];
        byte[] head = [.. "GIF89a"u8, 0xA0, 0x0F, 0xD0, 0x07, 0, 0, 0];
        Assert.Equal(4000, PictureCleaning.Run([.. head, .. frame, 0x3B]).Width);

        var refusal = Assert.Throws<Refusal>(() => PictureCleaning.Run([.. head, .. Enumerable.Repeat(frame, 17).SelectMany(static f => f), 0x3B]));

        Assert.Equal("too_many_pixels", refusal.Code);
    }

    [Fact]
    public void A_frame_beyond_its_screen_and_an_image_of_another_size_than_its_canvas_are_refused()
    {
        byte[] gif = [.. "GIF89a"u8, 2, 0, 2, 0, 0, 0, 0, 0x2C, 1, 0, 0, 0, 2, 0, 2, 0, 0, 2, 1, 0, 0, 0x3B];
        var image = PictureSamples.Webp[PictureSamples.Webp.AsSpan().LastIndexOf("VP8 "u8)..];
        var webp = PictureSamples.Riff(PictureSamples.RiffChunk("VP8X", [0, 0, 0, 0, 22, 0, 0, 15, 0, 0]), image);
        Assert.Equal("picture_unreadable", Assert.Throws<Refusal>(() => PictureCleaning.Run(gif)).Code);
        Assert.Equal("picture_unreadable", Assert.Throws<Refusal>(() => PictureCleaning.Run(webp)).Code);
    }

    [Fact]
    public void More_than_five_megabytes_are_refused_before_they_are_looked_at() =>
        Assert.Equal(FileRefusals.BodyTooLargeCode, Assert.Throws<Refusal>(() => PictureCleaning.Run(new byte[PictureCleaning.MaxBytes + 1])).Code);
}
