using System.Text.Json.Serialization;
using Colloque.Server.Http;

namespace Colloque.Server.Contracts.Platform;

/// <summary>A notice. Its words are of the language that is asked for, and say nothing of health.</summary>
public sealed record NotificationAnswer(
    Guid Id, string Type, string Title, string Message, string LinkUrl, Guid? ConsultationId, DateTime StartsAt, bool IsRead, DateTime? ReadAt, DateTime CreatedAt,
    Guid? ConversationId);

/// <summary>A page of them.</summary>
public sealed record NotificationPage(IReadOnlyList<NotificationAnswer> Items, int UnreadCount, PageInfo PageInfo);

/// <summary>What comes by mail.</summary>
public sealed record NotificationMail(bool? Changes, bool? Reminders, bool? Messages);

/// <summary>What comes to the devices that asked for it.</summary>
public sealed record NotificationPush(bool? Messages);

/// <summary>When neither mail nor push tells of messages: <c>HH:mm</c> on the clocks of a zone. Where <c>enabled</c> is true, the others are needed.</summary>
public sealed record NotificationQuiet(bool? Enabled, string? From, string? To, string? TimeZone, bool? UrgentPasses);

/// <summary>A person's choices; in a request, what is absent stays.</summary>
public sealed record NotificationSettings(NotificationMail? Mail, IReadOnlyList<int>? ReminderMinutes, NotificationPush? Push, NotificationQuiet? QuietHours);

/// <summary>Whether one's calendar has an address of its own. The address is shown when it is made, and never again.</summary>
public sealed record CalendarFeedAnswer(bool Active, DateTime? CreatedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(NotificationPage))]
[JsonSerializable(typeof(NotificationSettings))]
[JsonSerializable(typeof(CalendarFeedAnswer))]
internal sealed partial class NotificationsJson : JsonSerializerContext;
