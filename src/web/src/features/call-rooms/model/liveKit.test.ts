import { EventEmitter } from 'node:events';
import { type Room, RoomEvent } from 'livekit-client';
import { expect, test } from 'vitest';
import { openLiveKit } from './liveKit';

/** A room of which the test decides what happens, and when. */
class FakeRoom extends EventEmitter {
  localParticipant = {
    identity: 'me',
    isMicrophoneEnabled: false,
    isCameraEnabled: false,
    isScreenShareEnabled: false,
    getTrackPublication: () => undefined,
    setMicrophoneEnabled: async () => undefined,
    setCameraEnabled: async () => undefined,
  };
  remoteParticipants = new Map();
  connect = async () => undefined as unknown;
  disconnect = async () => undefined;
}

function open() {
  const room = new FakeRoom();
  return { room, session: openLiveKit('wss://media.example', 'token', room as unknown as Room) };
}

test('who cannot come in is told so, also when the line ends before the try does', async () => {
  const { room, session } = open();
  room.connect = async () => {
    room.emit(RoomEvent.Disconnected);
    throw new Error('away');
  };
  await session.enter(true);
  expect(session.getState().phase).toBe('failed');
  room.emit(RoomEvent.Disconnected);
  expect(session.getState().phase).toBe('failed');
});

test('who was in is out when the room ends, and not when they leave', async () => {
  const { room, session } = open();
  await session.enter(true);
  expect(session.getState().phase).toBe('in');
  room.emit(RoomEvent.Reconnecting);
  expect(session.getState().phase).toBe('again');
  room.emit(RoomEvent.Disconnected);
  expect(session.getState().phase).toBe('over');

  const left = open();
  await left.session.enter(false);
  left.session.leave();
  left.room.emit(RoomEvent.Disconnected);
  expect(left.session.getState().phase).toBe('in');
});
