using Colloque.Conversations;

namespace Colloque.Records;

/// <summary>One of a record's two people.</summary>
public sealed record RecordPerson(Guid Id, string Name, string? Title);

/// <summary>What a record said from some time on. None is ever changed.</summary>
/// <param name="Version">1, 2, 3 …; the highest counts.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Body">What it says.</param>
/// <param name="Report">The attached report; null in lists, and where there is none or its message was taken back.</param>
public sealed record RecordVersion(int Version, Guid AuthorId, DateTimeOffset CreatedAt, RecordBody Body, FileView? Report);

/// <summary>A record as one of its two people sees it. Its conversation has its id.</summary>
/// <param name="Id">Its id, and its conversation's.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Patient">For whom.</param>
/// <param name="Practitioner">By whom.</param>
/// <param name="ConsultationId">The visit that it came of; null where none was named.</param>
/// <param name="CreatedAt">When it was first written.</param>
/// <param name="Current">What it says now.</param>
/// <param name="Earlier">What it said before, newest first; none in lists.</param>
public sealed record RecordView(
    Guid Id, RecordKind Kind, RecordPerson Patient, RecordPerson Practitioner, Guid? ConsultationId, DateTimeOffset CreatedAt, RecordVersion Current, IReadOnlyList<RecordVersion> Earlier);

/// <summary>Part of a list of records, newest first.</summary>
/// <param name="Items">At most as many as were asked for.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record RecordList(IReadOnlyList<RecordView> Items, (DateTimeOffset At, Guid Id)? Next);

/// <summary>A record was written, or corrected; to its two people.</summary>
public sealed record RecordWritten(Guid RecordId, RecordKind Kind, int Version, Guid PatientId, Guid PractitionerId) : Announcement;
