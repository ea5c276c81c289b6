using System.Net;

namespace Colloque.Load.Chat;

/// <summary>What a chat run does.</summary>
internal sealed class ChatSettings
{
    private const string Sentence = "The pain has been less since Tuesday, but I still wake up at night when I turn over. ";

    private readonly IReadOnlyList<Pair> pairs;

    /// <summary>Reads the options of the mode.</summary>
    /// <exception cref="FormatException">One is missing or out of range.</exception>
    public ChatSettings(Options options)
    {
        Url = options.Url();
        Address = new IPEndPoint(IPAddress.Parse(Url.Host == "localhost" ? "127.0.0.1" : Url.Host), Url.Port);
        pairs = Pair.Read(options.Required("pairs"), options.Number("consultations", 50));
        InFlight = options.Number("in-flight", 1);
        Rate = options.Number("rate", 0);
        Seconds = options.Number("seconds", 10);
        WarmUp = options.Number("warm-up", 3);
        Chaos = options.Has("chaos");
        var length = options.Number("text-bytes", 80);
        if (length is < 1 or > 8000)
            throw new FormatException("--text-bytes is 1 to 8000.");
        Text = string.Concat(Enumerable.Repeat(Sentence, (length / Sentence.Length) + 1))[..length].TrimEnd().PadRight(length, '.');
        // Two runs on the same consultations must not share their ids.
        Run = BitConverter.ToUInt32(Guid.CreateVersion7().ToByteArray(), 12);
    }

    /// <summary>The server.</summary>
    public Uri Url { get; }

    /// <summary>The same, as an address to connect to.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Messages each side keeps on the way, in a closed loop.</summary>
    public int InFlight { get; }

    /// <summary>Messages a second of all together; 0 is the closed loop.</summary>
    public int Rate { get; }

    /// <summary>Length of the measured part.</summary>
    public int Seconds { get; }

    /// <summary>Seconds of the same load before, not measured.</summary>
    public int WarmUp { get; }

    /// <summary>Whether the run goes on over lost connections and a failing database.</summary>
    public bool Chaos { get; }

    /// <summary>What every message says.</summary>
    public string Text { get; }

    /// <summary>What its message ids begin with.</summary>
    public uint Run { get; }

    /// <summary>Two of every consultation.</summary>
    public int Clients => pairs.Count * 2;

    /// <summary>How many consultations.</summary>
    public int Consultations => pairs.Count;

    /// <summary>Whether what closes now is meant to.</summary>
    public bool Finished { get; set; }

    /// <summary>The consultation of a client.</summary>
    public Pair PairOf(int client) => pairs[client / 2];

    /// <summary>Its token: the practitioner's are even.</summary>
    public string TokenOf(int client) => client % 2 == 0 ? PairOf(client).PractitionerToken : PairOf(client).PatientToken;
}
