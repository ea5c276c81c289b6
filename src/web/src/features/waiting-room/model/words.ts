/** Whole minutes until a person's turn: what is nearly over is one minute, never none. Null where nothing is known, or it has passed. */
export function minutesUntil(expectedAt: string | null, now: number): number | null {
  if (!expectedAt) return null;
  const minutes = Math.ceil((Date.parse(expectedAt) - now) / 60_000);
  return minutes >= 1 ? minutes : null;
}
