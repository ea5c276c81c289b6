using Colloque.Conversations;
using Colloque.Records;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>The demo's two prescriptions and one exam result, and what the two people wrote about them.</summary>
internal static class DemoRecords
{
    internal static async Task FillAsync(IServiceProvider services, Caller practitioner, Caller patient, CancellationToken cancellationToken)
    {
        var (verbs, log, time) = (services.GetRequiredService<Verbs>(), services.GetRequiredService<MessageLog>(), services.GetRequiredService<TimeProvider>());
        await WriteAsync(new(new Prescription([new("Magnésium 300 mg, gélule", "1 gélule", "matin et soir, au repas", "30 jours", null)], "À reprendre ensemble à la fin du mois."), null));

        var sleep = await WriteAsync(new(
            new Prescription(
                [
                    new("Mélatonine 2 mg, comprimé à libération prolongée", "1 comprimé", "le soir, 1 à 2 heures avant le coucher", "3 semaines", "Ne pas croquer."),
                    new("Tisane de passiflore", "1 tasse", "le soir", null, null),
                ],
                "Écrans éteints une heure avant le coucher."),
            null));
        await SayAsync(sleep, patient, "Bonjour Docteur, puis-je prendre le comprimé avec mon traitement contre l’allergie ?", "question", asks: true);
        await SayAsync(sleep, practitioner, "Bonjour Nadia. Oui, si vous le prenez au coucher ; dites-moi si vous êtes somnolente le matin.", null, asks: false);
        await SayAsync(sleep, patient, "Merci, c’est noté.", null, asks: false);

        var exam = await WriteAsync(new(null, new ExamResult(
            "Bilan thyroïdien", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-4),
            [
                new("TSH", "2,1", "mUI/L", "0,4 – 4,0", ExamFlag.Normal),
                new("T4 libre", "14", "pmol/L", "9 – 19", ExamFlag.Normal),
                new("Ferritine", "11", "µg/L", "15 – 150", ExamFlag.Low),
            ],
            "Thyroïde sans particularité ; réserves en fer basses, à voir avec votre médecin traitant.", null)));
        await SayAsync(exam, patient, "La ferritine est basse : est-ce que cela explique ma fatigue ?", "explanation", asks: true);

        async Task<Guid> WriteAsync(RecordBody body)
        {
            var (record, _) = await verbs.RunAsync(practitioner, (WriteRecord verb) => verb.RunAsync(new(patient.UserId, null, body), cancellationToken), cancellationToken);
            return record.Id;
        }

        Task<MessageView> SayAsync(Guid record, Caller caller, string text, string? intent, bool asks)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            return log.AppendAsync(caller, record, new(id, id.ToString(), MessageKind.Text, text) { Intent = intent, RequiresResponse = asks }, cancellationToken);
        }
    }
}
