using Colloque.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Colloque.Accounts;

/// <summary>Registers the verbs of accounts and what they stand on.</summary>
public static class AccountParts
{
    /// <summary>Adds tokens, the watch over sign-ins, and the limits. The host adds <see cref="Passwords"/> and runs <see cref="SignInWatch.RunAsync"/>.</summary>
    public static IServiceCollection AddAccountParts(this IServiceCollection services, AccessTokenSettings tokens, RateLimitSettings limits, FirstAdminSettings firstAdmin, SecondFactorSettings? factors = null, string? publicUrl = null) => services
        .AddSingleton(tokens).AddSingleton<AccessTokens>().AddSingleton<SignInWatch>().AddSingleton<TokenVerifier>()
        .AddSingleton(limits).AddSingleton(firstAdmin).AddSingleton<RateLimits>().AddSingleton<AccountRows>().AddSingleton<SignIns>().AddSingleton<FirstAdmin>()
        .AddSingleton(factors ?? SecondFactorSettings.Default).AddSingleton(new PublicAddress(publicUrl)).AddSingleton<AccountSeal>().AddSingleton<AccountRequests>()
        .AddSingleton<FactorRows>().AddSingleton<FactorCheck>().AddScoped<ProveOneself>()
        .AddScoped<VerifyFactor>().AddScoped<BeginFactor>().AddScoped<ConfirmFactor>().AddScoped<DropFactor>().AddScoped<ReplaceRecoveryCodes>()
        .AddScoped<RegisterAccount>().AddScoped<RequestMail>().AddScoped<DoAccountRequest>().AddScoped<AcceptInvitation>().AddScoped<VerifyEmail>()
        .AddScoped<ResetPassword>().AddScoped<ChangePassword>()
        .AddSingleton<ExternalRows>().AddScoped<SignInExternally>().AddSingleton<FlowSeal>()
        .AddScoped<SignIn>().AddScoped<RefreshSignIn>().AddScoped<RefreshRotation>().AddScoped<SignOut>().AddScoped<GetProfile>().AddScoped<ChangeProfile>().AddScoped<UseSetupLink>()
        .AddScoped<CreateFirstAdmin>().AddScoped<CreateOrganization>().AddScoped<CreateUser>().AddScoped<SetPassword>().AddScoped<AccountTokens>()
        .AddPasskeyParts();
}
