using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Colloque.Server.Hosting;

/// <summary>A login of the demo.</summary>
public sealed record DemoUser(Guid Id, string Email, string Password, string Role, string Organization, string Name);

/// <summary>A consultation of the demo.</summary>
public sealed record DemoConsultation(Guid Id, string Status, Guid PatientId, Guid PractitionerId, string Patient, string Practitioner);

/// <summary>The media server the demo's tokens are signed for.</summary>
public sealed record DemoLiveKit(string Url, string ApiKey, string ApiSecret);

/// <summary>What <c>DIR/demo.json</c> holds.</summary>
public sealed record DemoFile(IReadOnlyList<DemoUser> Users, IReadOnlyList<DemoConsultation> Consultations, DemoLiveKit LiveKit)
{
    internal static DemoFile? Read(DataFolder folder) =>
        File.Exists(folder.DemoFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(folder.DemoFile), DemoJson.Default.DemoFile) : null;

    internal void Write(DataFolder folder)
    {
        using var file = Places.CreatePrivate(folder.DemoFile);
        JsonSerializer.Serialize(file, this, DemoJson.Default.DemoFile);
    }

    internal string ToTable()
    {
        var text = new StringBuilder("Demo logins:\n");
        foreach (var user in Users)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {user.Role,-20} {user.Email,-34} {user.Password,-16} {user.Name} ({user.Organization})\n");
        }

        return text.ToString();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoFile))]
internal sealed partial class DemoJson : JsonSerializerContext;
