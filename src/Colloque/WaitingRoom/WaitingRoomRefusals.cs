namespace Colloque.WaitingRoom;

/// <summary>Every way waiting rooms and rooms say no, beyond the common ones of <see cref="Refusal"/> and those of consultations.</summary>
internal static class WaitingRoomRefusals
{
    internal static Refusal TooEarly() => new(RefusalKind.Conflict, "too_early");

    internal static Refusal NotWaiting() => new(RefusalKind.Conflict, "not_waiting");

    internal static Refusal AlreadyTaken() => new(RefusalKind.Conflict, "already_taken");

    internal static Refusal NotSharing() => new(RefusalKind.Conflict, "queue_not_shared");

    internal static Refusal Busy() => new(RefusalKind.Conflict, "practitioner_busy");

    internal static Refusal NoSpecialty() => new(RefusalKind.Conflict, "specialty_missing");

    internal static Refusal RoomClosed() => new(RefusalKind.Conflict, "room_closed");

    /// <summary>What <c>queue_hand_over</c> answered; null when it is done.</summary>
    internal static Refusal? OfHandOver(string outcome) => outcome switch
    {
        "done" => null,
        "not_waiting" => NotWaiting(),
        "already_taken" => AlreadyTaken(),
        "not_sharing" => NotSharing(),
        "busy" => Busy(),
        _ => Refusal.NotFound(),
    };
}
