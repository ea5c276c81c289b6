import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../primitives/CopyLine';
import { Notice } from '../../../primitives/Notice';

/** The address, this once, and what to do with it. */
export function NewAddress({ url }: { url: string }) {
  const { t } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is a new page to read.
  useEffect(() => head.current?.focus(), [url]);
  return (
    <div className="fade-in flex w-full max-w-2xl flex-col gap-5">
      <h2 ref={head} tabIndex={-1} className="font-bold text-title outline-none">
        {t('feed.madeTitle')}
      </h2>
      <Notice tone="waiting">{t('feed.once')}</Notice>
      <CopyLine label={t('feed.address')} text={url} copy={t('feed.copy')} copied={t('feed.copied')} />
      <p>
        <a
          // The same address in the scheme that a device's own calendar answers to.
          href={url.replace(/^https?:/, 'webcal:')}
          className="inline-flex min-h-11 items-center font-semibold text-brand underline-offset-4 hover:underline"
        >
          {t('feed.open')}
        </a>
      </p>
      <div className="flex flex-col gap-2">
        <h3 className="font-semibold">{t('feed.how')}</h3>
        <dl className="flex flex-col gap-2.5 text-ink-soft">
          {(['google', 'apple', 'outlook'] as const).map((calendar) => (
            <div key={calendar} className="grid gap-x-6 tablet:grid-cols-[9rem_1fr]">
              <dt className="font-semibold text-ink">{t(`feed.how.${calendar}`)}</dt>
              <dd>{t(`feed.how.${calendar}Text`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
