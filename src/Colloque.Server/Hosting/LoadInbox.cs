using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Hosting;

/// <summary>
/// <c>load-data --inbox C,M</c>: a practitioner with C conversations of M messages each, what a test of lists and of search needs. One line: the practitioner's id and token.
/// </summary>
internal static class LoadInbox
{
    /// <param name="size">C and M.</param>
    /// <param name="person">Makes somebody.</param>
    /// <param name="meet">Makes a visit of the two.</param>
    /// <param name="talk">Has them say so many things.</param>
    internal static async Task<string> FillAsync(
        int[] size, Func<string, Role, Task<(Caller Caller, string Token)>> person, Func<Caller, Caller, Task<Guid>> meet, Func<Guid, Caller[], int, Task> talk)
    {
        if (size is not [var conversations, var messages])
        {
            throw new StartRefusedException("--inbox takes two numbers: conversations, and messages of each.");
        }

        var (practitioner, token) = await person("inbox", Role.Practitioner);
        for (var i = 0; i < conversations; i++)
        {
            var (patient, _) = await person($"inbox-{i}", Role.Patient);
            await talk(await meet(patient, practitioner), [practitioner, patient], messages);
        }

        return $"{practitioner.UserId}\t{token}";
    }
}
