using Colloque.Accounts;
using Xunit;

namespace Colloque.Tests.Accounts;

public class PersonNameTests
{
    [Theory]
    [InlineData("Nadia \u202eilaneB")]
    [InlineData("\u2066Dr\u2069 Rahal")]
    [InlineData("Nadia\u2028Benali")]
    [InlineData("Nadia\ufeffBenali")]
    [InlineData("Nadia\nBenali")]
    public void A_name_cannot_turn_or_break_the_line_it_is_shown_in(string name) =>
        Assert.Equal(("invalid", "name"), Assert.Throws<Refusal>(() => PersonName.Parse(name)) is var refusal ? (refusal.Code, refusal.Field) : default);

    [Theory]
    [InlineData("Мария-Ева O’Neill")]
    [InlineData("می\u200cخواهم")]
    [InlineData("שלום")]
    [InlineData("ノ🌸")]
    public void A_name_of_any_writing_is_kept_as_it_is(string name) => Assert.Equal(name, PersonName.Parse(name));
}
