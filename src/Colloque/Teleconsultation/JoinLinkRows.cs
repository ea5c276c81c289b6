using Colloque.Consultations;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Teleconsultation;

/// <summary>A link as it lies in the database.</summary>
internal sealed record JoinLinkRow(
    Guid Id, string Role, string? Name, string? Email, bool RequiresCode, byte[] Sealed, Guid CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt,
    string VisitStatus, Guid? GuestId, string? GuestName, DateTimeOffset? EnteredAt, DateTimeOffset? LeftAt)
{
    internal GuestView? Guest => GuestId is { } id ? new(id, GuestName!, Enum.Parse<GuestRole>(Role), EnteredAt!.Value, LeftAt) : null;
}

/// <summary>What a token leads to; <see cref="LinkId"/> is null for a token of one of the two.</summary>
internal sealed record DoorRow(
    Guid? LinkId, Guid ConsultationId, Guid TenantId, string? Role, string? Name, string? Email, string? Language, bool RequiresCode, string Status, string Format,
    DateTimeOffset ScheduledAt, string PractitionerName, Guid PatientId, Guid PractitionerId);

/// <summary>What the verbs of links share: their rows, and the door that a token opens.</summary>
public sealed class JoinLinkRows(ColloqueDb db, KeyRing keys, JoinTokens tokens, Accounts.PublicAddress address, ConsultationLife life, CallerScope scope)
{
    /// <summary>Ways into one visit at a time.</summary>
    internal const int MostOpen = 10;

    private DateTimeOffset Now => life.Now;

    /// <summary>Where a token leads. One query.</summary>
    /// <exception cref="Refusal">404 <c>join_link_gone</c>: unknown, expired, taken back, or the visit is over, one answer for all.</exception>
    internal async Task<DoorRow> KnockAsync(string? token, CancellationToken cancellationToken)
    {
        if (!JoinTokens.IsToken(token))
        {
            throw JoinLinkRefusals.Gone();
        }

        var rows = await db.Database.SqlQuery<DoorRow>(
            $"""
            select link_id "LinkId", consultation_id "ConsultationId", tenant_id "TenantId", role "Role", name "Name", email "Email", language "Language",
              requires_code "RequiresCode", status "Status", format "Format", scheduled_at "ScheduledAt", practitioner_name "PractitionerName",
              patient_id "PatientId", practitioner_id "PractitionerId"
            from join_door({tokens.Hash(token!)}, {Now})
            """).ToListAsync(cancellationToken);
        return rows.Count == 1 ? rows[0] : throw JoinLinkRefusals.Gone();
    }

    /// <summary>The links of a visit of the caller's, newest first; one of them where an id is given.</summary>
    internal async Task<IReadOnlyList<JoinLinkView>> ListAsync(Guid consultation, Guid? one, CancellationToken cancellationToken)
    {
        var rows = await db.Database.SqlQuery<JoinLinkRow>(
            $"""
            select l.id "Id", l.role "Role", l.name "Name", l.email "Email", l.requires_code "RequiresCode", l.sealed "Sealed", l.created_by "CreatedBy",
              l.created_at "CreatedAt", l.expires_at "ExpiresAt", l.revoked_at "RevokedAt", c.status "VisitStatus",
              g.id "GuestId", g.name "GuestName", g.entered_at "EnteredAt", g.left_at "LeftAt"
            from join_links l join consultations c on c.id = l.consultation_id left join consultation_guests g on g.link_id = l.id
            where l.consultation_id = {consultation} and ({one == null} or l.id = {one ?? Guid.Empty}) order by l.created_at desc, l.id desc limit 100
            """).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var ring = await keys.OfConversationAsync(db, consultation, cancellationToken);
        return [.. rows.Select(r => View(r, ring, consultation))];
    }

    internal async Task<int> CountOpenAsync(Guid consultation, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<int>(
            $"select count(*)::integer as \"Value\" from join_links where consultation_id = {consultation} and revoked_at is null and expires_at > {Now}").SingleAsync(cancellationToken);

    /// <summary>A new link; the database refuses whoever may not invite in that role.</summary>
    /// <returns>Its id and the whole way in.</returns>
    internal async Task<(Guid Id, string Url)> AddAsync(Guid consultation, GuestInvitation guest, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var caller = scope.Required;
        var ring = await keys.OfConversationAsync(db, consultation, cancellationToken);
        var (id, token) = (Guid.CreateVersion7(Now), JoinTokens.New());
        var sealedToken = ContentCipher.Seal(ring.Current, token, Place(ring, consultation, id, caller.UserId));
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into join_links (id, tenant_id, consultation_id, role, name, email, language, requires_code, hash, sealed, created_by, created_at, expires_at)
              values ({id}, {ring.TenantId}, {consultation}, {guest.Role.ToString()}, {guest.Name}, {guest.Email}, {guest.Language}, {guest.RequireCode},
                {tokens.Hash(token)}, {sealedToken}, {caller.UserId}, {Now}, {expires})
            """,
            cancellationToken);
        return (id, UrlOf(token));
    }

    /// <summary>Takes a link back; false where the caller has none of that id that stands.</summary>
    internal async Task<bool> RevokeAsync(Guid consultation, Guid link, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"update join_links set revoked_at = {Now} where id = {link} and consultation_id = {consultation} and revoked_at is null", cancellationToken) == 1;

    internal Task<List<GoneGuest>> GuestsOfAsync(Guid link, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<GoneGuest>($"""select id "Id", sign_in_id "SignInId" from consultation_guests where link_id = {link}""").ToListAsync(cancellationToken);

    private JoinLinkView View(JoinLinkRow row, ConversationKeys ring, Guid consultation)
    {
        var stands = row.RevokedAt is null && row.ExpiresAt > Now
            && row.VisitStatus is nameof(ConsultationStatus.Scheduled) or nameof(ConsultationStatus.Confirmed) or nameof(ConsultationStatus.InProgress);
        // The way in is told to whoever made it: the other of the two could come in as their guest.
        var token = stands && row.CreatedBy == scope.Required.UserId ? ContentCipher.OpenText(ring.For(row.Sealed), row.Sealed, Place(ring, consultation, row.Id, row.CreatedBy)) : null;
        return new(
            row.Id, Enum.Parse<GuestRole>(row.Role), row.Name, row.Email, row.RequiresCode, token is null ? null : UrlOf(token), row.CreatedBy, row.CreatedAt, row.ExpiresAt, row.RevokedAt,
            row.Guest);
    }

    private string UrlOf(string token) => $"{address.Text}/join/{token}";

    private static SealedPlace Place(ConversationKeys ring, Guid consultation, Guid link, Guid by) => new("join_links.sealed", ring.TenantId, consultation, link, by, 1);
}
