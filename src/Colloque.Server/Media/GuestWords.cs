using Colloque.Teleconsultation;

namespace Colloque.Server.Media;

/// <summary>What guests are, beside their names in a room that knows no more of them than a name.</summary>
internal static class GuestWords
{
    /// <summary>In fr, en or es; English for others.</summary>
    internal static string Of(GuestRole role, string? language) => (role, language) switch
    {
        (GuestRole.Patient, "es") => "paciente",
        (GuestRole.Patient, _) => "patient",
        (GuestRole.Relative, "fr") => "proche",
        (GuestRole.Relative, "es") => "familiar",
        (GuestRole.Relative, _) => "relative",
        (GuestRole.Interpreter, "fr") => "interprète",
        (GuestRole.Interpreter, "es") => "intérprete",
        (GuestRole.Interpreter, _) => "interpreter",
        (_, "fr") => "praticien invité",
        (_, "es") => "profesional invitado",
        _ => "invited practitioner",
    };
}
