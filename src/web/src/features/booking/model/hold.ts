/** Milliseconds that the server keeps a time for a patient who decides. */
const holdLength = 5 * 60_000;

/**
 * When a hold ends by this device's clock (milliseconds since 1970). A device whose clock is wrong would believe it over at once,
 * or good for ever: then the known length counts from the moment at which it was told.
 */
export function endOfHold(expiresAt: string, toldAt: number, longest = holdLength): number {
  const left = Date.parse(expiresAt) - toldAt;
  return toldAt + (left > 0 && left <= longest ? left : longest);
}

/** "4:05". */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(Math.ceil(milliseconds / 1_000), 0);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What a screen reader is told while it runs down: not every second, but when it matters. */
export function isWorthSaying(seconds: number): boolean {
  return seconds === 120 || seconds === 60 || seconds === 30;
}
