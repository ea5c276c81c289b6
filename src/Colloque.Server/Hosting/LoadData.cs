using System.Globalization;
using Colloque.Accounts;
using Colloque.Consultations;
using Colloque.Conversations;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>load-data --consultations N --history n,n [--organizations N] [--past n,n] [--inbox C,M] --out DIR</c>: consultations under way for load tests, with tokens good for two hours.
/// Works beside a running server on the same data folder.
/// </summary>
internal sealed class LoadData(IServiceProvider services, CancellationToken cancellationToken)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(2);

    private readonly Verbs verbs = services.GetRequiredService<Verbs>();
    private readonly MessageLog log = services.GetRequiredService<MessageLog>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    internal static async Task<int> RunAsync(CommandLine line)
    {
        var builder = ServerHost.CreateBuilder(line);
        var settings = builder.Configuration;
        var count = Number(settings["consultations"] ?? "100", "--consultations");
        var history = (settings["history"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static h => Number(h, "--history")).ToArray();
        var organizations = Number(settings["organizations"] ?? "0", "--organizations");
        var past = (settings["past"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static n => Number(n, "--past")).ToArray();
        var inbox = (settings["inbox"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static n => Number(n, "--inbox")).ToArray();
        var output = Directory.CreateDirectory(settings["out"] ?? throw new StartRefusedException("load-data needs --out DIR.")).FullName;
        using var loggers = LoggerFactory.Create(static b => b.AddJsonConsole().SetMinimumLevel(LogLevel.Warning));
        await using var installation = await Installation.OpenAsync(new DataFolder(line.Data), settings, loggers, CancellationToken.None);
        ServerHost.AddInstallation(builder.Services, installation, settings);
        await using var services = builder.Services.BuildServiceProvider();
        await new LoadData(services, CancellationToken.None).FillAsync(count, history, organizations, past, inbox, output);
        return 0;
    }

    private async Task FillAsync(int count, int[] history, int organizations, int[] past, int[] inbox, string output)
    {
        var root = new Caller(Guid.Empty, Guid.CreateVersion7(time.GetUtcNow()), Role.SuperAdmin, Guid.Empty);
        var name = $"load-{time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        var organization = await verbs.RunAsync(root, (CreateOrganization verb) => verb.RunAsync(name, name, cancellationToken), cancellationToken);
        var pairs = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            pairs.Add((await PairAsync(root, organization, $"{name}-{i}")).Line);
        }

        await WriteAsync(Path.Combine(output, "pairs.tsv"), pairs);
        var histories = new List<string>(history.Length);
        foreach (var messages in history)
        {
            var pair = await PairAsync(root, organization, $"{name}-h{messages}");
            await TalkAsync(pair.Id, [pair.Practitioner, pair.Patient], messages);
            histories.Add(pair.Line);
        }

        await WriteAsync(Path.Combine(output, "history.tsv"), histories);
        if (organizations > 0)
        {
            var people = new LoadPeople(verbs, services.GetRequiredService<SignIns>(), time, cancellationToken);
            await WriteAsync(Path.Combine(output, "people.tsv"), await people.FillAsync(root, name, organizations));
        }

        if (past.Length > 0)
        {
            var people = new LoadPast(verbs, services.GetRequiredService<SignIns>(), time, cancellationToken);
            await WriteAsync(Path.Combine(output, "past.tsv"), await people.FillAsync(root, name, past));
        }

        if (inbox.Length > 0)
        {
            await WriteAsync(
                Path.Combine(output, "inbox.tsv"),
                [await LoadInbox.FillAsync(inbox, (who, role) => PersonAsync(root, organization, $"{name}-{who}", role), MeetAsync, TalkAsync)]);
        }

        await Console.Out.WriteLineAsync($"{count} consultations in pairs.tsv, {histories.Count} in history.tsv, below {output}");
    }

    private async Task<(Guid Id, Caller Practitioner, Caller Patient, string Line)> PairAsync(Caller root, Guid organization, string name)
    {
        var (practitioner, practitionerToken) = await PersonAsync(root, organization, name, Role.Practitioner);
        var (patient, patientToken) = await PersonAsync(root, organization, name, Role.Patient);
        var id = await MeetAsync(patient, practitioner);
        return (id, practitioner, patient, $"{id}\t{practitionerToken}\t{patientToken}");
    }

    private Task<Guid> MeetAsync(Caller patient, Caller practitioner)
    {
        var draft = new ConsultationDraft(patient.UserId, practitioner.UserId, ConsultationStatus.InProgress, ConsultationFormat.Video, time.GetUtcNow(), 50, Exclusive: false);
        return verbs.RunAsync(patient, (RecordConsultation verb) => verb.RunAsync(draft, cancellationToken), cancellationToken);
    }

    private async Task<(Caller Caller, string Token)> PersonAsync(Caller root, Guid organization, string name, Role role)
    {
        var word = role == Role.Patient ? "patient" : "practitioner";
        var user = new NewUser(organization, $"{word}@{name}.example", $"{word} {name}", role, "en", null, null, null);
        var id = await verbs.RunAsync(root, (CreateUser verb) => verb.RunAsync(user, cancellationToken), cancellationToken);
        var started = await services.GetRequiredService<SignIns>().StartAsync(new Caller(organization, id, role, Guid.Empty), "load-data", TokenLifetime, cancellationToken);
        return (started.Caller, started.AccessToken);
    }

    /// <summary>The two in turn, a few hundred under way at once: the lanes carry them together.</summary>
    private async Task TalkAsync(Guid conversation, Caller[] people, int messages)
    {
        var said = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = 200, CancellationToken = cancellationToken }, async (i, ct) =>
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            await log.AppendAsync(people[i % 2], conversation, new(id, id.ToString(), MessageKind.Text, $"Message {i} of a long conversation, as people write them."), ct);
            if (Interlocked.Increment(ref said) % 50_000 == 0)
            {
                await Console.Out.WriteLineAsync($"{said} of {messages} messages");
            }
        });
    }

    private static async Task WriteAsync(string path, IReadOnlyList<string> lines)
    {
        await using var file = new StreamWriter(Places.CreatePrivate(path));
        foreach (var line in lines)
        {
            await file.WriteLineAsync(line);
        }
    }

    private static int Number(string text, string option) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new StartRefusedException($"{option} takes whole numbers, not \"{text}\".");
}
