namespace Colloque.WaitingRoom;

/// <summary>
/// Whose turn it is. A visit is due at the later of its planned time and the patient's coming: who was there in time is due by the plan, who came late by the
/// coming. The earliest due goes first; of two due at once the one who came first, then the lower id.
/// </summary>
/// <remarks>
/// Nobody starves by it: once a patient is due, whoever comes later is due later, so the number of those ahead can only fall. Ranks never change while
/// somebody waits, so two readers at different moments see one order. <c>queue_position</c> of the database ranks the same way.
/// </remarks>
/// <param name="DueAt">The later of planned time and coming.</param>
/// <param name="JoinedAt">The coming.</param>
/// <param name="ConsultationId">Breaks ties.</param>
public readonly record struct QueueRank(DateTimeOffset DueAt, DateTimeOffset JoinedAt, Guid ConsultationId) : IComparable<QueueRank>
{
    /// <summary>The rank of a visit.</summary>
    public static QueueRank Of(Guid consultationId, DateTimeOffset scheduledAt, DateTimeOffset joinedAt) =>
        new(scheduledAt > joinedAt ? scheduledAt : joinedAt, joinedAt, consultationId);

    /// <inheritdoc/>
    public int CompareTo(QueueRank other) =>
        DueAt != other.DueAt ? DueAt.CompareTo(other.DueAt) : JoinedAt != other.JoinedAt ? JoinedAt.CompareTo(other.JoinedAt) : ConsultationId.CompareTo(other.ConsultationId);

    /// <summary>Goes before.</summary>
    public static bool operator <(QueueRank left, QueueRank right) => left.CompareTo(right) < 0;

    /// <summary>Goes after.</summary>
    public static bool operator >(QueueRank left, QueueRank right) => left.CompareTo(right) > 0;

    /// <summary>Goes before, or is the same.</summary>
    public static bool operator <=(QueueRank left, QueueRank right) => left.CompareTo(right) <= 0;

    /// <summary>Goes after, or is the same.</summary>
    public static bool operator >=(QueueRank left, QueueRank right) => left.CompareTo(right) >= 0;
}
