using System.Text.Json;
using Colloque.Conversations;
using Colloque.Files;
using Colloque.Security;
using Colloque.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Records;

/// <summary>What the verbs of records share: their rows, sealed and opened, under the caller's policies.</summary>
public sealed class RecordRows(ColloqueDb db, KeyRing keys, FileRows files, CallerScope scope)
{
    private const string Select =
        """
        select r.id "Id", r.tenant_id "TenantId", r.kind "Kind", r.patient_id "PatientId", p.name "Patient", r.practitioner_id "PractitionerId", d.name "Practitioner", d.title "Title",
          r.consultation_id "ConsultationId", r.created_at "CreatedAt", v.version "Version", v.author_id "AuthorId", v.body "Body", v.created_at "WrittenAt"
        from clinical_records r
          join users p on p.id = r.patient_id
          join users d on d.id = r.practitioner_id
        """;

    private const string Newest = " cross join lateral (select * from clinical_record_versions where record_id = r.id order by version desc limit 1) v where ";

    private const string Page =
        """
         and r.kind = any ({1}) and (r.patient_id = {2} or {2} = '00000000-0000-0000-0000-000000000000') and (r.created_at, r.id) < ({3}, {4})
          order by r.created_at desc, r.id desc limit {5}
        """;

    // The policies say the same of everyone; said here, an index finds it.
    private const string OfPatient = Select + Newest + "r.patient_id = {0}" + Page;

    private const string OfPractitioner = Select + Newest + "r.practitioner_id = {0}" + Page;

    /// <summary>Who writes records: the caller, if they give care.</summary>
    /// <exception cref="Refusal">403.</exception>
    internal Caller Author => scope.Required is { Role: Role.Practitioner } caller ? caller : throw Refusal.Forbidden();

    /// <summary>One record, with every version and its report. Two queries, and one for each report.</summary>
    /// <exception cref="Refusal">403 administrators; 404 not the caller's.</exception>
    internal async Task<RecordView> OneAsync(Guid id, CancellationToken cancellationToken)
    {
        scope.Required.RequireClinical();
        var rows = await db.Database.SqlQueryRaw<Row>(Select + " join clinical_record_versions v on v.record_id = r.id where r.id = {0} order by v.version desc", id).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            throw Refusal.NotFound();
        }

        var ring = (await keys.OfConversationsAsync(db, [id], cancellationToken))[id];
        var versions = new List<RecordVersion>(rows.Count);
        foreach (var row in rows)
        {
            var version = Open(row, ring);
            versions.Add(version with { Report = await ReportAsync(row, version.Body.Exam?.ReportFileId, ring, cancellationToken) });
        }

        return View(rows[0], versions[0], [.. versions.Skip(1)]);
    }

    /// <summary>The caller's own, newest first, from after a position on. Two queries.</summary>
    internal async Task<List<RecordView>> ManyAsync(string[] kinds, Guid? patient, DateTimeOffset before, Guid beforeId, int most, CancellationToken cancellationToken)
    {
        var caller = scope.Required.RequireClinical();
        var rows = await db.Database.SqlQueryRaw<Row>(
            caller.Role == Role.Patient ? OfPatient : OfPractitioner, caller.UserId, kinds, patient ?? Guid.Empty, before, beforeId, most).ToListAsync(cancellationToken);
        var rings = await keys.OfConversationsAsync(db, [.. rows.Select(static r => r.Id)], cancellationToken);
        return rows.ConvertAll(r => View(r, Open(r, rings[r.Id]), []));
    }

    /// <summary>Adds a version, as the caller, at the moment that is given.</summary>
    internal async Task AddAsync(Guid record, Guid tenant, int version, RecordBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var author = Author.UserId;
        var ring = (await keys.OfConversationsAsync(db, [record], cancellationToken))[record];
        var sealedBody = ContentCipher.Seal(ring.Current, Bytes(body), Place(tenant, record, author, version));
        await db.Database.ExecuteSqlAsync(
            $"insert into clinical_record_versions (record_id, version, tenant_id, author_id, body, created_at) values ({record}, {version}, {tenant}, {author}, {sealedBody}, {now})", cancellationToken);
    }

    /// <summary>Whether two bodies say the same.</summary>
    internal static bool Same(RecordBody one, RecordBody other) => Bytes(one).AsSpan().SequenceEqual(Bytes(other));

    private async Task<FileView?> ReportAsync(Row row, Guid? fileId, ConversationKeys ring, CancellationToken cancellationToken)
    {
        if (fileId is not { } id || await files.FindShownAsync(row.Id, id, cancellationToken) is not { } file)
        {
            return null;
        }

        var label = FileLabel.Open(ring, file.Sealed, file.TenantId, row.Id, id, file.UploaderId);
        return new(id, label.Name, file.MimeType, file.SizeBytes, label.Sha256);
    }

    private static RecordView View(Row r, RecordVersion current, RecordVersion[] earlier) => new(
        r.Id, Enum.Parse<RecordKind>(r.Kind), new(r.PatientId, r.Patient, null), new(r.PractitionerId, r.Practitioner, r.Title), r.ConsultationId, r.CreatedAt, current, earlier);

    private static RecordVersion Open(Row r, ConversationKeys ring)
    {
        var plain = ContentCipher.Open(ring.For(r.Body), r.Body, Place(r.TenantId, r.Id, r.AuthorId, r.Version));
        return new(r.Version, r.AuthorId, r.WrittenAt, JsonSerializer.Deserialize(plain, RecordJson.Default.RecordBody)!, null);
    }

    private static byte[] Bytes(RecordBody body) => JsonSerializer.SerializeToUtf8Bytes(body, RecordJson.Default.RecordBody);

    private static SealedPlace Place(Guid tenant, Guid record, Guid author, int version) => new("clinical_record_versions.body", tenant, record, record, author, version);

    private sealed record Row(
        Guid Id, Guid TenantId, string Kind, Guid PatientId, string Patient, Guid PractitionerId, string Practitioner, string? Title, Guid? ConsultationId, DateTimeOffset CreatedAt,
        int Version, Guid AuthorId, byte[] Body, DateTimeOffset WrittenAt);
}
