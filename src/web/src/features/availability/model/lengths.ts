/** Minutes that a visit usually takes; with those that are set, where they are none of these. */
export const lengths = (set?: number | null): number[] =>
  [...new Set([10, 15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, ...(set ? [set] : [])])].sort((a, b) => a - b);
