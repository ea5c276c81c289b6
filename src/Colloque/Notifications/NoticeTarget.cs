namespace Colloque.Notifications;

/// <summary>Where a notice of a conversation leads to; the same for the bell and for a mail.</summary>
public static class NoticeTarget
{
    /// <summary>A path of the web client.</summary>
    /// <param name="kind">What the notice tells of.</param>
    /// <param name="conversationId">Its conversation; of a record, the record's own id. Null: the list.</param>
    /// <param name="patient">Whether a patient reads it, or a practitioner.</param>
    public static string Of(NoticeKind kind, Guid? conversationId, bool patient)
    {
        var space = patient ? "/patient" : "/professional";
        return kind switch
        {
            NoticeKind.RecordWritten => $"{space}/records/{conversationId}",
            _ when conversationId is { } id => $"{space}/chat/{id}",
            _ => $"{space}/chat",
        };
    }
}
