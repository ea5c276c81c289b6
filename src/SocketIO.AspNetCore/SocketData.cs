using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.AspNetCore;

/// <summary>
/// A socket's JSON properties. They survive recovery and can be read on other nodes; keep what cannot be told in JSON in
/// <see cref="Socket.State"/>. Thread-safe.
/// </summary>
public sealed class SocketData
{
    private readonly Lock _gate = new();
    private Dictionary<string, byte[]>? _values;

    /// <summary>Sets a property to a value that is UTF-8 JSON already; throws <see cref="JsonException"/> if it is not.</summary>
    public void SetJson(string name, ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        reader.Skip();
        var copy = utf8Json.ToArray();
        lock (_gate)
        {
            (_values ??= [])[name] = copy;
        }
    }

    /// <summary>Sets a property.</summary>
    public void Set<T>(string name, T value, JsonTypeInfo<T> typeInfo) => SetJson(name, JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>A property in UTF-8 JSON; null if it is not set.</summary>
    public ReadOnlyMemory<byte>? GetJson(string name)
    {
        lock (_gate)
        {
            return _values is not null && _values.TryGetValue(name, out var json) ? json : null;
        }
    }

    /// <summary>Removes a property.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            _values?.Remove(name);
        }
    }

    /// <summary>All properties as one JSON object, in UTF-8.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            lock (_gate)
            {
                foreach (var (name, json) in _values ?? [])
                {
                    writer.WritePropertyName(name);
                    writer.WriteRawValue(json);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(ToJson());
}
