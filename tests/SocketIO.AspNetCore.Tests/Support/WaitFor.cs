namespace SocketIO.AspNetCore.Tests.Support;

internal static class WaitFor
{
    /// <summary>Lets other work run until a condition holds; the test's own time-out is the end of patience.</summary>
    public static async Task Async(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
