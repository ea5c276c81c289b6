namespace SocketIO.AspNetCore.Tests.Conformance.Support;

/// <summary>How a client carries its packets. Public, because test methods take it.</summary>
public enum Transport
{
    Polling,
    WebSocket,
}

/// <summary>For rules that hold whatever the transport.</summary>
internal sealed class OverBothTransportsAttribute() : Xunit.v3.DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Transport>(Transport.Polling), new TheoryDataRow<Transport>(Transport.WebSocket)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
