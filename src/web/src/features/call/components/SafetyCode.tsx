import { useTranslation } from 'react-i18next';
import { type SignName, signs } from '../model/signs';

const drawn = new Map<SignName, string>(signs);

/** What both read to each other: the same signs for both, unless somebody sits between. */
export function SafetyCode({ name, code }: { name: string; code: readonly SignName[] | null }) {
  const { t } = useTranslation();
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('call.code')}</h3>
      {code ? (
        <>
          <ol aria-label={t('call.code')} className="grid grid-cols-4 gap-x-1 gap-y-2 rounded-outer bg-well px-1 py-3">
            {code.map((sign, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sign may come twice, and none ever moves.
              <li key={place} className="flex flex-col items-center gap-0.5 text-center">
                <span aria-hidden="true" className="text-lead">
                  {drawn.get(sign)}
                </span>
                <span className="text-small">{t(`sign.${sign}`)}</span>
              </li>
            ))}
          </ol>
          <p className="text-ink-soft">{t('call.codeText', { name })}</p>
        </>
      ) : (
        <p className="text-ink-soft">{t('call.codeWaiting')}</p>
      )}
    </section>
  );
}
