/** Quantities beside each other, drawn and written. */
export function Bars({ title, items }: { title: string; items: readonly { label: string; value: number }[] }) {
  const most = Math.max(...items.map(({ value }) => value), 1);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="font-semibold">{title}</figcaption>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-2">
        {items.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-ink-soft">{label}</dt>
            <dd aria-hidden="true">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-full" aria-hidden="true">
                <rect width="100" height="8" rx="2" className="fill-line" />
                <rect width={(100 * value) / most} height="8" rx="2" className="fill-brand" />
              </svg>
            </dd>
            <dd className="text-right tabular-nums">{number.format(value)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
