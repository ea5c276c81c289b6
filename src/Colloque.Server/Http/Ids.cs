namespace Colloque.Server.Http;

/// <summary>Ids as they come in paths and payloads.</summary>
public static class Ids
{
    /// <summary>A UUID in its usual 36 characters.</summary>
    /// <exception cref="Refusal">422, naming the field.</exception>
    public static Guid Parse(string? text, string field) => Guid.TryParseExact(text, "D", out var id) ? id : throw Refusal.Invalid(field);
}
