import { expect, test } from 'vitest';
import { createSampling } from './sampling';

const report = (picture: { sent: number; lost: number }, sound: { sent: number; lost: number }, bits?: number) =>
  Object.entries({
    pair: {
      type: 'candidate-pair',
      nominated: true,
      state: 'succeeded',
      currentRoundTripTime: 0.25,
      ...(bits && { availableOutgoingBitrate: bits }),
    },
    other: { type: 'candidate-pair', nominated: false, state: 'succeeded', currentRoundTripTime: 9 },
    audio: { type: 'outbound-rtp', kind: 'audio', packetsSent: sound.sent },
    audioThere: { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: sound.lost },
    video: { type: 'outbound-rtp', kind: 'video', packetsSent: picture.sent },
    videoThere: { type: 'remote-inbound-rtp', kind: 'video', fractionLost: picture.lost },
  });

test('a second is judged by the way in use, and by the worse of what is being sent', () => {
  const sample = createSampling();
  const quiet = { sent: 50, lost: 0 };
  expect(sample(report({ sent: 100, lost: 0.1 }, quiet, 640_000))).toEqual({
    kilobits: 640,
    loss: 0.1,
    roundTrip: 250,
  });
  expect(sample(report({ sent: 200, lost: 0.02 }, { sent: 60, lost: 0.3 }, 80_000))).toEqual({
    kilobits: 80,
    loss: 0.3,
    roundTrip: 250,
  });
});

test('what was lost of a picture that is not sent any more says nothing of now', () => {
  const sample = createSampling();
  sample(report({ sent: 100, lost: 0.4 }, { sent: 50, lost: 0 }));
  expect(sample(report({ sent: 100, lost: 0.4 }, { sent: 60, lost: 0 })).loss).toBe(0);
  expect(sample(report({ sent: 100, lost: 0.4 }, { sent: 60, lost: 0 })).loss).toBeNull();
});
