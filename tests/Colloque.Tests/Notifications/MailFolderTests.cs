using System.Text;
using Colloque.Notifications;
using Colloque.Tests.Accounts;
using Xunit;

namespace Colloque.Tests.Notifications;

public sealed class MailFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("colloque-mail-").FullName;
    private readonly ManualClock clock = new();

    private string Folder => Path.Combine(root, "mail");

    [Fact]
    public async Task A_mail_becomes_one_file_that_only_its_owner_reads_however_often_it_is_written()
    {
        var carrier = new MailFolder(Folder, clock);
        var mail = new OutgoingMail(Guid.CreateVersion7(), MailKind.ResetPassword, "nadia@clinic.example", Encoding.ASCII.GetBytes("Subject: x\r\n"));

        Assert.Equal(MailFate.Sent, (await carrier.DeliverAsync(mail, CancellationToken.None)).Fate);
        Assert.Equal(MailFate.Sent, (await carrier.DeliverAsync(mail, CancellationToken.None)).Fate);

        var file = Assert.Single(Directory.GetFiles(Folder));
        Assert.Equal($"{mail.Id}-ResetPassword.eml", Path.GetFileName(file));
        Assert.Equal("Subject: x\r\n", await File.ReadAllTextAsync(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_the_mail_in_the_queue()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be");

        var outcome = await new MailFolder(Folder, clock).DeliverAsync(new(Guid.CreateVersion7(), MailKind.ResetPassword, "a@b", [1]), CancellationToken.None);

        Assert.Equal(MailFate.Unreachable, outcome.Fate);
    }

    [Fact]
    public async Task What_was_written_is_gone_after_thirty_days()
    {
        var carrier = new MailFolder(Folder, clock);
        await carrier.DeliverAsync(new(Guid.CreateVersion7(), MailKind.ResetPassword, "a@b", [1]), CancellationToken.None);
        var file = Assert.Single(Directory.GetFiles(Folder));
        File.SetLastWriteTimeUtc(file, clock.GetUtcNow().UtcDateTime);
        await carrier.RestAsync();
        Assert.True(File.Exists(file));
        clock.Advance(TimeSpan.FromDays(31));

        await carrier.RestAsync();

        Assert.False(File.Exists(file));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
