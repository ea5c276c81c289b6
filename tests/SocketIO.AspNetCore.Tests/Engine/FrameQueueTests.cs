using SocketIO.AspNetCore.Engine;

namespace SocketIO.AspNetCore.Tests.Engine;

public sealed class FrameQueueTests
{
    [Fact]
    public void It_behaves_as_a_queue()
    {
        var random = new Random(4);
        var queue = default(FrameQueue);
        var model = new Queue<int>();
        for (var step = 0; step < 20_000; step++)
        {
            // Waves, so that it grows and runs empty again and again.
            if (random.Next(100) < (step / 500 % 2 == 0 ? 70 : 30))
            {
                queue.Enqueue(Frame.Text(BitConverter.GetBytes(step)));
                model.Enqueue(step);
            }
            else if (model.Count > 0)
            {
                Assert.Equal(model.Peek(), BitConverter.ToInt32(queue.Peek().Payload.Span));
                Assert.Equal(model.Dequeue(), BitConverter.ToInt32(queue.Dequeue().Payload.Span));
            }

            Assert.Equal(model.Count, queue.Count);
        }
    }
}
