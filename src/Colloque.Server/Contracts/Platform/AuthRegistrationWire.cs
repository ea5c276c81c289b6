namespace Colloque.Server.Contracts.Platform;

/// <summary>An account that is asked for.</summary>
/// <param name="Email">May be left out with an invitation, which knows it.</param>
/// <param name="Password">8..256 UTF-16 units; refused when common.</param>
/// <param name="FirstName">1..100 characters.</param>
/// <param name="LastName">1..99 characters.</param>
/// <param name="Language">fr, en or es.</param>
/// <param name="Role"><c>EMPLOYEE</c> (where nothing is said) or <c>PRACTITIONER</c>.</param>
/// <param name="OrganizationSlug">Of an employee whose address does not tell.</param>
/// <param name="Invitation">The token of an invitation's mail.</param>
/// <param name="Title">Of a practitioner.</param>
/// <param name="Specialty">Of a practitioner.</param>
public sealed record RegisterBody(
    string? Email, string? Password, string? FirstName, string? LastName, string? Language, string? Role, string? OrganizationSlug, string? Invitation, string? Title, string? Specialty)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(RegisterBody);
}

/// <summary>The same for every address.</summary>
/// <param name="Status">accepted</param>
public sealed record AcceptedAnswer(string Status);

/// <summary>A mail's token.</summary>
public sealed record TokenBody(string? Token)
{
    /// <summary>Never the token, whatever prints this.</summary>
    public override string ToString() => nameof(TokenBody);
}

/// <summary>An address.</summary>
public sealed record EmailBody(string? Email)
{
    /// <summary>Never the address, whatever prints this.</summary>
    public override string ToString() => nameof(EmailBody);
}

/// <summary>A mail's token and a new password.</summary>
public sealed record ResetBody(string? Token, string? Password)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(ResetBody);
}

/// <summary>The password, and the one to come.</summary>
public sealed record ChangePasswordBody(string? Password, string? NewPassword)
{
    /// <summary>Never the password, whatever prints this.</summary>
    public override string ToString() => nameof(ChangePasswordBody);
}
