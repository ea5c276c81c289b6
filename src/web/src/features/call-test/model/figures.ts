/** The one in the middle: what it usually takes, whatever single ones took. Null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Of a hundred; with one decimal. */
export const lossOf = (sent: number, came: number) =>
  sent === 0 ? 100 : Math.round(((sent - Math.min(came, sent)) / sent) * 1000) / 10;

export const kilobits = (bytes: number, milliseconds: number) =>
  milliseconds <= 0 ? 0 : Math.round((bytes * 8) / milliseconds);
