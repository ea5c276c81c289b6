namespace Colloque.Storage;

/// <summary>
/// Something outside the program keeps it from starting: a folder in use, a database of another version, a login with too
/// many rights. The message is one that an operator can act on; it is printed without a stack trace and the process ends with code 1.
/// </summary>
public sealed class StartRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
