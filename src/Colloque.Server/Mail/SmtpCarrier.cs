using Colloque.Notifications;

namespace Colloque.Server.Mail;

/// <summary>Hands mails to an SMTP server; one connection serves for as long as mails follow each other.</summary>
internal sealed class SmtpCarrier(SmtpSettings settings, MailSettings from, TimeProvider time) : IMailCarrier, IAsyncDisposable
{
    private SmtpConnection? open;

    /// <inheritdoc/>
    public async Task<MailOutcome> DeliverAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SmtpException)
        {
            return new(MailFate.Unreachable, Reason(e, "connect"));
        }

        try
        {
            await open!.SendAsync(from.Address, mail.Recipient, mail.Message, cancellationToken);
            return MailOutcome.Sent;
        }
        catch (SmtpException e)
        {
            // 421: the server goes away, and takes the connection with it.
            return new(e.IsPermanent ? MailFate.Never : MailFate.Later, e.Reason);
        }
        catch (IOException e)
        {
            await CloseAsync();
            return new(MailFate.Later, Reason(e, "connection_lost"));
        }
        catch
        {
            // Cancelled in the middle: what was said so far must not become the beginning of another mail.
            await CloseAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask RestAsync()
    {
        if (open is { } connection)
        {
            await connection.QuitAsync(CancellationToken.None);
            await CloseAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CloseAsync();

    /// <summary>The open connection if it still answers, or a new one: what an idle one breaks by is nobody's failure.</summary>
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (open is not null)
        {
            try
            {
                await open.ResetAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is IOException or SmtpException)
            {
                await CloseAsync();
            }
        }

        open = await SmtpConnection.OpenAsync(settings, time, cancellationToken);
    }

    private async ValueTask CloseAsync()
    {
        if (open is { } connection)
        {
            open = null;
            await connection.DisposeAsync();
        }
    }

    private static string Reason(Exception e, string otherwise) => e is SmtpException smtp ? smtp.Reason : otherwise;
}
