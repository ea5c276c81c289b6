using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Accounts;

/// <summary>Registers passkeys, and what people see and end of their own sign-ins.</summary>
public static class PasskeyParts
{
    /// <summary>Adds the verbs and what they stand on. The host adds <see cref="PasskeyProtocol"/>.</summary>
    internal static IServiceCollection AddPasskeyParts(this IServiceCollection services) => services
        .AddSingleton<PasskeyRows>().AddSingleton<PasskeyCeremonies>().AddSingleton<SignInRows>().AddSingleton<SignInNotices>()
        .AddScoped<OfferPasskey>().AddScoped<AddPasskey>().AddScoped<ListPasskeys>().AddScoped<RenamePasskey>().AddScoped<RemovePasskey>().AddScoped<OfferPasskeySignIn>().AddScoped<SignInWithPasskey>()
        .AddScoped<ListSignIns>().AddScoped<EndSignIn>();
}
