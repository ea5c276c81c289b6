using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Colloque.Accounts;
using Colloque.Scheduling;

namespace Colloque.People;

/// <summary>What a practitioner changes of their profile; what is null stays as it is.</summary>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Title">At most 40 characters; empty for none.</param>
/// <param name="Specialty">At most 80 characters; empty for none.</param>
/// <param name="Languages">1..20 language tags (RFC 5646) of a language and at most a script or region.</param>
/// <param name="Bio">At most 4,000 characters, with line breaks.</param>
/// <param name="Experience">Years, 0..80.</param>
/// <param name="Diplomas">At most 30, each 1..200 characters.</param>
/// <param name="OffersVideo">Consultations by video.</param>
/// <param name="OffersPhone">Consultations by voice.</param>
/// <param name="OffersInPerson">Consultations in one room.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed partial record PractitionerChange(
    string? FirstName, string? LastName, string? Title, string? Specialty, IReadOnlyList<string>? Languages, string? Bio, int? Experience, IReadOnlyList<string>? Diplomas,
    bool? OffersVideo, bool? OffersPhone, bool? OffersInPerson, string? TimeZone)
{
    /// <summary>UTF-16 units of a bio.</summary>
    public const int MaxBio = 4_000;

    private const int MaxLanguages = 20;
    private const int MaxDiplomas = 30;

    /// <summary>A change of the zone alone, as the database takes it.</summary>
    /// <exception cref="Refusal">422 <c>timeZone</c>.</exception>
    internal static string OfZone(string zone) => new PractitionerChange(null, null, null, null, null, null, null, null, null, null, null, zone).Parse();

    /// <summary>The same, cleaned; as the database takes it.</summary>
    /// <exception cref="Refusal">422, naming the member.</exception>
    internal string Parse() => JsonSerializer.Serialize(
        this with
        {
            FirstName = PersonName.ParseOptional(FirstName, "firstName", 100),
            LastName = PersonName.ParseOptional(LastName, "lastName", 100),
            Title = string.IsNullOrWhiteSpace(Title) ? Title is null ? null : "" : PersonName.Parse(Title, "title", 40),
            Specialty = string.IsNullOrWhiteSpace(Specialty) ? Specialty is null ? null : "" : PersonName.Parse(Specialty, "specialty", 80),
            Languages = Languages is null ? null : ParseLanguages(Languages),
            Bio = Bio is null ? null : ParseBio(Bio),
            Experience = Experience is null or (>= 0 and <= 80) ? Experience : throw Refusal.Invalid("experience"),
            Diplomas = Diplomas is null ? null : ParseDiplomas(Diplomas),
            TimeZone = TimeZone is null || Zones.Knows(TimeZone) ? TimeZone : throw PractitionerRefusals.TimeZone(),
        },
        PractitionerJson.Default.PractitionerChange);

    private static string[] ParseLanguages(IReadOnlyList<string> tags)
    {
        string[] languages = [.. tags.Select(static t => t?.ToLowerInvariant() ?? "").Distinct(StringComparer.Ordinal)];
        return languages.Length is >= 1 and <= MaxLanguages && languages.All(static l => LanguageTag().IsMatch(l)) ? languages : throw Refusal.Invalid("languages");
    }

    private static string[] ParseDiplomas(IReadOnlyList<string> texts) =>
        texts.Count <= MaxDiplomas ? [.. texts.Select(static t => PersonName.Parse(t, "diplomas"))] : throw Refusal.Invalid("diplomas", "too_long");

    private static string ParseBio(string text)
    {
        var bio = ComposedText.Of(text).ReplaceLineEndings("\n").Trim();
        return bio.Length > MaxBio ? throw Refusal.Invalid("bio", "too_long")
            : bio.Any(static c => char.IsControl(c) && c is not ('\n' or '\t')) || bio.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar) ? throw Refusal.Invalid("bio")
            : bio;
    }

    [GeneratedRegex("^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex LanguageTag();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PractitionerChange))]
internal sealed partial class PractitionerJson : JsonSerializerContext;
