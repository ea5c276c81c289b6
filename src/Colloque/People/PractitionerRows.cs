using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.People;

/// <summary>The rows behind the verbs of practitioners: each look-up is a function that shows its caller what they may see and nothing else.</summary>
public sealed class PractitionerRows(ColloqueDb db, TimeProvider time)
{
    // Asks for nothing: beyond every horizon.
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One of the directory; null where nobody there has this id. One query.</summary>
    internal Task<PractitionerView?> InDirectoryAsync(Guid id, CancellationToken cancellationToken) => OneAsync(directory: true, id, cancellationToken);

    /// <summary>Oneself, or anyone to the platform's administrators, with their file; null for others. One query.</summary>
    internal Task<PractitionerView?> OnFileAsync(Guid id, CancellationToken cancellationToken) => OneAsync(directory: false, id, cancellationToken);

    /// <summary>A page and where the next begins. One query.</summary>
    internal async Task<(IReadOnlyList<PractitionerView> Items, string? NextCursor)> ListAsync(bool directory, PractitionerSearch search, CancellationToken cancellationToken)
    {
        var sort = search.Sort ?? "name";
        var (key, id) = PractitionerCursor.Parse(search.Cursor, sort);
        var rows = await FindAsync(directory, Guid.Empty, search, sort, key, id, search.Limit + 1, cancellationToken);
        var last = rows.Count > search.Limit ? rows[search.Limit - 1] : null;
        return ([.. rows.Take(search.Limit).Select(static r => r.ToView())], last is null ? null : PractitionerCursor.Of(sort, last.SortKey, last.Id));
    }

    /// <summary>False for who is no practitioner (any more).</summary>
    internal async Task<bool> SaveAsync(string change, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AskAsync($"select practitioners_save({change}::jsonb, {now}) as \"Value\"", cancellationToken);

    /// <summary>Where to tell the person; null for nobody.</summary>
    internal async Task<Reviewed?> ReviewAsync(Guid id, bool validated, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<Reviewed>(
            $"select email \"Email\", language \"Language\", changed \"Changed\" from practitioners_review({id}, {validated}, {reason}, {now})").ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0] : null;
    }

    internal Task<bool> VerifyAsync(Guid id, bool verified, DateTimeOffset now, CancellationToken cancellationToken) =>
        AskAsync($"select practitioners_verify({id}, {verified}, {now}) as \"Value\"", cancellationToken);

    internal Task<bool> ActivateAsync(Guid id, bool active, DateTimeOffset now, CancellationToken cancellationToken) =>
        AskAsync($"select practitioners_activate({id}, {active}, {now}) as \"Value\"", cancellationToken);

    private async Task<bool> AskAsync(FormattableString sql, CancellationToken cancellationToken) => (await db.Database.SqlQuery<bool>(sql).ToListAsync(cancellationToken))[0];

    private async Task<PractitionerView?> OneAsync(bool directory, Guid id, CancellationToken cancellationToken)
    {
        // All zeros ask for everyone.
        var rows = id == Guid.Empty ? [] : await FindAsync(directory, id, new(null, null, null, null, null, null, null, 1), "name", "", Guid.Empty, 1, cancellationToken);
        return rows.Count == 1 ? rows[0].ToView() : null;
    }

    private Task<List<Row>> FindAsync(
        bool directory, Guid one, PractitionerSearch search, string sort, string afterKey, Guid afterId, int most, CancellationToken cancellationToken) => db.Database.SqlQuery<Row>(
        $"""
        select user_id "Id", first_name "FirstName", last_name "LastName", title "Title", specialty "Specialty", languages "Languages", bio "Bio", experience "Experience",
          diplomas "Diplomas", offers_video "OffersVideo", offers_phone "OffersPhone", offers_in_person "OffersInPerson", time_zone "TimeZone", avatar_url "AvatarUrl",
          cover_url "CoverUrl", created_at "CreatedAt", next_available_at "NextAvailableAt", sort_key "SortKey", email "Email", status "Status", rejection_reason "RejectionReason",
          documents_verified "DocumentsVerified", active "Active"
        from practitioners_find({directory}, {one}, {search.Status?.ToString() ?? ""}, {search.Words ?? ""}, {search.Specialty ?? ""}, {search.Language ?? ""},
          {search.Format?.ToString() ?? ""}, {sort}, {afterKey}, {afterId}, {most}, {search.AvailableBefore ?? Never}, {time.GetMoment()})
        """).ToListAsync(cancellationToken);

    internal sealed record Reviewed(string Email, string Language, bool Changed);

    private sealed record Row(
        Guid Id, string FirstName, string LastName, string? Title, string? Specialty, string[] Languages, string Bio, int? Experience, string[] Diplomas,
        bool OffersVideo, bool OffersPhone, bool OffersInPerson, string TimeZone, string? AvatarUrl, string? CoverUrl, DateTimeOffset CreatedAt, DateTimeOffset? NextAvailableAt, string SortKey,
        string? Email, string? Status, string? RejectionReason, bool? DocumentsVerified, bool? Active)
    {
        internal PractitionerView ToView() => new(
            Id, FirstName, LastName, Title, Specialty, Languages, Bio, Experience, Diplomas, OffersVideo, OffersPhone, OffersInPerson, TimeZone, AvatarUrl, CoverUrl, CreatedAt, NextAvailableAt,
            Email is null ? null : new(Email, Enum.Parse<PractitionerStatus>(Status!), RejectionReason, DocumentsVerified == true, Active == true));
    }
}
