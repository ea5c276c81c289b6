using System.Text.Json;
using System.Text.Json.Serialization;
using Colloque.Security;

namespace Colloque.Accounts;

/// <summary>What somebody asked for whose answer must not tell whether the address is known.</summary>
/// <param name="Kind">What.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Registration">Of a registration.</param>
internal sealed record AccountRequest(AccountRequestKind Kind, string Email, Registration? Registration)
{
    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, AccountRequestJson.Default.AccountRequest);

    internal static AccountRequest? From(byte[] bytes) => JsonSerializer.Deserialize(bytes, AccountRequestJson.Default.AccountRequest);

    /// <summary>Never an address, whatever prints this.</summary>
    public override string ToString() => $"{nameof(AccountRequest)} {Kind}";
}

/// <summary>What can be asked for.</summary>
internal enum AccountRequestKind
{
    /// <summary>An account.</summary>
    Register,

    /// <summary>The verification once more.</summary>
    Resend,

    /// <summary>A link that sets a new password.</summary>
    Forgot,
}

/// <summary>An account that is asked for; the password as its hash.</summary>
internal sealed record Registration(Role Role, string FirstName, string LastName, string? Language, string? OrganizationSlug, string? Title, string? Specialty, string PasswordHash);

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountRequest))]
internal sealed partial class AccountRequestJson : JsonSerializerContext;
