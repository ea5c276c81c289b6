/** One's own way into a room that is not held from browser to browser. */
export interface OtherRoomEntry {
  /** livekit or jitsi. */
  provider: string;
  /** wss://… of LiveKit, https://domain/room of Jitsi. */
  url: string | null;
  token: string | null;
}

export interface OtherRoomProps {
  entry: OtherRoomEntry;
  /** One has left, or the room is over. */
  onLeave(): void;
  /** Somebody's name by their id: a media server is told no names. */
  nameOf?: ((id: string) => string | undefined) | undefined;
  /** What the record is told, once each. */
  report?: ((what: 'ROOM_JOINED' | 'ROOM_LEFT') => void) | undefined;
}
