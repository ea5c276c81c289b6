using SocketIO.AspNetCore.Engine;
using SocketIO.AspNetCore.Protocol;

namespace SocketIO.AspNetCore;

/// <summary>The sockets of one Engine.IO session: takes its packets apart and hands them to namespaces.</summary>
internal sealed partial class Connection : EngineReceiver
{
    private readonly Lock _gate = new();
    private readonly SocketIOServer _server;
    private readonly List<Socket> _sockets = new(1);
    private readonly PatienceDeadline _patience;
    private BinaryReassembler? _reassembler;
    private int _inFlight;
    private bool _isClosed;

    public Connection(SocketIOServer server, EngineSession session)
    {
        _server = server;
        Session = session;
        _patience = new PatienceDeadline(this);
        server.Engine.Sweeper.Arm(_patience, server.ConnectTimeout);
    }

    public EngineSession Session { get; }

    protected internal override bool IsBusy => Volatile.Read(ref _inFlight) >= _server.Options.MaxHandlersInFlight;

    protected internal override void OnMessage(ReadOnlySpan<byte> data, bool isBinary)
    {
        if (isBinary)
        {
            HandleAttachment(data);
        }
        else if (_reassembler is not null)
        {
            Violate("text between a binary packet and its attachments");
        }
        else if (PacketDecoder.TryDecode(data, _server.Options.Limits, ArgumentScanner.Current, out var packet))
        {
            Handle(packet);
        }
        else
        {
            Violate("no packet");
        }
    }

    protected internal override void OnClosed(string reason)
    {
        Socket[] sockets;
        lock (_gate)
        {
            _isClosed = true;
            sockets = [.. _sockets];
            _sockets.Clear();
        }

        _server.Engine.Sweeper.Disarm(_patience);
        foreach (var socket in sockets)
        {
            Close(socket, reason);
        }
    }

    /// <summary>Disconnects all sockets, then ends the session.</summary>
    public void Close()
    {
        Socket[] sockets;
        lock (_gate)
        {
            sockets = [.. _sockets];
        }

        foreach (var socket in sockets)
        {
            Leave(socket);
        }

        Session.Close();
    }

    /// <summary>The server takes a socket out of its namespace.</summary>
    public void Leave(Socket socket)
    {
        SendDisconnect(socket);
        Close(socket, CloseReason.ServerNamespaceDisconnect);
    }

    private void Handle(in Packet packet)
    {
        if (packet.Type == PacketType.Connect)
        {
            HandleConnect(packet);
            return;
        }

        if (Find(packet.Namespace) is not { Phase: not SocketPhase.Joining } socket)
        {
            Violate("a namespace that was not joined");
            return;
        }

        switch (packet.Type)
        {
            case PacketType.Disconnect:
                HandleDisconnect(socket);
                break;
            case PacketType.BinaryEvent or PacketType.BinaryAck:
                _reassembler = new BinaryReassembler(packet, ArgumentScanner.Current, _server.Options.BinaryPacketBytes);
                _server.Engine.Sweeper.Arm(_patience, _server.AttachmentTimeout);
                break;
            case PacketType.Ack:
                socket.TakeAck(packet.Id)?.TrySetResult(EventArguments.Copy(packet.Payload, ArgumentScanner.Current, []));
                break;
            default:
                var scanner = ArgumentScanner.Current;
                scanner.TryReadName(packet.Payload, out var name);
                Dispatch(socket, new IncomingEvent { Name = name, AckId = packet.Id, Payload = packet.Payload, Scanner = scanner });
                break;
        }
    }

    private void HandleDisconnect(Socket socket)
    {
        lock (_gate)
        {
            _sockets.Remove(socket);
        }

        Close(socket, CloseReason.ClientNamespaceDisconnect);
    }

    private void HandleAttachment(ReadOnlySpan<byte> data)
    {
        if (_reassembler is not { } reassembler)
        {
            Violate("an attachment of no packet");
            return;
        }

        if (!reassembler.TryAdd(data, out var arguments))
        {
            Violate("attachments over the bound");
            return;
        }

        if (arguments is null)
        {
            return;
        }

        _reassembler = null;
        _server.Engine.Sweeper.Disarm(_patience);
        if (Find(reassembler.Namespace) is not { Phase: not SocketPhase.Joining } socket)
        {
            return; // disconnected by the server while the attachments were on their way
        }

        if (reassembler.IsAck)
        {
            socket.TakeAck(reassembler.Id)?.TrySetResult(arguments);
        }
        else
        {
            Dispatch(socket, new IncomingEvent { Name = reassembler.Name, AckId = reassembler.Id, Complete = arguments });
        }
    }

    private Socket? Find(ReadOnlySpan<byte> name)
    {
        if (!_server.TryGet(name, out var ns))
        {
            return null;
        }

        lock (_gate)
        {
            return Find(ns);
        }
    }

    private Socket? Find(Namespace ns)
    {
        foreach (var socket in _sockets)
        {
            if (socket.Namespace == ns)
            {
                return socket;
            }
        }

        return null;
    }

    /// <summary>The client broke the protocol: its session ends.</summary>
    private void Violate(string problem)
    {
        Log.PacketRefused(_server.Logger, problem);
        _reassembler = null;
        Session.Close(CloseReason.ParseError);
    }

    private void OnPatienceEnded()
    {
        bool isIdle;
        lock (_gate)
        {
            isIdle = !_sockets.Exists(s => s.Phase != SocketPhase.Joining);
        }

        if (_reassembler is not null)
        {
            Violate("attachments withheld");
        }
        else if (isIdle)
        {
            Session.Close(CloseReason.ConnectTimeout);
        }
    }

    /// <summary>The end of waiting: for the first CONNECT, later for attachments.</summary>
    private sealed class PatienceDeadline(Connection connection) : Deadline
    {
        public override void OnDue() => connection.OnPatienceEnded();
    }
}
