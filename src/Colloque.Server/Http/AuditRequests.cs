using Colloque.Accounts;
using Colloque.Audit;
using Colloque.Security;

namespace Colloque.Server.Http;

/// <summary>
/// Notes requests in the audit, one row each: what changes something, reads of clinical content, an administrator's look at one person's or
/// organization's data, exports, sign-ins, and whatever was refused where a role is asked for. What was done is written before it is answered:
/// a process that is killed the next moment has answered nothing that the audit does not know.
/// </summary>
internal sealed class AuditRequests(AuditTrail trail, RateLimits limits, TimeProvider time)
{
    internal async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        // Kept: where a request fails, the endpoint is taken off it.
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<Access>() is not { } access)
        {
            await next(http);
            return;
        }

        var noted = false;
        // Before the first byte of the answer; an answer without a body starts when all is over.
        http.Response.OnStarting(() => NoteOnceAsync(null));
        try
        {
            await next(http);
        }
        catch (Exception e)
        {
            await NoteOnceAsync(e);
            throw;
        }

        await NoteOnceAsync(null);

        Task NoteOnceAsync(Exception? error)
        {
            if (noted)
            {
                return Task.CompletedTask;
            }

            noted = true;
            return NoteAsync(http, endpoint, access, error);
        }
    }

    private async Task NoteAsync(HttpContext http, Endpoint endpoint, Access access, Exception? error)
    {
        var about = endpoint.Metadata.GetMetadata<Audited>();
        var caller = http.Items[typeof(Caller)] as Caller;
        var (outcome, code) = OutcomeOf(http, error);
        var action = about?.Action ?? AuditWording.ActionOf(http.Request.Method, http.Request.Path);
        var note = http.Audit();
        if (action == AuditAction.Login && outcome == AuditOutcome.Ok && caller is null && note.SignedIn is null)
        {
            // The password was right; who it is, is not known before the second factor.
            (outcome, code) = (AuditOutcome.Failed, "second_factor_required");
        }

        var thing = note.ResourceId ?? IdOf(http);
        var read = action == AuditAction.Read;
        var clinical = about is { Clinical: true } && caller is not { IsInVisit: false };
        var wanted = outcome switch
        {
            // A picture that is not there, open to everyone, was refused to nobody.
            AuditOutcome.Refused => access.Roles is not null || code != "not_found",
            _ when endpoint.Metadata.GetMetadata<NotAudited>() is not null => false,
            AuditOutcome.Failed => !read,
            _ => !read || clinical || IsLookAtOthers(caller, thing) || about?.Action == AuditAction.Read,
        };
        if (!wanted || (outcome != AuditOutcome.Ok && !MayFill(http, caller, error)))
        {
            return;
        }

        var origin = new Origin(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);
        var now = time.GetUtcNow();
        var mark = (error as Refusal)?.Mark;
        var refused = outcome == AuditOutcome.Refused && action is not (AuditAction.Login or AuditAction.Logout);
        var entry = new AuditEntry
        {
            Id = Guid.CreateVersion7(now),
            TenantId = caller is null ? note.SignedIn?.OrganizationId : caller.Tenant,
            At = now,
            ActorId = caller?.UserId ?? note.SignedIn?.Id,
            ActorRole = caller?.Role ?? note.SignedIn?.Role,
            Action = refused ? AuditAction.Refused : action,
            Attempted = refused ? action : null,
            Resource = about?.Resource ?? AuditWording.ResourceOf(endpoint, http.Request.Path),
            ResourceId = mark?.ResourceId ?? thing,
            SubjectId = mark?.SubjectId ?? note.SubjectId ?? (IsAboutOneself(http.Request.Path) ? caller?.UserId ?? note.SignedIn?.Id : AuditWording.SubjectOf(http.Request.Path, thing)),
            Clinical = clinical,
            Ip = origin.Address,
            UserAgent = origin.UserAgent,
            RequestId = http.TraceIdentifier,
            Outcome = outcome,
            Code = mark?.Code ?? code,
            SignInId = caller is null || caller.SignInId == Guid.Empty ? null : caller.SignInId,
            Once = read && outcome == AuditOutcome.Ok && about?.Action is null,
        };
        // What did not work, and what those who give or receive care read of their own visits, may wait a quarter of a second.
        await (outcome == AuditOutcome.Ok && !(read && clinical) ? trail.RecordNowAsync(entry) : trail.RecordAsync(entry));
    }

    /// <summary>An administrator asked for one person or organization by its id.</summary>
    private static bool IsLookAtOthers(Caller? caller, Guid? thing) => caller is { IsInVisit: false } && thing is not null;

    private static bool IsAboutOneself(PathString path) => path.StartsWithSegments("/api/auth") || (path.Value ?? "").Split('/').Contains("me");

    private static (AuditOutcome Outcome, string? Code) OutcomeOf(HttpContext http, Exception? error) => error switch
    {
        Refusal { Kind: RefusalKind.Unauthenticated or RefusalKind.Forbidden or RefusalKind.NotFound } refusal => (AuditOutcome.Refused, refusal.Code),
        Refusal refusal => (AuditOutcome.Failed, refusal.Code),
        not null => (AuditOutcome.Failed, "failed"),
        null => http.Response.StatusCode switch
        {
            401 => (AuditOutcome.Refused, "unauthenticated"),
            403 => (AuditOutcome.Refused, "forbidden"),
            404 => (AuditOutcome.Refused, "not_found"),
            >= 400 => (AuditOutcome.Failed, "failed"),
            _ => (AuditOutcome.Ok, null),
        },
    };

    /// <summary>What did not work is noted so often and no more; who asks too often leaves no row for each time.</summary>
    private bool MayFill(HttpContext http, Caller? caller, Exception? error) => error is not Refusal { Kind: RefusalKind.TooMany }
        && (caller is not null
            ? limits.TryTake(Limit.AuditRefusal, caller.UserId)
            : limits.TryTake(Limit.AuditRefusal, new Origin(http.Connection.RemoteIpAddress, null).NetworkKey));

    /// <summary>The thing that the path names first.</summary>
    private static Guid? IdOf(HttpContext http)
    {
        foreach (var (_, value) in http.Request.RouteValues.OrderBy(static v => v.Key == "id" ? 0 : 1))
        {
            if (value is string text && Guid.TryParseExact(text, "D", out var id))
            {
                return id;
            }
        }

        return null;
    }
}

