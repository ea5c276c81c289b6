import { Check, Copy, Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';

interface RecoveryCodesProps {
  codes: readonly string[];
  email: string;
  onKept(): void;
}

/** Shown once: with three ways to keep them, before the one way on. */
export function RecoveryCodes({ codes, email, onKept }: RecoveryCodesProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const title = t('codes.file', { email });

  async function copy() {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  }

  function save() {
    const url = URL.createObjectURL(new Blob([`${title}\r\n\r\n${codes.join('\r\n')}\r\n`], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'colloque-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <section className="fade-in flex flex-col gap-5" aria-labelledby="codes">
      <div className="measure flex flex-col gap-2">
        <h1 id="codes" className="font-bold text-lead">
          {t('codes.title')}
        </h1>
        <p className="text-ink-soft text-large">{t('codes.text')}</p>
      </div>
      <div className="printed">
        <p className="mb-3 hidden print:block">{title}</p>
        <ul className="grid max-w-md grid-cols-2 gap-x-6 gap-y-2 rounded-outer border border-line bg-sheet p-5 font-semibold text-large">
          {codes.map((code) => (
            <li key={code} className="tracking-wide">
              {code}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button look="quiet" onPress={copy}>
          {copied ? <Check aria-hidden="true" className="size-4" /> : <Copy aria-hidden="true" className="size-4" />}
          <span aria-live="polite">{t(copied ? 'codes.copied' : 'codes.copy')}</span>
        </Button>
        <Button look="quiet" onPress={() => window.print()}>
          <Printer aria-hidden="true" className="size-4" />
          {t('codes.print')}
        </Button>
        <Button look="quiet" onPress={save}>
          <Download aria-hidden="true" className="size-4" />
          {t('codes.save')}
        </Button>
      </div>
      <div>
        <Button onPress={onKept}>{t('codes.kept')}</Button>
      </div>
    </section>
  );
}
