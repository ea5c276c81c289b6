using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Colloque.Server.Tests;

/// <summary>Who may know whom (docs/architecture.md), held to the source itself: comments and strings do not count, code does.</summary>
public sealed partial class ArchitectureTests
{
    private const string Npgsql = @"\b(using\s+)?Npgsql(?!\w)|\bNpgsql[A-Z]\w*|\bNpgsqlTypes\b";
    private const string EntityFramework = @"Microsoft\.EntityFrameworkCore|\b(ColloqueDb|DbContext|DbSet)\b";
    private const string Cryptography = @"System\.Security\.Cryptography|\b(AesGcm|ECDsa|HKDF|HMACSHA\d+|SHA\d+|RandomNumberGenerator|Rfc2898DeriveBytes)\b";

    /// <summary>Names of the library that its protocol layer must do without.</summary>
    private const string AboveTheProtocol =
        @"\b(EngineSession|EngineEndpoint|EngineHandler|EngineIOOptions|SocketIOOptions|SocketIOServer|Adapter|InMemoryAdapter|Broadcast|Connection|EncodedPacket|Handshake|Socket|EventContext)\b|using\s+(SocketIO|Microsoft)\b";

    /// <summary>What Socket.IO is made of, and Engine.IO must not know.</summary>
    private const string AboveTheEngine =
        @"(?<!\.)\b(Namespace|SocketIOOptions|SocketIOServer|Adapter|InMemoryAdapter|Broadcast|Connection|EncodedPacket|Socket|EventContext|PacketDecoder|PacketWriter|AckTable)\b|using\s+SocketIO\.AspNetCore\.Protocol";

