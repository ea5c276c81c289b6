namespace Colloque.Files;

/// <summary>How much may lie in conversations, announced and confirmed together.</summary>
public sealed class FileQuotas
{
    /// <summary>Bytes of one person: 20 GiB.</summary>
    public long PersonBytes { get; init; } = 20L << 30;

    /// <summary>Bytes of one organization: 2 TiB.</summary>
    public long OrganizationBytes { get; init; } = 2L << 40;
}
