interface WaveformProps {
  /** Heights, 0 to 1. */
  bars: readonly number[];
  /** How much of it has been heard, 0 to 1. */
  played?: number;
}

/** What a voice looks like. A picture beside words that say the same: silent to screen readers. */
export function Waveform({ bars, played = 1 }: WaveformProps) {
  const line = bars
    .map((bar, index) => {
      const half = Math.max(0.02, bar * 0.46);
      return `M${index + 0.5} ${0.5 - half}V${0.5 + half}`;
    })
    .join('');
  const drawn = (tone: string, hidden: number) => (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${bars.length} 1`}
      preserveAspectRatio="none"
      className={`absolute inset-0 size-full ${tone}`}
      style={{ clipPath: `inset(0 ${hidden * 100}% 0 0)` }}
    >
      <path
        d={line}
        fill="none"
        stroke="currentColor"
        strokeWidth={2.5}
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
  return (
    <span className="pointer-events-none absolute inset-0">
      {played < 1 && drawn('text-ink-faint', 0)}
      {drawn('text-brand', 1 - played)}
    </span>
  );
}
