using Colloque.Conversations;
using Colloque.Files;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.DirectChat;

/// <summary>A message as a form brings it, in whatever order: which chat, the words, and up to five parts <c>file</c>.</summary>
internal sealed class DirectForm
{
    // Text is counted in UTF-16 units; in UTF-8 each has at most three bytes.
    private const int MaxText = 3 * MessageText.MaxLength;

    internal long? ChatId { get; private set; }

    internal long? DoctorId { get; private set; }

    internal long? PatientId { get; private set; }

    internal MessageRequest Request { get; private set; } = new(null);

    /// <summary>Reads words and numbers, and hands files on as they come.</summary>
    /// <exception cref="Refusal">422, naming the field; 413.</exception>
    internal static async Task<DirectForm> ReadAsync(HttpContext http, UploadTray tray)
    {
        var form = new DirectForm { Request = new(null, KeyOf(http)) };
        await foreach (var part in Multipart.PartsAsync(http, http.RequestAborted))
        {
            if (part.Filename is not null)
            {
                await tray.ReceiveAsync(part.Filename, TypeOf(part), part.Body, http.RequestAborted);
            }
            else
            {
                form.Take(part.Name, await part.TextAsync(part.Name == "message_text" ? MaxText : 200, http.RequestAborted));
            }
        }

        return form;
    }

    /// <summary>Where the body names no id of its own.</summary>
    internal static string? KeyOf(HttpContext http) => http.Request.Headers["Idempotency-Key"] is [{ } key] ? key : null;

    /// <summary>The document takes pictures and papers; sound is for other contracts.</summary>
    private static string? TypeOf(FormPart part) =>
        part.Name == "file" && part.ContentType?.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) is not true ? part.ContentType
        : throw Refusal.Invalid(part.Name == "file" ? "mimeType" : part.Name, part.Name == "file" ? "unsupported_type" : "unknown_member");

    private void Take(string name, string value)
    {
        // A form has no null: an empty field is one left out.
        var text = value.Length == 0 ? null : value;
        switch (name)
        {
            case "chat_id":
                ChatId = text is null ? null : DirectWords.Number(text, "chatId");
                break;
            case "doctor_id":
                DoctorId = text is null ? null : DirectWords.Number(text, "practitioner");
                break;
            case "patient_id":
                PatientId = text is null ? null : DirectWords.Number(text, "patient");
                break;
            case "message_text":
                Request = Request with { Text = text };
                break;
            case "client_msg_id":
                Request = Request with { ClientMsgId = text ?? Request.ClientMsgId };
                break;
            default:
                throw Refusal.Invalid(name, "unknown_member");
        }
    }
}