/// <summary>The audit's words for a request, where its endpoint says none.</summary>
internal static class AuditWording
{
    internal static AuditAction ActionOf(string method, PathString path)
    {
        var last = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return (method, last) switch
        {
            ("POST", "login" or "verify" or "sign-in") => AuditAction.Login,
            ("POST", "logout") => AuditAction.Logout,
            ("POST" or "PUT", "validate" or "approve" or "documents-verified") => AuditAction.Validate,
            ("POST" or "PUT", "activate" or "deactivate" or "close" or "confirm" or "setup") => AuditAction.Update,
            // Asks for a challenge, and changes nothing that is anyone's.
            ("POST", "options") => AuditAction.Read,
            ("POST", "cancel") => AuditAction.Cancel,
            ("POST", "import") => AuditAction.Import,
            ("GET" or "HEAD", "export" or "report") => AuditAction.Export,
            ("GET" or "HEAD", _) => AuditAction.Read,
            ("DELETE", _) => AuditAction.Delete,
            ("PUT" or "PATCH", _) => AuditAction.Update,
            _ => AuditAction.Create,
        };
    }

    /// <summary>Practitioners are known by their own ids; other things are not people.</summary>
    internal static Guid? SubjectOf(PathString path, Guid? thing) =>
        thing is { } id && (path.Value ?? "").Contains($"/practitioners/{id:D}", StringComparison.OrdinalIgnoreCase) ? id : null;

    /// <summary>What the tag is about, as one lower-case word; the first part of the path where there is none.</summary>
    internal static string ResourceOf(Endpoint endpoint, PathString path)
    {
        var tag = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>() is { Tags: [var first, ..] } ? first : null;
        return tag switch
        {
            "Authentication" => "account",
            "Passkeys" => "passkey",
            "Companies" => "company",
            "Employees" => "employee",
            "Practitioners" => "practitioner",
            "Pictures" => "picture",
            "Files" => "file",
            "Consultations" => "consultation",
            _ => Word(tag, path),
        };
    }

    private static string Word(string? tag, PathString path)
    {
        var word = tag ?? (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(static p => p != "api") ?? "server";
        return word.Replace(' ', '_').ToLowerInvariant();
    }
}
