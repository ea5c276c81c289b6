/** Says what it waits for, but only once the wait can be felt (see .late). */
export function Quiet({ words }: { words: string }) {
  return (
    <p role="status" className="late grid min-h-60 place-items-center text-ink-soft">
      {words}
    </p>
  );
}
