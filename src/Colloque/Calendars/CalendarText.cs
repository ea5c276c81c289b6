using System.Globalization;
using System.Text;
using Colloque.Consultations;

namespace Colloque.Calendars;

/// <summary>A visit as a calendar keeps it: when, and whether it holds. Not with whom, not what for.</summary>
/// <param name="Id">The visit; its UID is made of it, so that a new version replaces the one before.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="StartsAt">Planned start.</param>
/// <param name="DurationMinutes">Planned length, minutes.</param>
/// <param name="Moves">How often it was moved or called off: the version, RFC 5545's SEQUENCE.</param>
/// <param name="ChangedAt">Of this version.</param>
/// <param name="Page">Where its people see it.</param>
public sealed record CalendarVisit(Guid Id, ConsultationStatus Status, DateTimeOffset StartsAt, int DurationMinutes, int Moves, DateTimeOffset ChangedAt, string Page);

/// <summary>
/// Writes iCalendar (RFC 5545): CRLF, lines of at most 75 bytes, instants in UTC. A calendar lies open on phones and with providers, so it says
/// "appointment" and no more.
/// </summary>
public static class CalendarText
{
    private const int LineBytes = 75;

    /// <summary>A calendar of visits.</summary>
    /// <param name="visits">In any order.</param>
    /// <param name="language">fr, en or es; anything else reads as en.</param>
    /// <param name="timeZone">Shown by calendars that ask (X-WR-TIMEZONE); null for none.</param>
    public static string Write(IReadOnlyList<CalendarVisit> visits, string language, string? timeZone)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Colloque//Colloque//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        if (timeZone is not null)
        {
            Line(text, "NAME:Colloque");
            Line(text, "X-WR-CALNAME:Colloque");
            Line(text, $"X-WR-TIMEZONE:{Escape(timeZone)}");
            Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
            Line(text, "X-PUBLISHED-TTL:PT1H");
        }

        foreach (var visit in visits)
        {
            Event(text, visit, language);
        }

        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(StringBuilder text, CalendarVisit visit, string language)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{visit.Id:N}@colloque");
        Line(text, $"DTSTAMP:{Instant(visit.ChangedAt)}");
        Line(text, $"LAST-MODIFIED:{Instant(visit.ChangedAt)}");
        Line(text, $"DTSTART:{Instant(visit.StartsAt)}");
        Line(text, $"DTEND:{Instant(visit.StartsAt.AddMinutes(visit.DurationMinutes))}");
        Line(text, $"SUMMARY:{Escape(language switch { "fr" => "Rendez-vous", "es" => "Cita", _ => "Appointment" })}");
        Line(text, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{visit.Moves}"));
        Line(text, $"STATUS:{visit.Status switch { ConsultationStatus.Cancelled or ConsultationStatus.NoShow => "CANCELLED", ConsultationStatus.Scheduled => "TENTATIVE", _ => "CONFIRMED" }}");
        Line(text, "TRANSP:OPAQUE");
        Line(text, "CLASS:PRIVATE");
        // A URI, not a text: nothing in it is escaped.
        Line(text, $"URL:{visit.Page}");
        Line(text, "END:VEVENT");
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>RFC 5545, 3.3.11.</summary>
    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Folds by bytes, never within a character: RFC 5545, 3.1.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LineBytes)
            {
                text.Append("\r\n ");
                bytes = 1;
            }

            text.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
