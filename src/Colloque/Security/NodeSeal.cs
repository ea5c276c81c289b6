using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Colloque.Security;

/// <summary>
/// Seals what the nodes of an installation say to each other through the database (AES-256-GCM, version | nonce(12) | tag(16) | ciphertext), tied to who says it and to its number: whoever
/// can listen there, or speak, without the master key hears nothing and says nothing, and what was said once cannot be said again.
/// </summary>
public sealed class NodeSeal(MasterKey master)
{
    // Lasting, for nodes that were started before and after a rotation must understand each other.
    private readonly byte[] key = master.Derive("seal words between nodes 1", 32);

    /// <summary>Seals one envelope of a node.</summary>
    public byte[] Seal(Guid node, long number, ReadOnlySpan<byte> content) => MasterKey.KeyWrap.Wrap(key, content, Context(node, number));

    /// <summary>Null for another node's, another number's, another installation's, or changed bytes.</summary>
    public byte[]? Open(Guid node, long number, ReadOnlySpan<byte> record)
    {
        try
        {
            return MasterKey.KeyWrap.Unwrap(key, record, Context(node, number));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] Context(Guid node, long number)
    {
        var context = new byte[24];
        node.TryWriteBytes(context, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(context.AsSpan(16), number);
        return context;
    }
}
