using System.Runtime.InteropServices;

namespace Colloque.Load.Net;

/// <summary>Linux's epoll, called directly: .NET's own socket engine hands every completion to another thread, which would cost more than the message it carries.</summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    /// <summary>There is something to read.</summary>
    public const uint Readable = 0x001;

    /// <summary>There is room to write.</summary>
    public const uint Writable = 0x004;

    private const int Add = 1, Remove = 2, Modify = 3;
    private const int Interrupted = 4;

    // The kernel packs its event on x86-64 (12 bytes) and aligns it elsewhere (16).
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int TokenAt = Stride - 8;

    private readonly int handle = Check(Create(0x80000));
    private readonly byte[] ready = new byte[256 * Stride];

    /// <summary>Watches a descriptor for reading.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Watch(int descriptor, int token) => Control(Add, descriptor, Readable, token);

    /// <summary>Watches it for reading, and for room to write when asked.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Change(int descriptor, int token, bool writing) => Control(Modify, descriptor, writing ? Readable | Writable : Readable, token);

    /// <summary>Forgets a descriptor, before it is closed.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public void Forget(int descriptor) => Control(Remove, descriptor, 0, 0);

    /// <summary>Waits until a descriptor is ready, for at most so many nanoseconds; answers how many are.</summary>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public int Wait(long nanoseconds)
    {
        var limit = new TimeSpec(nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
        fixed (byte* events = ready)
        {
            var count = WaitPrecisely(handle, events, ready.Length / Stride, &limit, 0);
            return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Check(count);
        }
    }

    /// <summary>What the last wait found at a place: the token it was watched with, and whether it has room to write.</summary>
    public (int Token, bool Writable) At(int index)
    {
        var entry = ready.AsSpan(index * Stride, Stride);
        return (MemoryMarshal.Read<int>(entry[TokenAt..]), (MemoryMarshal.Read<uint>(entry) & Writable) != 0);
    }

    public void Dispose() => _ = Close(handle);

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException($"epoll failed with error {Marshal.GetLastPInvokeError()}.");

    private void Control(int operation, int descriptor, uint events, int token)
    {
        Span<byte> entry = stackalloc byte[Stride];
        entry.Clear();
        MemoryMarshal.Write(entry, events);
        MemoryMarshal.Write(entry[TokenAt..], token);
        fixed (byte* pointer = entry)
            Check(Apply(handle, operation, descriptor, pointer));
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Apply(int epoll, int operation, int descriptor, byte* entry);

    // epoll_wait counts in milliseconds; a schedule of thousands a second needs finer.
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitPrecisely(int epoll, byte* events, int count, TimeSpec* limit, nint signals);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
