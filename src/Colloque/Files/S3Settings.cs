namespace Colloque.Files;

/// <summary>A bucket that only this server reads and writes. All of it is sealed before it leaves: the provider holds no content.</summary>
public sealed class S3Settings
{
    /// <summary>Scheme and authority, e.g. <c>https://s3.eu-west-3.example</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>It exists already.</summary>
    public required string Bucket { get; init; }

    /// <summary>Whose right to read, write, list and delete in the bucket it is.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Its secret.</summary>
    public required string SecretKey { get; init; }

    /// <summary>Part of what is signed.</summary>
    public string Region { get; init; } = "us-east-1";
}
