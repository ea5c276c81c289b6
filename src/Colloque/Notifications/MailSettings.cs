using System.Text;

namespace Colloque.Notifications;

/// <summary>Whom mail comes from.</summary>
public sealed class MailSettings
{
    private MailSettings(string address, string name)
    {
        Address = address;
        Name = name;
        Domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>In ASCII.</summary>
    public string Address { get; }

    /// <summary>Shown before the address.</summary>
    public string Name { get; }

    /// <summary>What follows the @; Message-IDs carry it.</summary>
    public string Domain { get; }

    /// <summary>Reads <c>Mail:From</c>: an address, or a name and an address in angle brackets.</summary>
    /// <returns>Null where it is neither.</returns>
    public static MailSettings? Parse(string from)
    {
        var open = from.EndsWith('>') ? from.IndexOf('<', StringComparison.Ordinal) : -1;
        var name = open < 0 ? "" : from[..open].Trim();
        if (MailAddressRule.Find(open < 0 ? from.Trim() : from[(open + 1)..^1].Trim()) is not { } address
            || name.Any(static c => char.IsControl(c) || c is '<' or '>' or '@' or '"' or ',') || Encoding.UTF8.GetByteCount(name) > 120)
        {
            return null;
        }

        return new(address, name.Length == 0 ? "Colloque" : name);
    }
}
