using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SocketIO.AspNetCore.Tests;

/// <summary>Who may know whom inside the library.</summary>
public sealed partial class LayerTests
{
    [Fact]
    public void The_protocol_knows_nothing_else_of_the_library() =>
        AssertFree("Protocol", OfTheLibrary());

    [Fact]
    public void The_engine_knows_no_namespace_socket_room_or_packet_of_socket_io() =>
        AssertFree("Engine", OfSocketIO());

    private static void AssertFree(string folder, Regex forbidden)
    {
        var files = Directory.GetFiles(Path.Combine(Source(), folder), "*.cs");
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var code = File.ReadLines(file).Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && !l.StartsWith("namespace", StringComparison.Ordinal));
            Assert.DoesNotMatch(forbidden, string.Join('\n', code));
        });
    }

    private static string Source([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "SocketIO.AspNetCore");

    [GeneratedRegex(@"using SocketIO|\b(EngineSession|Frame|Socket|Namespace\s+ns|Adapter|Connection|EncodedPacket)\b\s+\w+[,;)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfTheLibrary();

    [GeneratedRegex(@"using SocketIO\.AspNetCore\.Protocol|\b(Namespace|Socket|Adapter|Broadcast|Connection|SocketIOServer|EncodedPacket)\b\s+\w+[,;)]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfSocketIO();
}
