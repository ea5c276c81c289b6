using Colloque.Calls;
using Colloque.Server.Calls;
using SocketIO.AspNetCore;

namespace Colloque.Server.Contracts.Platform;

/// <summary>
/// A device of document 001 in a call. Such a client makes its offer before it calls, and knows nothing of offers that meet: what it says before there is anybody to
/// hear it waits here, and an offer to one who waits for an answer is let go, for the other side gives way.
/// </summary>
internal sealed class AudioCallLine(Socket socket, Guid consultation) : ICallLine
{
    /// <summary>Candidates that wait; a browser gathers some twenty.</summary>
    private const int Most = 64;

    private readonly Lock gate = new();
    private readonly List<CallSignal> waiting = [];
    private bool awaitsAnswer;

    /// <inheritdoc/>
    public string SocketId => socket.Id;

    internal Guid Consultation { get; } = consultation;

    /// <summary>The call it is in; empty before.</summary>
    internal Guid CallId { get; private set; }

    /// <summary>Its place there.</summary>
    internal Guid PeerId { get; private set; }

    internal void Seat(CallPlace place)
    {
        lock (gate)
        {
            (CallId, PeerId) = (place.Call.Id, place.PeerId);
        }
    }

    /// <summary>Keeps a signal until there is somebody to hear it. A newer offer takes the place of the one before, and of its candidates.</summary>
    internal void Keep(CallSignal signal)
    {
        lock (gate)
        {
            if (signal.Description is not null && waiting.Exists(static s => s.Description is not null))
            {
                waiting.Clear();
            }

            if (waiting.Count < Most)
            {
                // Events of one socket may be worked on side by side: a description goes before its candidates.
                waiting.Insert(signal.Description is null ? waiting.Count : 0, signal);
            }
        }
    }

    /// <summary>Takes out what waits.</summary>
    internal CallSignal[] Take()
    {
        lock (gate)
        {
            CallSignal[] all = [.. waiting];
            waiting.Clear();
            return all;
        }
    }

    /// <summary>It has made an offer that is not answered, said already or not.</summary>
    internal bool HasOffered
    {
        get
        {
            lock (gate)
            {
                return awaitsAnswer || waiting.Exists(static s => s.Description is { Type: "offer" });
            }
        }
    }

    /// <summary>Lets its offer go.</summary>
    internal void GiveWay()
    {
        lock (gate)
        {
            waiting.Clear();
            awaitsAnswer = false;
        }
    }

    /// <summary>Notes what it said: after an offer it waits for an answer.</summary>
    internal void Said(CallSignal signal)
    {
        lock (gate)
        {
            awaitsAnswer = signal.Description is { } d ? d.Type == "offer" : awaitsAnswer;
        }
    }

    /// <inheritdoc/>
    public void Tell(CallPicture picture, Guid from, CallSignal signal)
    {
        switch (signal.Description)
        {
            case null:
                var c = signal.Candidate;
                socket.Emit("webrtc:ice-candidate", new AudioIce(Consultation, c is null ? null : new(c.Candidate, c.SdpMid, c.SdpMLineIndex, c.UsernameFragment)), AudioCallJson.Default.AudioIce);
                break;
            case { Type: "offer" } offer when !Waits(false) || GivesWay(picture, from):
                socket.Emit("webrtc:offer", new AudioOffer(Consultation, new(offer.Type, offer.Sdp)), AudioCallJson.Default.AudioOffer);
                break;
            case { Type: "answer" } answer when Waits(true):
                socket.Emit("webrtc:answer", new AudioAnswer(Consultation, new(answer.Type, answer.Sdp)), AudioCallJson.Default.AudioAnswer);
                break;
        }
    }

    /// <inheritdoc/>
    public void Show(CallPicture picture)
    {
        // Document 001 has no word for a microphone that is off.
    }

    /// <summary>Both have made an offer, at nodes that could not know of each other's: the first one's holds.</summary>
    private bool GivesWay(CallPicture picture, Guid from)
    {
        var members = picture.Call.Members;
        if (members.FirstOrDefault(m => m.PeerId == from) is not { } other || members.FirstOrDefault(m => m.PeerId == PeerId) is not { } own
            || AudioDevices.OrderOf(other) > AudioDevices.OrderOf(own))
        {
            return false;
        }

        GiveWay();
        return true;
    }

    private bool Waits(bool noMore)
    {
        lock (gate)
        {
            var waits = awaitsAnswer;
            awaitsAnswer &= !noMore;
            return waits;
        }
    }
}
