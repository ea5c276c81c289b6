using Colloque.Security;

namespace Colloque.Operations;

/// <summary>Who acts when nobody asked: the server's own work, and the commands of whoever holds its machine.</summary>
public static class ServerItself
{
    /// <summary>A super-admin without an account; no token speaks for it.</summary>
    public static Caller Caller { get; } = new(Guid.Empty, Guid.Empty, Role.SuperAdmin, Guid.Empty);
}
