/** Bars that a waveform is drawn with. */
export const bars = 36;

/** Loudness of some samples, 0 to 1: the root of their mean square, as ears hear loudness, not as numbers count it. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / Math.max(samples.length, 1)) * 3.5) ** 0.6;
}

/** As many bars as asked for, however many levels there are; the loudest fills its height unless all is all but silent. */
export function squeezed(levels: readonly number[], count = bars): number[] {
  const loudest = Math.max(0.2, ...levels);
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    return Math.max(0, ...levels.slice(from, to)) / loudest;
  });
}

/** The bars of a sound that is there as samples. */
export function barsOf(samples: Float32Array, count = bars): number[] {
  const width = Math.max(1, Math.floor(samples.length / count));
  return squeezed(
    Array.from({ length: count }, (_, bar) => loudness(samples.subarray(bar * width, (bar + 1) * width))),
    count,
  );
}

/** Minutes and seconds, as a clock counts them. */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
