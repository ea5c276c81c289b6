namespace Colloque.Server.Hosting;

/// <summary>Where the cluster really lies, links resolved.</summary>
/// <param name="Cluster">PostgreSQL's data directory.</param>
/// <param name="Socket">Folder of the socket: short enough for the kernel (108 bytes with the socket's name) and free of what a list of hosts would split.</param>
/// <param name="Settings">Folder of the configuration files.</param>
internal sealed record ClusterPlace(string Cluster, string Socket, string Settings)
{
    public string ConfigFile => Path.Combine(Settings, "postgresql.conf");

    public string HbaFile => Path.Combine(Settings, "pg_hba.conf");

    public string IdentFile => Path.Combine(Settings, "pg_ident.conf");

    public string SocketFile => Path.Combine(Socket, ".s.PGSQL.5432");

    public string VersionFile => Path.Combine(Cluster, "PG_VERSION");
}
