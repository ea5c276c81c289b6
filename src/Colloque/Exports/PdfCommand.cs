using System.Diagnostics;

namespace Colloque.Exports;

/// <summary>Settings of exports: <c>Export__PdfCommand</c>, <c>Export__PdfTimeout</c>.</summary>
public sealed class ExportSettings
{
    /// <summary>
    /// A program and its arguments, separated by spaces, that takes HTML on standard input and gives PDF on standard output. No shell reads it, so nothing of it is quoted. Null for none.
    /// </summary>
    public string? PdfCommand { get; set; }

    /// <summary>How long one document may take.</summary>
    public TimeSpan PdfTimeout { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Makes PDF of a page by a program of the installation's own.</summary>
public sealed class PdfCommand(ExportSettings settings, TimeProvider time)
{
    private readonly string[] words = (settings.PdfCommand ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether there is one.</summary>
    public bool IsSet => words.Length > 0;

    /// <summary>Pipes a page through it; neither is ever whole in memory, nor on a disk.</summary>
    /// <param name="write">Writes the page.</param>
    /// <param name="output">Takes the PDF.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="PdfFailedException">It could not be started, failed, gave nothing, or took too long.</exception>
    internal async Task ConvertAsync(Func<Stream, CancellationToken, Task> write, Stream output, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.PdfTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var program = Start();
        try
        {
            var feeding = FeedAsync(program, write, both.Token);
            // Read and dropped: what a converter says of a page may quote it, and a full pipe would stop it.
            var complaints = program.StandardError.BaseStream.CopyToAsync(Stream.Null, both.Token);
            await program.StandardOutput.BaseStream.CopyToAsync(output, both.Token);
            await feeding;
            await complaints;
            await program.WaitForExitAsync(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PdfFailedException("The PDF converter took too long.");
        }
        finally
        {
            End(program);
        }

        if (program.ExitCode != 0)
        {
            throw new PdfFailedException($"The PDF converter ended with {program.ExitCode}.");
        }
    }

    private static async Task FeedAsync(Process program, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var input = program.StandardInput.BaseStream;
        try
        {
            await write(input, cancellationToken);
        }
        catch (IOException)
        {
            // It does not read any more: how it ended says why.
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var word in words[1..])
        {
            start.ArgumentList.Add(word);
        }

        // Settings come in by the environment, secrets among them: none of it is a converter's.
        var path = start.Environment.TryGetValue("PATH", out var known) ? known : null;
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        try
        {
            return Process.Start(start) ?? throw new PdfFailedException("The PDF converter could not be started.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PdfFailedException("The PDF converter could not be started.");
        }
    }

    private static void End(Process program)
    {
        if (!program.HasExited)
        {
            program.Kill(entireProcessTree: true);
        }
    }
}
