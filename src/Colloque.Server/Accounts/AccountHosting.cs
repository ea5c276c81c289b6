using System.Globalization;
using Colloque.Accounts;
using Colloque.Security;
using Colloque.Storage;

namespace Colloque.Server.Accounts;

/// <summary>Puts accounts together from the settings <c>Auth</c>, <c>FirstAdmin</c> and <c>Limits</c>.</summary>
internal static class AccountHosting
{
    /// <summary>Adds accounts, tokens and limits, and the sweep over sign-ins where a host runs.</summary>
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    internal static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration settings)
    {
        var iterations = settings.GetValue("Auth:PasswordIterations", IdentityPasswords.DefaultIterations);
        if (iterations < IdentityPasswords.FewestIterations)
        {
            throw new StartRefusedException($"Auth:PasswordIterations must be at least {IdentityPasswords.FewestIterations}.");
        }

        return services
            .AddAccountParts(
                new AccessTokenSettings(settings["Auth:Issuer"] ?? "colloque"),
                ReadLimits(settings.GetSection("Limits")),
                new FirstAdminSettings(settings["FirstAdmin:Email"] ?? "admin@localhost", settings["FirstAdmin:Name"] ?? "Administrator", settings["FirstAdmin:Language"] ?? "en"),
                ReadFactors(settings.GetSection("SecondFactor")),
                settings["PublicUrl"] is { Length: > 0 } url ? url : null)
            .AddSingleton<Passwords>(new IdentityPasswords(iterations))
            .AddSingleton<PasskeyProtocol, IdentityPasskeys>()
            .AddHostedService<SignInSweep>()
            .AddHostedService<AccountRequestWorker>();
    }

    /// <summary><c>SecondFactor:RequiredFor</c>, roles with commas between, and <c>SecondFactor:Patients</c>, which adds them.</summary>
    /// <exception cref="StartRefusedException">An unknown role, or a switch that is none: a demand mistyped is a demand missing.</exception>
    internal static SecondFactorSettings ReadFactors(IConfigurationSection section)
    {
        var roles = new HashSet<Role>(SecondFactorSettings.Default.RequiredFor);
        if (section["RequiredFor"] is { } names)
        {
            roles.Clear();
            foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                roles.Add(Enum.TryParse<Role>(name, ignoreCase: true, out var role) && !char.IsDigit(name[0])
                    ? role
                    : throw new StartRefusedException($"SecondFactor:RequiredFor names no role {name}. Roles: {string.Join(", ", Enum.GetNames<Role>())}."));
            }
        }

        if (section["Patients"] is { } patients && (bool.TryParse(patients, out var must) ? must : throw new StartRefusedException("SecondFactor:Patients must be true or false.")))
        {
            roles.Add(Role.Patient);
        }

        return new(roles);
    }

    /// <summary><c>Limits:Enabled</c>, and <c>Limits:{name}:Burst</c> and <c>:PerMinute</c> for each limit that differs.</summary>
    /// <exception cref="StartRefusedException">An unknown limit, or a number that is none: a limit mistyped is a limit missing.</exception>
    internal static RateLimitSettings ReadLimits(IConfigurationSection section)
    {
        var rates = new Dictionary<Limit, Rate>();
        var enabled = true;
        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals("Enabled", StringComparison.OrdinalIgnoreCase))
            {
                enabled = bool.TryParse(child.Value, out var on) ? on : throw new StartRefusedException("Limits:Enabled must be true or false.");
                continue;
            }

            if (!Enum.TryParse<Limit>(child.Key, ignoreCase: true, out var limit) || !Enum.IsDefined(limit) || char.IsDigit(child.Key[0]))
            {
                throw new StartRefusedException($"There is no limit {child.Key}. There are: {string.Join(", ", Enum.GetNames<Limit>())}.");
            }

            var usual = Rates.Default(limit);
            rates[limit] = new((int)Number(child, "Burst", usual.Burst), Number(child, "PerMinute", usual.PerMinute));
        }

        return new(enabled, rates);
    }

    private static double Number(IConfigurationSection limit, string name, double usual)
    {
        if (limit[name] is not { } text)
        {
            return usual;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1_000_000 && (name != "Burst" || number >= 1)
            ? number
            : throw new StartRefusedException($"{limit.Path}:{name} must be a number above 0, a burst at least 1.");
    }
}
