using Colloque.Audit;

namespace Colloque.Server.Http;

/// <summary>What the audit says of an endpoint's requests. Endpoints without it are noted too: by their tag and method (<see cref="AuditRequests"/>).</summary>
/// <param name="Resource">The kind of thing; a word of the program.</param>
/// <param name="Action">Null: by the method and the last part of the path.</param>
/// <param name="Clinical">About what patient and practitioner share. Its reads are noted, one an hour for a person and a thing.</param>
public sealed record Audited(string Resource, AuditAction? Action, bool Clinical);

/// <summary>An endpoint whose requests are not noted, unless they are refused.</summary>
public sealed record NotAudited;

/// <summary>Says what the audit keeps of an endpoint.</summary>
public static class AuditedExtensions
{
    /// <summary>Names the thing, and what is done to it where method and path do not tell.</summary>
    public static T Audited<T>(this T builder, string resource, AuditAction? action = null, bool clinical = false)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new Audited(resource, action, clinical));

    /// <summary>Not noted: it changes nothing that is anyone's, or notes itself elsewhere.</summary>
    public static T NotAudited<T>(this T builder)
        where T : IEndpointConventionBuilder => builder.WithMetadata(new NotAudited());

    /// <summary>What a handler knows and the audit should: who signed in, whose data, which thing.</summary>
    public static AuditNote Audit(this HttpContext http)
    {
        if (http.Items[typeof(AuditNote)] is not AuditNote note)
        {
            http.Items[typeof(AuditNote)] = note = new();
        }

        return note;
    }
}

/// <summary>What only the handler of a request knows.</summary>
public sealed class AuditNote
{
    /// <summary>Who, where the request itself signed them in.</summary>
    public Colloque.Accounts.Profile? SignedIn { get; set; }

    /// <summary>The thing, where the path does not name it: what was just made.</summary>
    public Guid? ResourceId { get; set; }

    /// <summary>The person whose data it is about.</summary>
    public Guid? SubjectId { get; set; }
}
