using System.Globalization;
using Colloque.Scheduling;

namespace Colloque.Notifications;

/// <summary>A visit's time in words, on the clocks of a zone: "Tuesday 24 November 2026, 14:30 (Europe/Paris)".</summary>
internal static class VisitTime
{
    private static readonly string[][] Days =
    [
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
    ];

    private static readonly string[][] Months =
    [
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ];

    /// <param name="instant">When.</param>
    /// <param name="zone">Whose clocks.</param>
    /// <param name="language">fr, en or es; anything else reads as en.</param>
    internal static string Say(DateTimeOffset instant, string zone, string language)
    {
        var local = Zones.At(instant, zone);
        var i = language switch { "fr" => 1, "es" => 2, _ => 0 };
        var (day, month) = (Days[i][(int)local.DayOfWeek], Months[i][local.Month - 1]);
        return language switch
        {
            "fr" => string.Create(CultureInfo.InvariantCulture, $"{day} {local.Day}{(local.Day == 1 ? "er" : "")} {month} {local.Year} à {local:HH:mm} ({zone})"),
            "es" => string.Create(CultureInfo.InvariantCulture, $"{day} {local.Day} de {month} de {local.Year} a las {local:HH:mm} ({zone})"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{day} {local.Day} {month} {local.Year}, {local:HH:mm} ({zone})"),
        };
    }
}
