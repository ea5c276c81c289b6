/** Root mean square of a microphone's samples (-1 to 1): 0 is silence, speech near a microphone is 0.05 to 0.3. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}

/** Above this somebody speaks; a quiet room stays well below. */
export const speech = 0.02;