    [Fact]
    public void The_socket_library_needs_the_shared_framework_and_nothing_else()
    {
        var project = File.ReadAllText(Path.Combine(Root(), "src/SocketIO.AspNetCore/SocketIO.AspNetCore.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        AssertNone("src/SocketIO.AspNetCore", @"\bColloque\b");
    }

    [Fact]
    public void The_protocol_knows_nothing_else_of_the_library() => AssertNone("src/SocketIO.AspNetCore/Protocol", AboveTheProtocol);

    [Fact]
    public void The_engine_knows_no_namespace_no_room_and_no_packet() => AssertNone("src/SocketIO.AspNetCore/Engine", AboveTheEngine);

    [Fact]
    public void The_core_has_no_reference_to_aspnet_nor_to_the_socket_library()
    {
        var references = Assembly.Load("Colloque").GetReferencedAssemblies().Select(static r => r.Name!).ToArray();
        Assert.DoesNotContain(references, static r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || r.StartsWith("SocketIO", StringComparison.Ordinal));
        Assert.DoesNotContain("FrameworkReference", File.ReadAllText(Path.Combine(Root(), "src/Colloque/Colloque.csproj")), StringComparison.Ordinal);
        AssertNone("src/Colloque", @"Microsoft\.AspNetCore|\bSocketIO\b");
    }

    [Fact]
    public void Contracts_reach_neither_the_database_nor_the_cipher() =>
        AssertNone(
            "src/Colloque.Server/Contracts",
            $@"{Npgsql}|{EntityFramework}|{Cryptography}|\b(ColloqueDatabase|KeyStore|KeyRing|DataKey|ContentCipher|FrameCipher|MasterKey|LinkSeal|UnitOfWork|Migrator|AccountRows|EncryptedDisk)\b");

    [Fact]
    public void A_contract_knows_no_other_contract()
    {
        var folder = Path.Combine(Root(), "src/Colloque.Server/Contracts");
        var contracts = Directory.GetDirectories(folder).Select(static d => Path.GetFileName(d)).ToArray();
        Assert.NotEmpty(contracts);
        foreach (var contract in contracts)
        {
            var others = contracts.Where(c => c != contract).ToArray();
            AssertNone($"src/Colloque.Server/Contracts/{contract}", $@"\bContracts\.({string.Join('|', others)})\b");
        }
    }

    [Fact]
    public void Only_storage_and_the_named_few_speak_to_postgresql()
    {
        string[] named =
        [
            "src/Colloque/Storage/",
            // The hot path: one round trip, where every microsecond counts.
            "src/Colloque/Conversations/MessageBatch.cs",
            "src/Colloque/Conversations/MessageLane.cs",
            "src/Colloque/Conversations/MessageReader.cs",
            // A search reads all that one has: two hundred thousand rows.
            "src/Colloque/Search/MessageScan.cs",
            // Sign-in comes before any caller and any unit of work: single statements, with parameters of their own.
            "src/Colloque/Accounts/AccountRows.cs",
            "src/Colloque/Accounts/ExternalRows.cs",
            "src/Colloque/Accounts/FactorRows.cs",
            "src/Colloque/Accounts/PasskeyRows.cs",
            "src/Colloque/Accounts/SignInRows.cs",
            "src/Colloque/Accounts/ToldStatement.cs",
            // Rows of many callers in one statement, and parameters that are null.
            "src/Colloque/Audit/AuditRows.cs",
            "src/Colloque/Audit/ListAudit.cs",
            "src/Colloque/Audit/ListAccessToMe.cs",
            // An address or a name that is taken: the index says so, by an error that these turn into a refusal.
            "src/Colloque/Accounts/CreateOrganization.cs",
            "src/Colloque/Accounts/CreateUser.cs",
            "src/Colloque/Accounts/FirstPassword.cs",
            // One person in two places: the database says so, by an error that becomes a refusal.
            "src/Colloque/Consultations/ConsultationBooks.cs",
            // Prepares the database of an installation, and reads the connection string of one's own.
            "src/Colloque.Server/Hosting/Installation.cs",
        ];
        AssertOnly(named, Npgsql);
    }

    [Fact]
    public void Only_storage_opens_connections_outside_the_hot_path() =>
        AssertOnly(
            ["src/Colloque/Storage/", "src/Colloque/Conversations/MessageBatch.cs", "src/Colloque/Conversations/MessageReader.cs", "src/Colloque/Search/MessageScan.cs"],
            @"\bNpgsql(Connection|Command|Batch|DataSource|DataSourceBuilder)\b|\bOpenConnectionAsync\b");

    [Fact]
    public void Only_security_touches_cryptography() =>
        // KeyStore catches the one error that says "another master key"; it computes nothing.
        AssertOnly(["src/Colloque/Security/", "src/Colloque/Storage/KeyStore.cs"], Cryptography);

    [Fact]
    public void Only_one_file_spells_a_room() =>
        AssertOnly(["src/Colloque.Server/Realtime/Rooms.cs"], @"\$""[a-z]:\{", withStrings: true);

    [Fact]
    public void Every_dependency_has_its_reason_written_down()
    {
        var reasons = File.ReadAllText(Path.Combine(Root(), "docs/decisions/0002-dependencies.md"));
        var packages = PackageVersion().Matches(File.ReadAllText(Path.Combine(Root(), "Directory.Packages.props"))).Select(static m => m.Groups["name"].Value)
            // "A.B, .C" names A.B and A.B.C.
            .Where(name => !reasons.Contains(name, StringComparison.Ordinal) && !reasons.Contains($", {name[name.LastIndexOf('.')..]}", StringComparison.Ordinal));
        var npm = Directory.EnumerateFiles(Root(), "package.json", SearchOption.AllDirectories)
            .Where(static f => !f.Contains("node_modules", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(NamesIn)
            .Where(name => !reasons.Contains(name, StringComparison.Ordinal));
        Assert.Empty(packages.Concat(npm).Distinct());
    }

    private static IEnumerable<string> NamesIn(string package)
    {
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(package));
        foreach (var list in (string[])["dependencies", "devDependencies"])
        {
            if (json.RootElement.TryGetProperty(list, out var names))
            {
                foreach (var name in names.EnumerateObject())
                {
                    yield return name.Name;
                }
            }
        }
    }

    private static void AssertNone(string folder, string forbidden)
    {
        var found = Find(folder, forbidden, withStrings: false);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Nothing of the product but <paramref name="named"/> (folders end with a slash) may match.</summary>
    private static void AssertOnly(string[] named, string pattern, bool withStrings = false)
    {
        string[] elsewhere =
        [
            .. ((string[])["src/Colloque", "src/Colloque.Server"])
                .SelectMany(folder => Find(folder, pattern, withStrings))
                .Where(found => !named.Any(n => found.StartsWith(n.EndsWith('/') ? n : n + ":", StringComparison.Ordinal))),
        ];
        Assert.True(elsewhere.Length == 0, string.Join('\n', elsewhere));
    }

    /// <summary>file:line for each line of code that matches.</summary>
    private static List<string> Find(string folder, string pattern, bool withStrings)
    {
        var regex = new Regex(pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        var found = new List<string>();
        var root = Root();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (name.Contains("/obj/", StringComparison.Ordinal) || name.Contains("/bin/", StringComparison.Ordinal))
            {
                continue;
            }

            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (regex.IsMatch(Code(line, withStrings)))
                {
                    found.Add($"{name}:{number}: {line.Trim()}");
                }
            }
        }

        return found;
    }

    private static string Code(string line, bool withStrings)
    {
        var start = line.TrimStart();
        // A file's own namespace is not a use of another's.
        if (start.StartsWith("//", StringComparison.Ordinal) || start.StartsWith("namespace ", StringComparison.Ordinal))
        {
            return "";
        }

        return withStrings ? line : Strings().Replace(line, "\"\"");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Strings();

    [GeneratedRegex("PackageVersion Include=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PackageVersion();
}
