using Colloque.Exports;
using Colloque.Security;
using Colloque.Server.Hosting;
using Colloque.Storage;

namespace Colloque.Server.Exports;

/// <summary>
/// <c>verify-export FILE SIGNATURE [--key PEM]</c>: whether an exported conversation is what this installation wrote. Needs neither a server, a database nor a secret.
/// </summary>
internal static class VerifyExport
{
    /// <returns>0: the signature holds. 2: it does not.</returns>
    /// <exception cref="StartRefusedException">Something that is needed is not there.</exception>
    internal static async Task<int> RunAsync(CommandLine line)
    {
        if (line.Operands is not [var file, var beside])
        {
            throw new StartRefusedException("verify-export needs two files: verify-export FILE SIGNATURE [--key PEM].");
        }

        var key = new ConfigurationBuilder().AddCommandLine(line.Rest).Build()["key"];
        try
        {
            return await VerifyAsync(file, ExportSignature.FromFile(await File.ReadAllTextAsync(beside)), key ?? Own(line));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new StartRefusedException(e.Message, e);
        }
    }

    private static async Task<int> VerifyAsync(string file, ExportSignature signature, string? key)
    {
        using var keys = new AuditSignatures(key is null ? signature.PublicKey : await File.ReadAllTextAsync(key));
        await using var content = File.OpenRead(file);
        if (await signature.VerifyAsync(keys, content, CancellationToken.None) is not { } said)
        {
            await Console.Out.WriteLineAsync("The signature does not hold: the file was changed, belongs to another signature, or another key signed it.");
            return 2;
        }

        await Console.Out.WriteLineAsync(
            $"The signature holds: {said.Size} bytes, {said.Messages} messages of conversation {said.ConversationId}, exported by {said.ExportedBy} at {said.ExportedAt:u}. Key {signature.KeyId}.");
        if (key is null)
        {
            await Console.Out.WriteLineAsync("The key is the one that came with the signature: compare its name with the server's, or give the server's own with --key FILE.");
        }

        return 0;
    }

    /// <summary>Beside an installation, its own key.</summary>
    private static string? Own(CommandLine line)
    {
        var own = Path.Combine(line.Data, "audit-public.pem");
        return File.Exists(own) ? own : null;
    }
}
