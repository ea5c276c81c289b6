import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { fileSize } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { type Candidate, paperLink, usePapers, verifyPapers } from '../api/practitioners';

/** The papers behind a profile, and whether they have been compared with it. */
export function Papers({ candidate, onChanged }: { candidate: Candidate; onChanged(): void }) {
  const { t } = useTranslation();
  const papers = usePapers(candidate.id);
  const { problem, run } = useAct();

  const open = (paper: string) =>
    run(async () => {
      // The answer is an attachment: the browser keeps the page and saves the file.
      window.location.assign(await paperLink(candidate.id, paper));
    });

  return (
    <section aria-label={t('practitioners.papers')} className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('practitioners.papers')}</h3>
      <Loaded query={papers} lines={['h-11 w-full']}>
        {(items) =>
          items.length === 0 ? (
            <p className="text-ink-soft">{t('practitioners.noPapers')}</p>
          ) : (
            <ul className="border-line border-t">
              {items.map((paper) => (
                <li key={paper.id} className="flex flex-wrap items-center gap-3 border-line border-b py-1">
                  <FileText aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
                  <span className="min-w-0 flex-1 break-words">
                    {paper.filename}
                    <span className="text-ink-soft text-small">
                      {' '}
                      · {t(`practitioners.paper.${paper.kind}`)} · {fileSize(paper.sizeBytes)}
                    </span>
                  </span>
                  <Button
                    look="plain"
                    aria-label={t('practitioners.openPaper', { name: paper.filename })}
                    onPress={() => void open(paper.id)}
                  >
                    {t('practitioners.download')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <label className="flex min-h-11 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={candidate.documentsVerified}
          onChange={async ({ target: { checked } }) =>
            (await run(() => verifyPapers(candidate.id, checked))) && onChanged()
          }
          className="size-5 accent-brand"
        />
        {t('practitioners.verified')}
      </label>
      <Refused problem={problem} />
    </section>
  );
}
