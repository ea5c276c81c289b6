using Colloque.Notifications;
using Npgsql;
using NpgsqlTypes;

namespace Colloque.Accounts;

/// <summary>A statement that changes something and writes the mail that tells of it: both, or neither, also where the process is killed in the middle.</summary>
internal static class ToldStatement
{
    /// <summary>One row, one text: what the function answered.</summary>
    /// <param name="call">Of a function, with its arguments as <c>$1</c> and so on.</param>
    /// <param name="arguments">In order.</param>
    /// <param name="done">The answer that makes the mail true; null: any.</param>
    /// <param name="mail">Null: nobody is to be told.</param>
    internal static (string Sql, NpgsqlParameter[] Parameters) Of(string call, NpgsqlParameter[] arguments, string? done, QueuedMail? mail)
    {
        var first = arguments.Length + 1;
        return mail is null
            ? ($"select ({call})::text", arguments)
            : ($"""
                with changed as materialized (select ({call})::text as outcome),
                told as (insert into mails (id, kind, user_id, language, sealed, bulk, created_at, due_at)
                  select ${first}, ${first + 1}, ${first + 2}, ${first + 3}, ${first + 4}, false, ${first + 5}, ${first + 5} from changed where ${first + 6}::text is null or outcome = ${first + 6})
                select outcome from changed
                """,
                [
                    .. arguments, new() { Value = mail.Id }, new() { Value = mail.Kind }, new() { Value = mail.UserId }, new() { Value = mail.Language },
                    new() { Value = mail.Sealed }, new() { Value = mail.At }, new() { Value = (object?)done ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                ]);
    }
}
