/** The name of the house, and its sign: an open circle, and someone in it. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5 font-bold text-large tracking-tight">
      <img src="/favicon.svg" alt="" width="26" height="26" />
      Colloque
    </span>
  );
}
