using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Retention;

/// <summary>How long an organization's conversations are kept. Its own administrators see it, the platform's change it.</summary>
public sealed class RetentionRules(ColloqueDb db, CallerScope scope, RetentionSettings settings, TimeProvider time)
{
    /// <summary>The rules of an organization; null for the caller's own.</summary>
    /// <exception cref="Refusal">404 another's, or none.</exception>
    public async Task<IReadOnlyList<RetentionRule>> RunAsync(Guid? organization, CancellationToken cancellationToken)
    {
        var id = await RequireAsync(organization, cancellationToken);
        var rows = await db.Database.SqlQuery<Row>($"""select kind "Kind", years "Years" from retention_rules where tenant_id = {id}""").ToDictionaryAsync(static r => r.Kind, static r => r.Years, cancellationToken);
        return [.. settings.Years.OrderBy(static f => f.Key).Select(f => new RetentionRule(f.Key, Math.Max(f.Value, rows.GetValueOrDefault(f.Key.ToString())), f.Value))];
    }

    /// <summary>Keeps a kind for so many years from now on. What is older than a shorter rule goes with the next looks.</summary>
    /// <exception cref="Refusal">404 no such organization; 422 <c>years</c>, also <c>below_floor</c>.</exception>
    public async Task<IReadOnlyList<RetentionRule>> ChangeAsync(Guid organization, ConversationKind kind, int years, CancellationToken cancellationToken)
    {
        if (years is < 1 or > RetentionRule.MaxYears)
        {
            throw Refusal.Invalid("years");
        }

        if (years < settings.Years[kind])
        {
            throw RetentionRefusals.BelowFloor();
        }

        var id = await RequireAsync(organization, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into retention_rules (tenant_id, kind, years, updated_at, updated_by) values ({id}, {kind.ToString()}, {years}, {time.GetMoment()}, {scope.Required.UserId})
              on conflict (tenant_id, kind) do update set years = excluded.years, updated_at = excluded.updated_at, updated_by = excluded.updated_by
            """,
            cancellationToken);
        return await RunAsync(id, cancellationToken);
    }

    private async Task<Guid> RequireAsync(Guid? organization, CancellationToken cancellationToken)
    {
        var id = organization ?? scope.Required.OrganizationId;
        return await db.Database.SqlQuery<bool>($"""select exists (select from organizations where id = {id}) as "Value" """).SingleAsync(cancellationToken) ? id : throw Refusal.NotFound();
    }

    private sealed record Row(string Kind, int Years);
}
