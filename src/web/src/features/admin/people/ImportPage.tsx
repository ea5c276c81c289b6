import { useQuery, useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { fileSize } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { cancelImport, type ImportResult, runningImport, sendList } from '../api/people';
import { PageHead } from '../components/PageHead';
import { ImportOutcome } from './ImportOutcome';

/** Choose a list, see what it would do, then do it. */
export function ImportPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const { busy, problem, run, forget } = useAct();
  const progress = useQuery({
    queryKey: [...queryKeys.allPeople, 'running'],
    queryFn: async () => (await runningImport()) ?? null,
    enabled: busy,
    refetchInterval: 1_000,
  });

  async function send(list: File, dryRun: boolean) {
    await run(async () => setResult(await sendList(list, dryRun)));
    if (!dryRun) void queries.invalidateQueries({ queryKey: queryKeys.allPeople });
  }

  function choose(list: File | undefined) {
    if (!list) return;
    forget();
    setResult(null);
    setFile(list);
    void send(list, true);
  }

  const done = result && !result.dryRun;
  const would = result ? result.created + result.updated : 0;
  return (
    <div className="flex flex-col gap-6">
      <PageHead title={t('import.title')} text={t('import.text')} />
      <details className="measure">
        <summary className="cursor-pointer py-2 font-semibold text-brand">{t('import.how')}</summary>
        <p className="py-2 text-ink-soft">{t('import.howText')}</p>
        <pre className="overflow-x-auto rounded-outer bg-well p-4 text-small">
          email;prénom;nom;service;poste;téléphone{'\n'}lea@example.org;Léa;Martin;Paie;Comptable;
        </pre>
      </details>
      <div className="flex flex-wrap items-center gap-3">
        <Button look={file ? 'quiet' : 'primary'} onPress={() => input.current?.click()}>
          <FileSpreadsheet aria-hidden="true" className="size-5" />
          {file ? t('import.other') : t('import.choose')}
        </Button>
        {file && (
          <span className="text-ink-soft">
            {file.name} · {fileSize(file.size)}
          </span>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,text/csv,text/plain"
        aria-label={t('import.choose')}
        onChange={({ target }) => {
          choose(target.files?.[0]);
          target.value = '';
        }}
      />
      {busy && (
        <div role="status" className="flex flex-wrap items-center gap-4">
          <progress aria-label={t('import.reading')} className="h-2 w-48" />
          <span>{t('import.rows', { count: progress.data?.rowsRead ?? 0 })}</span>
          {progress.data && (
            <Button look="plain" onPress={() => void cancelImport(progress.data?.id ?? '')}>
              {t('action.cancel')}
            </Button>
          )}
        </div>
      )}
      <Refused problem={problem} />
      {!busy && result && <ImportOutcome result={result} />}
      {!busy && result?.dryRun && file && (
        <div className="flex flex-wrap gap-3">
          <Button isDisabled={would === 0} onPress={() => void send(file, false)}>
            {t('import.go', { count: would })}
          </Button>
        </div>
      )}
      {done && <Notice tone="done">{t('import.done')}</Notice>}
      <Link to="/people" className="inline-flex min-h-11 items-center self-start font-semibold text-brand">
        {t('import.back')}
      </Link>
    </div>
  );
}
