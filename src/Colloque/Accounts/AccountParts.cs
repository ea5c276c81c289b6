using Colloque.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Accounts;

/// <summary>Registers what lies below the verbs of accounts.</summary>
public static class AccountParts
{
    /// <summary>Adds tokens, the watch over sign-ins, and the limits. The host adds <see cref="Passwords"/> and runs <see cref="SignInWatch.RunAsync"/>.</summary>
    public static IServiceCollection AddAccountParts(this IServiceCollection services, AccessTokenSettings tokens, RateLimitSettings limits, FirstAdminSettings firstAdmin) => services
        .AddSingleton(tokens).AddSingleton<AccessTokens>().AddSingleton<SignInWatch>().AddSingleton<TokenVerifier>()
        .AddSingleton(limits).AddSingleton(firstAdmin).AddSingleton<RateLimits>().AddSingleton<AccountRows>().AddSingleton<SignIns>().AddSingleton<FirstAdmin>();
}
