using Colloque.Storage;

namespace Colloque.WaitingRoom;

/// <summary>A practitioner takes a waiting patient over from another of the shared queue. Of two at once one gets them.</summary>
public sealed class TakePatient(HandOver hand, QueueBoards boards, CallerScope scope)
{
    /// <summary>Three statements; answers with the patient's place.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 404: nobody of a queue of theirs; 409 <c>not_waiting</c>, <c>already_taken</c>.</exception>
    public async Task<QueuePlace> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        var me = scope.RequirePractitioner().UserId;
        await hand.MoveAsync(id, me, cancellationToken);
        return (await boards.ReadAsync(me, cancellationToken)).Of(id) ?? throw WaitingRoomRefusals.NotWaiting();
    }
}

/// <summary>A practitioner gives one of the own waiting patients to another of the shared queue.</summary>
public sealed class HandPatientOver(HandOver hand, CallerScope scope)
{
    /// <summary>One statement; answers with whose patient it is now.</summary>
    /// <exception cref="Refusal">403 all but practitioners; 404: none of theirs; 409 <c>not_waiting</c>, <c>already_taken</c>, <c>queue_not_shared</c>, <c>practitioner_busy</c>.</exception>
    public async Task<Guid> RunAsync(Guid id, Guid practitionerId, CancellationToken cancellationToken)
    {
        if (scope.RequirePractitioner().UserId == practitionerId)
        {
            throw WaitingRoomRefusals.AlreadyTaken();
        }

        await hand.MoveAsync(id, practitionerId, cancellationToken);
        return practitionerId;
    }
}
