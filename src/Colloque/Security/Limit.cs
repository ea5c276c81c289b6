namespace Colloque.Security;

/// <summary>Everything of which there can be too much. What each counts by is in its name: a person, a network, a sign-in.</summary>
public enum Limit
{
    /// <summary>Sign-ins tried from one network, for whatever account.</summary>
    LoginNetwork,

    /// <summary>Sign-ins tried for one account from networks that it has not signed in from before.</summary>
    LoginAccount,

    /// <summary>Sign-ins tried for one account from one network that it has signed in from before.</summary>
    LoginKnown,

    /// <summary>Sign-ins by passkey that are begun from one network.</summary>
    PasskeyOffer,

    /// <summary>Codes of a second factor tried for one account whose password came from a network it has not signed in from before.</summary>
    CodeAccount,

    /// <summary>Codes of a second factor tried for one account otherwise.</summary>
    CodeKnown,

    /// <summary>Passwords asked for again of one person who is signed in.</summary>
    PasswordCheck,

    /// <summary>Registrations, forgotten passwords and links of mails tried from one network.</summary>
    AccountNetwork,

    /// <summary>Refreshes from one network.</summary>
    RefreshNetwork,

    /// <summary>Refreshes with one and the same refresh token.</summary>
    RefreshToken,

    /// <summary>Set-up links tried from one network.</summary>
    SetupNetwork,

    /// <summary>Links into visits tried from one network.</summary>
    JoinNetwork,

    /// <summary>Codes sent for one link into a visit.</summary>
    JoinCode,

    /// <summary>Further invitations of one invited person, whoever asks for them.</summary>
    Invitation,

    /// <summary>Lists of people that one administrator imports.</summary>
    ListImport,

    /// <summary>Requests of one person, of any kind.</summary>
    HttpRequest,

    /// <summary>Video tokens of one person.</summary>
    VideoToken,

    /// <summary>What one person's clients report of rooms.</summary>
    RoomReport,

    /// <summary>Files that one person announces.</summary>
    FilePrepare,

    /// <summary>Files that one person confirms.</summary>
    FileConfirm,

    /// <summary>Download links that one person asks for.</summary>
    FileDownload,

    /// <summary>Pictures that one person sets.</summary>
    PictureUpload,

    /// <summary>Pictures looked at from one network.</summary>
    PictureNetwork,

    /// <summary>Calendars fetched from one network by their address.</summary>
    CalendarNetwork,

    /// <summary>Socket connections from one network.</summary>
    SocketConnect,

    /// <summary>Consultations joined or left by one person, with what is replayed to them.</summary>
    ConsultationJoin,

    /// <summary>Messages of one person.</summary>
    ChatSend,

    /// <summary>Edits, deletions and reactions of one person.</summary>
    ChatChange,

    /// <summary>Delivered and read marks of one person.</summary>
    ChatReceipt,

    /// <summary>Typing signals of one person.</summary>
    ChatTyping,

    /// <summary>Presence pings of one person.</summary>
    PresencePing,

    /// <summary>Calls that one person begins, answers, joins, leaves or ends.</summary>
    CallMove,

    /// <summary>Descriptions that one person's devices send another's.</summary>
    CallDescription,

    /// <summary>Candidates that one person's devices send others', and what these do: a microphone, a camera.</summary>
    CallSignal,

    /// <summary>Incidents that one person's devices tell of.</summary>
    CallIncident,

    /// <summary>Tests before a visit: credentials and results of one person.</summary>
    PreCallTest,

    /// <summary>Free times asked for; by person.</summary>
    SlotSearch,

    /// <summary>Searches of one person in their conversations.</summary>
    Search,

    /// <summary>Copies of conversations that one person takes.</summary>
    Export,

    /// <summary>Devices that one person asks pushes for.</summary>
    PushSubscribe,

    /// <summary>Refusals that are noted of one person, or of one network where nobody is signed in; more of the same would only fill the disk.</summary>
    AuditRefusal,
}

/// <summary>A bucket: how many at once, and how many a minute after that.</summary>
/// <param name="Burst">Tokens in a full bucket; at least 1.</param>
/// <param name="PerMinute">Tokens that come back in a minute; more than 0.</param>
public readonly record struct Rate(int Burst, double PerMinute);

/// <summary>Every limit of the product, on one screen. Settings override them: <c>Limits__ChatSend__Burst</c>, <c>Limits__ChatSend__PerMinute</c>.</summary>
public static class Rates
{
    /// <summary>The rate of a limit where no setting says otherwise.</summary>
    public static Rate Default(Limit limit) => limit switch
    {
        // A clinic's hundred people may share one address, so the network's bucket is wide and the account's narrow.
        Limit.LoginNetwork => new(120, 60),
        Limit.LoginAccount => new(10, 5),
        // Where the person signs in from day by day: several devices, a browser that forgot.
        Limit.LoginKnown => new(30, 15),
        // Each view of the sign-in page begins one.
        Limit.PasskeyOffer => new(240, 120),
        // Three codes of a million count at a time: at this rate a guesser who has the password needs years.
        Limit.CodeAccount => new(10, 0.5),
        Limit.CodeKnown => new(15, 2),
        Limit.PasswordCheck => new(10, 2),
        Limit.AccountNetwork => new(60, 30),
        Limit.RefreshNetwork => new(600, 600),
        Limit.RefreshToken => new(30, 10),
        Limit.SetupNetwork => new(10, 5),

        // A whole waiting room may share one address; a token cannot be guessed, its codes are counted one by one.
        Limit.JoinNetwork => new(120, 60),
        Limit.JoinCode => new(3, 0.5),
        Limit.Invitation => new(3, 0.1),
        Limit.ListImport => new(20, 6),

        Limit.HttpRequest => new(600, 3_000),
        Limit.VideoToken => new(60, 60),
        Limit.RoomReport => new(30, 30),
        Limit.FilePrepare => new(60, 60),
        Limit.FileConfirm => new(120, 120),
        Limit.FileDownload => new(240, 240),
        Limit.PictureUpload => new(20, 20),
        // Kept for a year by whoever has seen one.
        Limit.CalendarNetwork => new(300, 600),
        Limit.PictureNetwork => new(2_000, 6_000),

        Limit.SocketConnect => new(600, 600),
        Limit.ConsultationJoin => new(60, 120),
        // What a tunnel held back arrives at once.
        Limit.ChatSend => new(200, 1_200),
        Limit.ChatChange => new(60, 240),
        Limit.ChatReceipt => new(400, 2_400),
        Limit.ChatTyping => new(20, 120),
        // One ping in 10 s for each open tab and consultation.
        Limit.PresencePing => new(60, 240),
        // A call that is begun wakes somebody's phone.
        Limit.CallMove => new(30, 30),
        // Of up to 64 KB each. Three others, and each change of devices is one to each; a bad network restarts now and then.
        Limit.CallDescription => new(60, 120),
        // Some twenty candidates to each of three others, and again with each restart.
        Limit.CallSignal => new(400, 1_200),
        Limit.CallIncident => new(60, 30),
        Limit.PreCallTest => new(20, 10),
        // A year of slots is work; a calendar on a screen asks for a week.
        Limit.SlotSearch => new(120, 240),
        // Each opens up to all that one has.
        Limit.Search => new(30, 60),
        // Each opens a whole conversation, and tells the others.
        Limit.Export => new(5, 0.5),
        Limit.PushSubscribe => new(30, 10),
        Limit.AuditRefusal => new(600, 120),
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit without a rate."),
    };
}
