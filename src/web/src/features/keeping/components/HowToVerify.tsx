import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../primitives/CopyLine';

/** With what, and against which key, anybody finds out whether a copy is what the server wrote. */
export function HowToVerify({ file }: { file: string }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('copy.verify')} className="flex flex-col gap-2">
      <p className="text-ink-soft">{t('copy.verifyText')}</p>
      <CopyLine
        label={t('copy.verify')}
        text={`Colloque.Server verify-export ${file} ${file}.sig --key audit-public.pem`}
        copy={t('copy.copy')}
        copied={t('copy.copied')}
      />
      <p className="text-ink-soft text-small">{t('copy.verifyKey')}</p>
    </section>
  );
}
