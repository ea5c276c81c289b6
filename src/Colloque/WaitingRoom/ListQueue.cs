using Colloque.Security;
using Colloque.Storage;

namespace Colloque.WaitingRoom;

/// <summary>Who waits for a practitioner, and for those who share the queue.</summary>
public sealed class ListQueue(QueueBoards boards, Attendance attendance, CallerScope scope)
{
    /// <summary>Two queries.</summary>
    /// <exception cref="Refusal">403 all but practitioners.</exception>
    public Task<QueueBoard> RunAsync(CancellationToken cancellationToken)
    {
        var me = scope.RequirePractitioner().UserId;
        attendance.Seen(me);
        return boards.ReadAsync(me, cancellationToken);
    }
}

/// <summary>A practitioner's queue for the server itself, which tells everyone in it of their own place.</summary>
public sealed class ReadQueue(QueueBoards boards)
{
    /// <summary>Two queries, as nobody.</summary>
    public Task<QueueBoard> RunAsync(Guid practitionerId, CancellationToken cancellationToken) => boards.ReadAsync(practitionerId, cancellationToken);
}

internal static class PractitionerScope
{
    /// <exception cref="Refusal">401; 403.</exception>
    internal static Caller RequirePractitioner(this CallerScope scope) => scope.Required.Role == Role.Practitioner ? scope.Required : throw Refusal.Forbidden();
}
