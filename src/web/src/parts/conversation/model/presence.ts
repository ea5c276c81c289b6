/** Who is in the room now, and who is writing. */
export interface Presence {
  readonly online: ReadonlySet<string>;
  /** Of the list that says so: an older one, which came by another way, changes nothing. */
  readonly revision: number;
  /** Who writes, and until when that is believed without hearing it again (milliseconds since 1970). */
  readonly typing: ReadonlyMap<string, number>;
}

export type PresenceEvent =
  | { type: 'present'; userIds: readonly string[]; revision: number }
  | { type: 'typing'; userId: string; typing: boolean; now: number }
  | { type: 'wrote'; userId: string }
  | { type: 'ticked'; now: number }
  | { type: 'lineLost' };

export const nobody: Presence = { online: new Set(), revision: 0, typing: new Map() };

/** A "typing" that is not repeated is over after this many milliseconds. */
export const typingLasts = 6_000;

export function presence(state: Presence, event: PresenceEvent): Presence {
  switch (event.type) {
    case 'present': {
      if (event.revision < state.revision) return state;
      const online = new Set(event.userIds);
      return { online, revision: event.revision, typing: keep(state.typing, (userId) => online.has(userId)) };
    }
    case 'typing': {
      const typing = new Map(state.typing);
      if (event.typing) typing.set(event.userId, event.now + typingLasts);
      else typing.delete(event.userId);
      return { ...state, typing };
    }
    case 'wrote':
      return { ...state, typing: keep(state.typing, (userId) => userId !== event.userId) };
    case 'ticked':
      return { ...state, typing: keep(state.typing, (_, until) => until > event.now) };
    case 'lineLost':
      return nobody;
  }
}

function keep(typing: ReadonlyMap<string, number>, wanted: (userId: string, until: number) => boolean) {
  const kept = [...typing].filter(([userId, until]) => wanted(userId, until));
  return kept.length === typing.size ? typing : new Map(kept);
}
