namespace Colloque.Security;

/// <summary>
/// Look-ups of sign-ins seen for the first time. One query runs at a time; whoever comes meanwhile waits for the next, which asks for
/// all of them: two thousand sockets a second cost some dozens of queries.
/// </summary>
internal sealed class SignInLookUps(ReadSignInStates read)
{
    /// <summary>Of one query: no sign-in waits for a list without end.</summary>
    private const int MostAtOnce = 2_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, TaskCompletionSource<SignInState>> waiting = [];
    private bool running;

    /// <exception cref="Refusal">503.</exception>
    public Task<SignInState> FindAsync(Guid signInId, CancellationToken cancellationToken)
    {
        TaskCompletionSource<SignInState>? answer;
        bool start;
        lock (gate)
        {
            if (!waiting.TryGetValue(signInId, out answer))
            {
                answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Add(signInId, answer);
            }

            (start, running) = (!running, true);
        }

        if (start)
        {
            _ = RunAsync();
        }

        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Never throws: failures go to those who wait.</summary>
    private async Task RunAsync()
    {
        while (Next() is { } batch)
        {
            try
            {
                // Belongs to all who wait, so that none of them can cancel it; the database's own time-out bounds it.
                foreach (var state in await read([.. batch.Keys], CancellationToken.None))
                {
                    if (batch.Remove(state.SignInId, out var answer))
                    {
                        answer.SetResult(state);
                    }
                }

                foreach (var (id, answer) in batch)
                {
                    answer.SetResult(new(id, 0, Live: false));
                }
            }
            catch (Exception e)
            {
                foreach (var answer in batch.Values)
                {
                    answer.TrySetException(e);
                    // Whoever waited may have gone.
                    _ = answer.Task.Exception;
                }
            }
        }
    }

    private Dictionary<Guid, TaskCompletionSource<SignInState>>? Next()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                running = false;
                return null;
            }

            var batch = waiting.Take(MostAtOnce).ToDictionary();
            foreach (var id in batch.Keys)
            {
                waiting.Remove(id);
            }

            return batch;
        }
    }
}
