namespace Colloque.People;

/// <summary>Every way this feature says no.</summary>
internal static class EmployeeRefusals
{
    /// <summary>409: the address is another person's of the same organization. What other organizations have is never told.</summary>
    internal static Refusal EmailTaken() => new(RefusalKind.Conflict, "email_taken", "email");

    /// <summary>409: the person has come already.</summary>
    internal static Refusal AlreadyActive() => new(RefusalKind.Conflict, "employee_already_active");

    /// <summary>409: nothing awaits a yes.</summary>
    internal static Refusal NotPending() => new(RefusalKind.Conflict, "employee_not_pending");

    /// <summary>409: closed entries are not invited.</summary>
    internal static Refusal Inactive() => new(RefusalKind.Conflict, "employee_inactive");

    /// <summary>409: another list of the same organization is being read.</summary>
    internal static Refusal ImportUnderWay() => new(RefusalKind.Conflict, "import_under_way");

    /// <summary>409: it has ended already.</summary>
    internal static Refusal ImportEnded() => new(RefusalKind.Conflict, "import_ended");

    /// <summary>409: somebody cancelled it meanwhile.</summary>
    internal static Refusal ImportCancelled() => new(RefusalKind.Conflict, "import_cancelled");
}
