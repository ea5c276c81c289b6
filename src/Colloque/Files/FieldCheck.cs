using System.Text;
using System.Xml;

namespace Colloque.Files;

/// <summary>
/// Fields of a Word document (ISO/IEC 29500-1, 17.16): what one is told to do is text, which may be spread over any number of runs and come out of other fields. Refused are those that
/// fetch or start something when the document is opened or its fields are updated.
/// </summary>
internal sealed class FieldCheck
{
    // DDE starts programs; the others fetch files, pictures, objects or rows from wherever they are told.
    private static readonly string[] Acting = ["DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "DATABASE", "RD", "EMBED", "CONTROL", "HTMLCONTROL", "HTMLACTIVEX"];

    private readonly Stack<(StringBuilder Told, bool Shows)> open = new();

    private bool isCode;

    /// <summary>Takes the next node of a part.</summary>
    /// <exception cref="Refusal">422 <c>active_content</c>.</exception>
    internal void Take(XmlReader node)
    {
        switch (node.NodeType)
        {
            case XmlNodeType.Element:
                Begin(node);
                break;
            case XmlNodeType.EndElement:
                isCode = false;
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isCode && open.TryPeek(out var field) && !field.Shows:
                field.Told.Append(node.Value);
                break;
        }
    }

    private void Begin(XmlReader element)
    {
        // What a field within shows is what the one around it is told: both kinds of text count.
        isCode = element.LocalName is "instrText" or "t" && !element.IsEmptyElement;
        switch (element.LocalName)
        {
            case "fldChar":
                Turn(AttributeOf(element, "fldCharType"));
                break;
            case "fldSimple":
                Judge(AttributeOf(element, "instr") ?? "");
                break;
            // Where rows of a mail merge come from is asked as soon as the document opens.
            case "connectString" or "dataSource":
            case "imagedata" or "shape" or "fill" or "stroke" when LeadsOut(AttributeOf(element, "src")) || (element.LocalName != "shape" && LeadsOut(AttributeOf(element, "href"))):
                throw FileRefusals.ActiveContent();
        }
    }

    private void Turn(string? turn)
    {
        switch (turn)
        {
            case "begin":
                // A field whose very name comes out of another is one that hides it.
                if (open.TryPeek(out var outer) && !outer.Shows && string.IsNullOrWhiteSpace(outer.Told.ToString()))
                {
                    throw FileRefusals.ActiveContent();
                }

                open.Push((new(), Shows: false));
                break;
            case "separate" when open.TryPop(out var told):
                Judge(told.Told.ToString());
                open.Push((told.Told, Shows: true));
                break;
            case "end" when open.TryPop(out var ended) && !ended.Shows:
                Judge(ended.Told.ToString());
                break;
        }
    }

    private static void Judge(string told)
    {
        var words = told.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var name = words is [var first, ..] ? first.Trim('"') : "";
        if (Acting.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (name.Equals("HYPERLINK", StringComparison.OrdinalIgnoreCase) && words is [_, var rest] && !rest.StartsWith('\\') && !PackageCheck.IsClickable(Target(rest))))
        {
            throw FileRefusals.ActiveContent();
        }
    }

    private static string Target(string rest) => rest.StartsWith('"') ? rest[1..].Split('"', 2)[0] : rest.Split(' ', 2)[0];

    private static bool LeadsOut(string? address) =>
        address is not null && (address.Contains("://", StringComparison.Ordinal) || address.StartsWith("\\\\", StringComparison.Ordinal) || address.StartsWith("//", StringComparison.Ordinal)
            || address.StartsWith("file:", StringComparison.OrdinalIgnoreCase));

    /// <summary>By its local name: Word's two dialects have a namespace each.</summary>
    private static string? AttributeOf(XmlReader element, string name)
    {
        string? found = null;
        while (element.MoveToNextAttribute())
        {
            found = element.LocalName == name ? element.Value : found;
        }

        element.MoveToElement();
        return found;
    }
}
