using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Colloque.Files;

namespace Colloque.Tests.Files;

/// <summary>OpenStack Swift behind its S3 door, with an empty bucket (eng/swift).</summary>
internal sealed class SwiftProcess : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"swift-{Guid.CreateVersion7():N}");
    private Process process = null!;

    internal S3Settings Settings { get; private set; } = null!;

    internal AmazonS3Client Client { get; private set; } = null!;

    internal static async Task<SwiftProcess> StartAsync()
    {
        var swift = new SwiftProcess();
        swift.process = Process.Start(new ProcessStartInfo(Script(), [swift.folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var port = int.Parse((await swift.process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        swift.Settings = new S3Settings { Endpoint = $"http://127.0.0.1:{port}", Bucket = "colloque", AccessKey = "tests:tester", SecretKey = "testing" };
        swift.Client = new(
            new BasicAWSCredentials(swift.Settings.AccessKey, swift.Settings.SecretKey),
            new AmazonS3Config { ServiceURL = swift.Settings.Endpoint, AuthenticationRegion = "us-east-1", ForcePathStyle = true, RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED });
        await swift.Client.PutBucketAsync(swift.Settings.Bucket);
        return swift;
    }

    /// <summary>Every object of the bucket, with its bytes as the provider has them.</summary>
    internal async Task<Dictionary<string, byte[]>> ObjectsAsync()
    {
        var objects = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var listed in (await Client.ListObjectsV2Async(new() { BucketName = Settings.Bucket })).S3Objects ?? [])
        {
            using var answer = await Client.GetObjectAsync(Settings.Bucket, listed.Key);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes);
            objects[listed.Key] = bytes.ToArray();
        }

        return objects;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Script()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "eng", "swift")))
        {
            at = at.Parent;
        }

        return Path.Combine(at.FullName, "eng", "swift");
    }
}
