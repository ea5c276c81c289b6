using System.Globalization;
using Colloque.Files;

namespace Colloque.Notifications;

/// <summary>Where no mail server is set: each mail becomes a file (<c>.eml</c>) that its operator can open, mode 0600, whole or not there at all.</summary>
public sealed class MailFolder(string folder, TimeProvider time) : IMailCarrier
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How long a file stays: it holds an address and a link in clear.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset sweepAt;

    /// <inheritdoc/>
    public async Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        // The id sorts by time, so the folder does; a mail written twice is one file.
        var path = Path.Combine(folder, $"{mail.Id}-{mail.Kind}.eml");
        var part = path + ".part";
        try
        {
            DurableFolder.Ensure(folder);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            await using (var file = new FileStream(part, options))
            {
                await file.WriteAsync(mail.Message, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            DurableFolder.Flush(folder);
            return MailOutcome.Sent;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(MailFate.Unreachable, string.Create(CultureInfo.InvariantCulture, $"disk_{e.HResult & 0xFFFF}"));
        }
    }

    /// <inheritdoc/>
    public ValueTask RestAsync()
    {
        var now = time.GetUtcNow();
        if (now < sweepAt)
        {
            return ValueTask.CompletedTask;
        }

        sweepAt = now + SweepEvery;
        var before = (now - KeptFor).UtcDateTime;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Where(f => File.GetLastWriteTimeUtc(f) < before))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Tried again at the next rest.
        }

        return ValueTask.CompletedTask;
    }
}
