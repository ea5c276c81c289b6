namespace Colloque.Accounts;

/// <summary>What a person calls the thing they signed in on, read from a User-Agent. It is shown and compared; it decides no rights.</summary>
/// <param name="Device">The system's name; <c>Unknown</c> where the header names none.</param>
/// <param name="Browser">Null where it is none we know.</param>
public sealed record DeviceName(string Device, string? Browser)
{
    private const int MaxProductLength = 40;

    // The order matters: every Android says Linux, every Chrome says Safari.
    private static readonly (string Sign, string Name)[] Devices =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
        ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    /// <summary>The name; versions are left out, so that an update makes no new device.</summary>
    public static DeviceName Of(string userAgent) => new(Find(Devices, userAgent) ?? Product(userAgent), Find(Browsers, userAgent));

    private static string? Find((string Sign, string Name)[] signs, string userAgent) =>
        Array.Find(signs, s => userAgent.Contains(s.Sign, StringComparison.Ordinal)).Name;

    /// <summary>A program names itself first: <c>curl/8.5.0</c>.</summary>
    private static string Product(string userAgent)
    {
        var end = userAgent.AsSpan().IndexOfAny("/ (;");
        var product = (end < 0 ? userAgent : userAgent[..end]).Trim();
        return product switch { "" or "Mozilla" => "Unknown", { Length: > MaxProductLength } => product[..MaxProductLength], _ => product };
    }
}
