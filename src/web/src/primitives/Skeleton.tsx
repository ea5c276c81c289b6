/** The shape of what is coming. Says what it waits for to those who do not see it. */
export function Skeleton({ label, lines }: { label: string; lines: readonly string[] }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">{label}</span>
      {lines.map((shape) => (
        <div key={shape} aria-hidden="true" className={`breathing rounded-inner bg-line ${shape}`} />
      ))}
    </div>
  );
}
