using Colloque.Audit;
using Xunit;

namespace Colloque.Tests.Audit;

public sealed class CopyTextTests
{
    [Theory]
    [InlineData(@"\N", null)]
    [InlineData("plain", "plain")]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"a\tb\nc\rd", "a\tb\nc\rd")]
    [InlineData(@"\\N", @"\N")]
    [InlineData(@"\\x41", @"\x41")]
    [InlineData(@"end\", @"end\")]
    public void A_value_is_what_was_written(string text, string? value) => Assert.Equal(value, CopyText.Unescape(text));

    [Theory]
    [InlineData("2026-03-01 09:00:00+00")]
    [InlineData("2026-03-01 09:00:00.000000+00")]
    [InlineData("2026-03-01 14:30:00+05:30")]
    [InlineData("2026-03-01 05:00:00-04")]
    public void A_time_is_the_same_moment_in_any_zone(string text) => Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), CopyText.Time(text));

    [Fact]
    public async Task Lines_that_are_no_rows_are_told_and_stop_nothing()
    {
        var tables = new AuditTables();

        await tables.ReadDumpAsync(new StringReader("COPY public.audit_pending (entry_id) FROM stdin;\nnonsense\n01a1fe80-5ccb-7f88-bfb1-4d4824977332\n\\.\n"), CancellationToken.None);

        Assert.Single(tables.Pending);
        Assert.Equal("audit_pending: nonsense", Assert.Single(tables.Unreadable));
        Assert.Equal(["audit_checkpoints", "audit_entries", "audit_seals"], tables.Missing.Order());
    }
}
