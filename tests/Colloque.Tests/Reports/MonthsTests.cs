using Colloque.Reports;
using NodaTime;
using Xunit;

namespace Colloque.Tests.Reports;

public sealed class MonthsTests
{
    [Fact]
    public void In_every_zone_each_instant_is_in_exactly_one_month()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            for (var month = new YearMonth(2000, 1); month.Year <= 2040; month = month.PlusMonths(1))
            {
                var (start, end) = (Months.Start(month, zone), Months.Start(month.PlusMonths(1), zone));
                Assert.True(end - start > TimeSpan.FromDays(27) && end - start < TimeSpan.FromDays(32), $"{month} in {id}");
                Assert.Equal(month, Months.Of(start, zone));
                Assert.Equal(month, Months.Of(end.AddTicks(-1), zone));
                Assert.Equal(month.PlusMonths(1), Months.Of(end, zone));
            }
        }
    }

    [Theory]
    [InlineData("2025-01", "2025-01")]
    [InlineData("2025-12", "2025-12")]
    [InlineData("2025-13", null)]
    [InlineData("2025-00", null)]
    [InlineData("1999-12", null)]
    [InlineData("2025-1", null)]
    [InlineData("2025_01", null)]
    [InlineData("2025-+1", null)]
    [InlineData("２025-01", null)]
    [InlineData("2025-01-01", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_month_has_one_spelling(string? text, string? read)
    {
        if (read is null)
        {
            Assert.Equal("period", Assert.Throws<Refusal>(() => Months.Parse(text)).Field);
        }
        else
        {
            Assert.Equal(read, Months.Text(Months.Parse(text)));
        }
    }
}
