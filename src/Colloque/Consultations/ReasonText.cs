using Colloque.Conversations;

namespace Colloque.Consultations;

/// <summary>What one may write when one books or calls off.</summary>
public static class ReasonText
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The text, unchanged; null where nothing was said.</summary>
    /// <exception cref="Refusal">422 <c>reason</c>: too long, or not well-formed Unicode.</exception>
    public static string? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : text.Length > MaxLength ? throw Refusal.Invalid("reason", "too_long")
        : MessageText.Parse(text, "reason");
}
