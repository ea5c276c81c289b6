using System.Globalization;

namespace Colloque.Server.Http;

/// <summary>How many of a list are asked for.</summary>
public static class Limits
{
    /// <summary>1 to <paramref name="largest"/>, in plain decimal digits; <paramref name="standard"/> where nothing is said.</summary>
    /// <exception cref="Refusal">422 <c>limit</c>.</exception>
    public static int Parse(string? text, int standard, int largest)
    {
        if (text is null)
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= largest ? limit : throw Refusal.Invalid("limit");
    }
}
