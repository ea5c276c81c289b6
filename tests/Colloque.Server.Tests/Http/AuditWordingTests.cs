using Colloque.Audit;
using Colloque.Server.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Colloque.Server.Tests.Http;

public sealed class AuditWordingTests
{
    [Theory]
    [InlineData("POST", "/api/employees", AuditAction.Create)]
    [InlineData("GET", "/api/employees", AuditAction.Read)]
    [InlineData("PUT", "/api/employees/me", AuditAction.Update)]
    [InlineData("DELETE", "/api/employees/1", AuditAction.Delete)]
    [InlineData("PUT", "/api/employees/1/approve", AuditAction.Validate)]
    [InlineData("POST", "/api/employees/import", AuditAction.Import)]
    [InlineData("GET", "/api/employees/export", AuditAction.Export)]
    [InlineData("POST", "/api/practitioners/1/validate", AuditAction.Validate)]
    [InlineData("PUT", "/api/companies/1/deactivate", AuditAction.Update)]
    [InlineData("POST", "/api/auth/login", AuditAction.Login)]
    [InlineData("POST", "/api/auth/2fa/verify", AuditAction.Login)]
    [InlineData("POST", "/api/auth/passkeys/sign-in", AuditAction.Login)]
    [InlineData("POST", "/api/auth/passkeys/sign-in/options", AuditAction.Read)]
    [InlineData("POST", "/api/auth/logout", AuditAction.Logout)]
    public void Method_and_path_say_what_was_done(string method, string path, AuditAction action) => Assert.Equal(action, AuditWording.ActionOf(method, path));

    [Fact]
    public void A_practitioners_id_names_a_person_and_an_organizations_does_not()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(id, AuditWording.SubjectOf(new PathString($"/api/practitioners/{id}/documents"), id));
        Assert.Null(AuditWording.SubjectOf(new PathString($"/api/companies/{id}"), id));
        Assert.Null(AuditWording.SubjectOf(new PathString("/api/practitioners/me"), null));
    }
}
