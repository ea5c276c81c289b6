using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>A person's own entry: what their organization wrote, and what they say of themselves (which it does not see).</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Email">Lower case.</param>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="Department">The organization's word.</param>
/// <param name="Position">The organization's word.</param>
/// <param name="PhoneNumber">At most 30 characters.</param>
/// <param name="Bio">At most 2,000 characters.</param>
/// <param name="Language">fr, en or es.</param>
/// <param name="AvatarUrl">Null without one.</param>
/// <param name="CoverUrl">Null without one.</param>
/// <param name="OnboardingCompletedAt">When they were through with the first steps.</param>
/// <param name="ConsentGivenAt">When they agreed to their data being used for their care.</param>
public sealed record EmployeeSelf(
    Guid Id, string Email, string FirstName, string LastName, string? Department, string? Position, string? PhoneNumber, string? Bio, string Language,
    string? AvatarUrl, string? CoverUrl, DateTimeOffset? OnboardingCompletedAt, DateTimeOffset? ConsentGivenAt);

/// <summary>What a person changes of themselves. Null stays; an empty text clears the number or the bio.</summary>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..100 characters.</param>
/// <param name="PhoneNumber">At most 30 characters.</param>
/// <param name="Bio">At most 2,000 characters, lines allowed.</param>
/// <param name="Language">fr, en or es.</param>
/// <param name="OnboardingCompleted">True notes the time, once; false is refused.</param>
/// <param name="Consent">True notes the time, once; false takes it back.</param>
public sealed record EmployeeSelfDraft(string? FirstName, string? LastName, string? PhoneNumber, string? Bio, string? Language, bool? OnboardingCompleted, bool? Consent);

/// <summary>Shows a person their own entry.</summary>
public sealed class GetEmployeeSelf(ColloqueDb db, CallerScope scope)
{
    /// <summary>One statement.</summary>
    /// <exception cref="Refusal">403 to everyone but those on a staff list.</exception>
    public async Task<EmployeeSelf> RunAsync(CancellationToken cancellationToken)
    {
        if (scope.Required.Role is not Role.Patient)
        {
            throw Refusal.Forbidden();
        }

        var rows = await db.Database.SqlQueryRaw<EmployeeSelf>(
            """
            select e.id "Id", e.email "Email", e.first_name "FirstName", e.last_name "LastName", e.department "Department", e.position "Position", e.phone_number "PhoneNumber",
              p.bio "Bio", e.language "Language", picture_url(e.user_id, 'Avatar') "AvatarUrl", picture_url(e.user_id, 'Cover') "CoverUrl",
              p.onboarding_completed_at "OnboardingCompletedAt", p.consent_given_at "ConsentGivenAt"
            from employees e left join employee_profiles p on p.user_id = e.user_id where e.user_id = current_user_id()
            """).ToListAsync(cancellationToken);
        return rows is [var self] ? self : throw Refusal.NotFound();
    }
}

/// <summary>Changes what a person says of themselves.</summary>
public sealed class ChangeEmployeeSelf(ColloqueDb db, CallerScope scope, TimeProvider time)
{
    private const int MaxBio = 2_000;

    /// <summary>Three statements.</summary>
    /// <exception cref="Refusal">403 to everyone but those on a staff list; 422 naming the member.</exception>
    public async Task<EmployeeSelf> RunAsync(EmployeeSelfDraft draft, CancellationToken cancellationToken)
    {
        var caller = scope.Required.Role is Role.Patient ? scope.Required : throw Refusal.Forbidden();
        var d = EmployeeText.Parse(new(draft.FirstName, draft.LastName, null, null, draft.PhoneNumber, draft.Language));
        var bio = Bio(draft.Bio);
        var (done, consents) = (draft.OnboardingCompleted is not false ? draft.OnboardingCompleted : throw Refusal.Invalid("onboardingCompleted"), draft.Consent);
        var now = time.GetMoment();
        await db.Database.ExecuteSqlAsync($"select employees_change_self({d.FirstName}, {d.LastName}, {d.PhoneNumber}, {d.Language}, {now})", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into employee_profiles as p (user_id, bio, onboarding_completed_at, consent_given_at)
            values ({caller.UserId}, nullif({bio}, ''), case when {done}::boolean then {now} end, case when {consents}::boolean then {now} end)
            on conflict (user_id) do update set bio = case when {bio}::text is null then p.bio else nullif({bio}, '') end,
              onboarding_completed_at = coalesce(p.onboarding_completed_at, excluded.onboarding_completed_at),
              consent_given_at = case when {consents}::boolean is null then p.consent_given_at when {consents}::boolean then coalesce(p.consent_given_at, excluded.consent_given_at) end
            """,
            cancellationToken);
        return await new GetEmployeeSelf(db, scope).RunAsync(cancellationToken);
    }

    /// <summary>Null stays null; lines are kept, other control characters are none of a person's words.</summary>
    private static string? Bio(string? text) => text is null ? null : ComposedText.Of(text).Trim() switch
    {
        { Length: > MaxBio } => throw Refusal.Invalid("bio", "too_long"),
        var words when words.Any(static c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) => throw Refusal.Invalid("bio"),
        var words when words.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar) => throw Refusal.Invalid("bio"),
        var words => words,
    };
}
