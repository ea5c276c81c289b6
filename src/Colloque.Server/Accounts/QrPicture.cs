using QRCoder;

namespace Colloque.Server.Accounts;

/// <summary>A text as a QR code.</summary>
internal static class QrPicture
{
    /// <summary>An SVG without script, style or outside reference; it fills what it is put into.</summary>
    internal static string Svg(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
