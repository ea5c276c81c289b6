namespace Colloque.People;

/// <summary>A telephone number as people write it; nobody dials it from here.</summary>
internal static class PhoneNumber
{
    /// <summary>At most 30 digits, spaces and <c>+ ( ) . / -</c>, at least 3 of them digits; null otherwise.</summary>
    internal static string? Find(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= 30 && trimmed.All(static c => char.IsAsciiDigit(c) || c is ' ' or '+' or '(' or ')' or '.' or '/' or '-') && trimmed.Count(char.IsAsciiDigit) >= 3 ? trimmed : null;
    }
}
