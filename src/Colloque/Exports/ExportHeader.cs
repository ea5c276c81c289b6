using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>What an export says before the first message.</summary>
/// <param name="View">The conversation, as its reader sees it.</param>
/// <param name="ReaderId">Who takes the copy.</param>
/// <param name="At">When.</param>
/// <param name="Floor">What was said up to here is not the reader's to have; 0 for everything.</param>
/// <param name="Last">The last message that is in it.</param>
/// <param name="Language">fr, en or es.</param>
/// <param name="TimeZone">On whose clocks times are shown; an IANA name.</param>
public sealed record ExportHeader(ConversationView View, Guid ReaderId, DateTimeOffset At, long Floor, long Last, string Language, string TimeZone)
{
    private readonly Dictionary<Guid, ConversationPerson> people = View.People.GroupBy(static p => p.UserId).ToDictionary(static g => g.Key, static g => g.First());

    /// <summary>Somebody by their id; null for who is not among the people.</summary>
    public ConversationPerson? Find(Guid id) => people.GetValueOrDefault(id);

    /// <summary>A person as they are called: with their title, and never more than a line.</summary>
    public string NameOf(Guid id) => Find(id) is { } person ? OneLine(person.Title is null ? person.Name : $"{person.Title} {person.Name}") : id.ToString();

    /// <summary>A time with its zone: <c>2026-11-21 21:45:03 +01:00</c>.</summary>
    public string Show(DateTimeOffset at) => Scheduling.Zones.At(at, TimeZone).ToString("yyyy-MM-dd HH:mm:ss zzz", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// A name without what breaks a line or turns its direction: a file called <c>"x\n[12] Dr …"</c> must not look like another message.
    /// </summary>
    internal static string OneLine(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = char.IsControl(from[i]) || IsTurn(from[i]) ? ' ' : from[i];
        }
    });

    /// <summary>Line and paragraph separators, and the marks that change the direction of what follows (U+202A..E, U+2066..9).</summary>
    internal static bool IsTurn(char c) => c is (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
