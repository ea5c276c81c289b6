using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Colloque.Files;

/// <summary>
/// Objects in a bucket: <c>incoming/</c> and <c>objects/</c>. They are sealed here, as for the disk, and signed for by S3's own signature; no client ever gets an
/// address in it, because what a client wrote there would lie there in clear. A claim is a copy: two at once may both copy, so a file's row names the writing
/// that was checked, and no other opens.
/// </summary>
public sealed class S3Store : ObjectStore, IDisposable
{
    private readonly string temporary;
    private readonly string bucket;
    private readonly AmazonS3Client client;

    /// <param name="settings">The bucket.</param>
    /// <param name="temporary">A folder where objects are sealed before they are sent; created when absent.</param>
    public S3Store(S3Settings settings, string temporary)
        : base(temporary)
    {
        this.temporary = temporary;
        bucket = settings.Bucket;
        var config = new AmazonS3Config
        {
            ServiceURL = settings.Endpoint,
            AuthenticationRegion = settings.Region,
            ForcePathStyle = true,
            // Checksums beyond the signature's are not known to every store that speaks S3; each frame has a tag of its own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 2,
        };
        client = new(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), config);
    }

    /// <inheritdoc/>
    internal override Task<bool> ClaimAsync(string objectKey, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var place = PathOf("objects", objectKey);
        if (await ExistsAsync(place, cancellationToken))
        {
            return true;
        }

        await client.CopyObjectAsync(
            new CopyObjectRequest { SourceBucket = bucket, SourceKey = PathOf("incoming", objectKey), DestinationBucket = bucket, DestinationKey = place }, cancellationToken);
        await client.DeleteObjectAsync(bucket, PathOf("incoming", objectKey), cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    internal override async Task RemoveAsync(string objectKey, CancellationToken cancellationToken)
    {
        await RemoveIncomingAsync(objectKey, cancellationToken);
        await DeleteAsync(PathOf("objects", objectKey), cancellationToken);
    }

    /// <inheritdoc/>
    internal override Task RemoveIncomingAsync(string objectKey, CancellationToken cancellationToken) => DeleteAsync(PathOf("incoming", objectKey), cancellationToken);

    /// <inheritdoc/>
    internal override async Task<int> RemoveStaleAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var removed = RemoveStale(temporary, before, most);
        List<string> stale = [];
        await AskAsync(async () =>
        {
            // In the order of their random names: whoever is left out today is met another day.
            var page = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = "incoming/", MaxKeys = 1_000 }, cancellationToken);
            stale.AddRange((page.S3Objects ?? []).Where(o => o.LastModified is { } at && at.ToUniversalTime() < before.UtcDateTime).Select(static o => o.Key).Take(most - removed));
            return true;
        });
        foreach (var key in stale)
        {
            await DeleteAsync(key, cancellationToken);
        }

        return removed + stale.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private protected override async Task KeepAsync(string partial, string objectKey, CancellationToken cancellationToken)
    {
        var kept = await AskAsync(async () =>
        {
            await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = PathOf("incoming", objectKey), FilePath = partial, UseChunkEncoding = false }, cancellationToken);
            return true;
        });
        if (!kept)
        {
            // There is no such bucket.
            throw Refusal.Unavailable("storage_unavailable");
        }
    }

    private protected override async Task<SealedBytes?> FindAsync(string objectKey, CancellationToken cancellationToken)
    {
        SealedBytes? found = null;
        await AskAsync(async () =>
        {
            var place = PathOf("objects", objectKey);
            var head = await client.GetObjectMetadataAsync(bucket, place, cancellationToken);
            found = new S3Bytes(client, bucket, place, head.ContentLength, head.ETag);
            return true;
        });
        return found;
    }

    /// <summary>Asks the store: false where there is nothing under that name.</summary>
    /// <exception cref="Refusal">503: it does not answer, or says no.</exception>
    internal static async Task<bool> AskAsync(Func<Task<bool>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
        {
            throw Refusal.Unavailable("storage_unavailable");
        }
    }

    private static string PathOf(string part, string objectKey) =>
        StoredObject.IsKey(objectKey) ? $"{part}/{objectKey}" : throw new ArgumentException("Not an object key.", nameof(objectKey));

    private Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await client.GetObjectMetadataAsync(bucket, key, cancellationToken);
        return true;
    });

    private Task<bool> DeleteAsync(string key, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await client.DeleteObjectAsync(bucket, key, cancellationToken);
        return true;
    });
}

/// <summary>In a bucket: each read asks for just its bytes, of just this writing.</summary>
internal sealed class S3Bytes(AmazonS3Client client, string bucket, string key, long length, string tag) : SealedBytes
{
    internal override long Length => length;

    internal override async ValueTask<int> ReadAsync(Memory<byte> destination, long at, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Min(destination.Length, length - at);
        if (wanted <= 0)
        {
            return 0;
        }

        var read = 0;
        await S3Store.AskAsync(async () =>
        {
            var range = new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(at, at + wanted - 1), EtagToMatch = tag };
            using var answer = await client.GetObjectAsync(range, cancellationToken);
            read = await answer.ResponseStream.ReadAtLeastAsync(destination[..wanted], wanted, throwOnEndOfStream: false, cancellationToken);
            return true;
        });
        return read;
    }
}
