using System.Text;

namespace Colloque.Storage;

/// <summary>PascalCase to snake_case, the one spelling of columns.</summary>
internal static class SnakeCase
{
    internal static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
