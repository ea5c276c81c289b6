using Colloque.Server.Http;
using Colloque.Server.Media;
using Xunit;

namespace Colloque.Server.Tests.Http;

/// <summary>Whom a page may call, frame, and hand camera and microphone on to, besides its own origin.</summary>
public sealed class SecurityHeadersTests
{
    [Fact]
    public void Where_no_media_server_is_set_up_nobody() => Assert.Equal(("", "", ""), SecurityHeaders.Elsewhere(new(), new()));

    [Theory]
    [InlineData("wss://live.example", " wss://live.example https://live.example")]
    [InlineData("ws://localhost:7880/rtc", " ws://localhost:7880 http://localhost:7880")]
    [InlineData("wss://live.example; script-src *", "")]
    [InlineData("javascript:alert(1)", "")]
    public void LiveKit_is_called_and_never_framed(string url, string calls) => Assert.Equal((calls, "", ""), SecurityHeaders.Elsewhere(new() { Url = url }, new()));

    [Theory]
    [InlineData("meet.example", "https://meet.example")]
    [InlineData("meet.example:8443", "https://meet.example:8443")]
    public void Jitsi_is_framed_with_camera_and_microphone_and_never_called(string domain, string origin) =>
        Assert.Equal(("", $"frame-src {origin}; ", $" \"{origin}\""), SecurityHeaders.Elsewhere(new(), new() { Domain = domain, AppId = "app", AppSecret = new('s', 32) }));

    [Fact]
    public void Jitsi_without_its_secret_is_not_set_up() => Assert.Equal(("", "", ""), SecurityHeaders.Elsewhere(new(), new() { Domain = "meet.example" }));
}
