using Colloque.Server.Audit;
using Colloque.Server.Exports;
using Colloque.Server.Hosting;
using Colloque.Storage;

try
{
    var line = CommandLine.Parse(args);
    return line.Command switch
    {
        "load-data" => await LoadData.RunAsync(line),
        "verify-export" => await VerifyExport.RunAsync(line),
        "verify-audit" => await VerifyAudit.RunAsync(line),
        "rotate-keys" => await RotateKeys.RunAsync(line),
        "create-admin" => await CreateAdmin.RunAsync(line),
        "backup" => await Backup.RunAsync(line),
        "restore" => await Restore.RunAsync(line),
        _ => await Serve.RunAsync(line),
    };
}
catch (StartRefusedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
