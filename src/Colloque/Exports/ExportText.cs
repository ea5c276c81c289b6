using System.Globalization;
using Colloque.Conversations;

namespace Colloque.Exports;

/// <summary>Plain text. What people wrote is indented behind a bar, so that no message can look like the head of another.</summary>
internal sealed class ExportText(ExportHeader header, Stream stream) : ExportTextWriter(header, stream)
{
    internal override void Begin()
    {
        var view = Header.View;
        Line(Words.Of(view.Kind));
        Line($"{Words["id"]}: {view.Id}");
        Line($"{Words["status"]}: {Words.Of(view.Status)}");
        Line($"{Words["exportedBy"]}: {Header.NameOf(Header.ReaderId)}");
        Line($"{Words["exportedAt"]}: {Header.Show(Header.At)}");
        Line($"{Words["timeZone"]}: {Header.TimeZone}");
        if (Header.Floor > 0)
        {
            Line(Words["partial"]);
        }

        Line("");
        Line(Words["people"]);
        foreach (var person in view.People)
        {
            var until = person.LeftAt is { } left ? $", {Words["until"]} {Header.Show(left)}" : "";
            Line($"- {Header.NameOf(person.UserId)} ({Words.RoleOf(person.Role)}), {Words["since"]} {Header.Show(person.JoinedAt)}{until}");
        }

        Line("");
        Line(Words["messages"]);
    }

    internal override void Add(MessageView message)
    {
        Line("");
        var who = $"{Header.NameOf(message.SenderId)} ({Words.RoleOf(message.SenderRole.ToString())})";
        var number = message.Seq.ToString(CultureInfo.InvariantCulture);
        if (message.Kind == MessageKind.System)
        {
            Line($"[{number}] {Header.Show(message.CreatedAt)} {who} {Words.SystemOf(message.Text, Header.NameOf)}");
            return;
        }

        Line($"[{number}] {Header.Show(message.CreatedAt)} {who}");
        if (message.DeletedAt is { } deleted)
        {
            Line($"    ({Words["deleted"]} {Header.Show(deleted)})");
            return;
        }

        Body(message.Text);
        foreach (var file in message.Files)
        {
            var size = file.SizeBytes.ToString(CultureInfo.InvariantCulture);
            Line($"    {Words["file"]}: {ExportHeader.OneLine(file.Name)}, {file.MimeType}, {size} {Words["bytes"]}, SHA-256 {file.Sha256}");
        }

        foreach (var note in ExportNotes.Of(message, Header, Words))
        {
            Line($"    ({note})");
        }
    }

    internal override void End(long messages)
    {
        Line("");
        Line(Words.End(messages));
    }

    private void Body(string? text)
    {
        foreach (var line in (text ?? "").ReplaceLineEndings("\n").Split('\n', '\u2028', '\u2029', '\v', '\f', '\u0085'))
        {
            if (line.Length > 0 || text is { Length: > 0 })
            {
                Line("    | " + ExportHeader.OneLine(line));
            }
        }
    }

    private void Line(string text) => Text.Append(text).Append('\n');
}
