using System.Text.Json;
using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>How a client comes into a namespace and leaves it.</summary>
internal sealed partial class Connection
{
    private void HandleConnect(in Packet packet)
    {
        if (!_server.TryGet(packet.Namespace, out var ns))
        {
            SendConnectError(packet.Namespace, "Invalid namespace", null);
            return;
        }

        switch (Admit(ns))
        {
            case Admission.Granted:
                Join(ns, packet.Payload);
                break;
            case Admission.TooMany:
                SendConnectError(packet.Namespace, "Too many namespaces", null);
                break;
            case Admission.JoinedTwice:
                Violate("a namespace joined twice");
                break;
        }
    }

    /// <summary>Only the reading side admits, one packet at a time, so that what is granted holds until the socket is listed.</summary>
    private Admission Admit(Namespace ns)
    {
        lock (_gate)
        {
            if (Find(ns) is { } known)
            {
                if (!known.IsClosed)
                {
                    return known.Phase == SocketPhase.Joining ? Admission.Pending : Admission.JoinedTwice;
                }

                _sockets.Remove(known);
            }

            return _sockets.Count < _server.Options.MaxNamespacesPerConnection ? Admission.Granted : Admission.TooMany;
        }
    }

    private void Join(Namespace ns, ReadOnlySpan<byte> auth)
    {
        var lost = TakeLost(ns, auth);
        var socket = new Socket(this, ns, Session.Handshake.WithAuth(auth, _server.Options.TimeProvider.GetUtcNow()), lost);
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _sockets.Add(socket);
        }

        _ = JoinAsync(socket, lost);
    }

    private LostSocket? TakeLost(Namespace ns, ReadOnlySpan<byte> auth)
    {
        if (_server.Options.ConnectionStateRecovery is null || auth.IsEmpty)
        {
            return null;
        }

        string? privateId = null;
        string? offset = null;
        var reader = new Utf8JsonReader(auth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPrivateId = reader.ValueTextEquals("pid"u8);
            var isOffset = reader.ValueTextEquals("offset"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && (isPrivateId || isOffset))
            {
                var value = reader.GetString();
                (privateId, offset) = isPrivateId ? (value, offset) : (privateId, value);
            }

            reader.Skip();
        }

        return privateId is null || offset is null ? null : ns.Adapter.Take(privateId, offset);
    }

    private async Task JoinAsync(Socket socket, LostSocket? lost)
    {
        var ns = socket.Namespace;
        try
        {
            if (ns.HasMiddlewares && (lost is null || !_server.Options.ConnectionStateRecovery!.SkipMiddlewares))
            {
                await ns.RunMiddlewaresAsync(socket);
            }
        }
        catch (ConnectRefusedException refusal)
        {
            Refuse(socket, refusal.Message, refusal.DataJson);
            return;
        }
        catch (Exception exception)
        {
            ns.LogFailure(socket, "middleware", exception);
            Refuse(socket, "Internal error", null);
            return;
        }

        if (TryWelcome(socket, lost))
        {
            await ns.RunOnConnectAsync(socket);
            DispatchDeferred(socket);
        }
    }

    private bool TryWelcome(Socket socket, LostSocket? lost)
    {
        lock (_gate)
        {
            if (socket.IsClosed)
            {
                return false;
            }

            socket.Phase = SocketPhase.Joined;
        }

        _server.Engine.Sweeper.Disarm(_patience);
        var adapter = socket.Namespace.Adapter;
        if (lost is null || !adapter.TryRestore(socket, lost, () => SendConnect(socket)))
        {
            if (lost is not null)
            {
                socket.BecomeNew();
            }

            adapter.Add(socket, () => SendConnect(socket));
        }

        return true;
    }

    private void Refuse(Socket socket, string message, string? dataJson)
    {
        lock (_gate)
        {
            _sockets.Remove(socket);
        }

        socket.TryClose();
        socket.Release();
        SendConnectError(System.Text.Encoding.UTF8.GetBytes(socket.Namespace.Name), message, dataJson);
    }

    /// <summary>Ends a socket, whoever wanted it. Its handlers hear of it once, after those of its arrival.</summary>
    private void Close(Socket socket, string reason)
    {
        if (!socket.TryClose())
        {
            return;
        }

        SocketPhase phase;
        lock (_gate)
        {
            phase = socket.Phase;
            socket.CloseReason = reason;
            if (phase == SocketPhase.Joining)
            {
                _sockets.Remove(socket);
            }
        }

        if (phase == SocketPhase.Joining)
        {
            socket.Release();
            return;
        }

        var adapter = socket.Namespace.Adapter;
        if (socket.PrivateId is not null && IsRecoverable(reason))
        {
            adapter.Save(socket);
        }

        adapter.Remove(socket);
        socket.Release();
        if (phase == SocketPhase.Ready)
        {
            _ = socket.Namespace.RunOnDisconnectAsync(socket, reason).AsTask();
        }
    }

    private static bool IsRecoverable(string reason) => reason is CloseReason.TransportClose or CloseReason.TransportError
        or CloseReason.PingTimeout or CloseReason.SlowReader or CloseReason.ServerShuttingDown;

    private void SendConnect(Socket socket)
    {
        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.Connect, 0, socket.Namespace.Prefix, Packet.NoId);
        writer.Write("{\"sid\":"u8);
        writer.WriteString(socket.Id);
        if (socket.PrivateId is not null)
        {
            writer.Write(",\"pid\":"u8);
            writer.WriteString(socket.PrivateId);
        }

        writer.Write("}"u8);
        Send(writer);
    }

    private void SendConnectError(ReadOnlySpan<byte> ns, string message, string? dataJson)
    {
        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.ConnectError, 0, [], Packet.NoId);
        if (!ns.SequenceEqual("/"u8))
        {
            writer.Write(ns);
            writer.Write(","u8);
        }

        writer.Write("{\"message\":"u8);
        writer.WriteString(message);
        if (dataJson is not null)
        {
            writer.Write(",\"data\":"u8);
            writer.Write(System.Text.Encoding.UTF8.GetBytes(dataJson));
        }

        writer.Write("}"u8);
        Send(writer);
    }

    private void SendDisconnect(Socket socket)
    {
        if (socket.IsClosed)
        {
            return;
        }

        var writer = PacketWriter.Rent();
        writer.Begin(PacketType.Disconnect, 0, socket.Namespace.Prefix, Packet.NoId);
        Send(writer);
    }

    private void Send(PacketWriter writer)
    {
        Session.Send(Frame.Message(writer.Written), []);
        writer.Return();
    }

    private enum Admission
    {
        Granted,

        // Its first CONNECT is still being answered: a burst of them counts once.
        Pending,
        JoinedTwice,
        TooMany,
    }
}
