using System.Text.Json;
using Colloque.Security;

namespace Colloque.Tests.Accounts;

/// <summary>The mails that wait in a clinic's queue, opened.</summary>
public static class Inbox
{
    /// <summary>Those to an address, oldest first: kind, link.</summary>
    public static async Task<IReadOnlyList<(string Kind, string? Link, string Language)>> MailsAsync(this Clinic clinic, string address)
    {
        var rows = await clinic.ScalarAsync<string>("select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'language', language, 'sealed', encode(sealed, 'base64')) order by created_at, ctid), '[]')::text from mails");
        var mails = new List<(string, string?, string)>();
        foreach (var row in JsonDocument.Parse(rows!).RootElement.EnumerateArray())
        {
            var content = clinic.Get<MailSeal>().Open(row.GetProperty("id").GetGuid(), Convert.FromBase64String(row.GetProperty("sealed").GetString()!.Replace("\n", "")));
            using var mail = JsonDocument.Parse(content);
            if (mail.RootElement.GetProperty("Address").GetString() == address)
            {
                mails.Add((row.GetProperty("kind").GetString()!, mail.RootElement.GetProperty("Link").GetString(), row.GetProperty("language").GetString()!));
            }
        }

        return mails;
    }

    /// <summary>The token of the newest mail of a kind.</summary>
    public static async Task<string> TokenAsync(this Clinic clinic, string address, string kind)
    {
        var link = (await clinic.MailsAsync(address)).Last(m => m.Kind == kind).Link!;
        return link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }
}
