import { useQueryClient } from '@tanstack/react-query';
import { FileText, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { fileSize, shortDate } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Button, IconButton } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { Question } from '../../../primitives/Question';
import { SelectField } from '../../../primitives/SelectField';
import {
  addDocument,
  type DocumentKind,
  documentKinds,
  documentTypes,
  type PracticeDocument,
  removeDocument,
} from '../api/practice';

interface DocumentsProps {
  documents: readonly PracticeDocument[];
  verified: boolean;
}

/** The papers that the platform's administrators compare with the profile. */
export function Documents({ documents, verified }: DocumentsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<DocumentKind>('DIPLOMA');
  const [going, setGoing] = useState<PracticeDocument | null>(null);
  const [sending, setSending] = useState('');
  const { busy, problem, run } = useAct();
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.practice });

  async function add(file: File | undefined) {
    if (!file) return;
    setSending(file.name);
    if (await run(() => addDocument(kind, file))) await refresh();
  }

  return (
    <section aria-labelledby="documents" className="flex flex-col items-start gap-4 border-line border-t pt-6">
      <div className="measure flex flex-col gap-1">
        <h2 id="documents" className="font-semibold text-large">
          {t('documents.title')}
        </h2>
        <p className="text-ink-soft">{t('documents.text')}</p>
      </div>
      {verified && <Notice tone="done">{t('documents.verified')}</Notice>}
      {documents.length === 0 && <p className="text-ink-soft">{t('documents.none')}</p>}
      {documents.length > 0 && (
        <ul className="w-full border-line border-t">
          {documents.map((document) => (
            <li key={document.id} className="flex items-center gap-3 border-line border-b py-2">
              <FileText aria-hidden="true" className="size-5 shrink-0 text-ink-soft" />
              <span className="flex min-w-0 flex-1 flex-col">
                <span className="font-semibold">{document.filename}</span>
                <span className="text-ink-soft text-small">
                  {t(`documents.${document.kind}`)} · {fileSize(document.sizeBytes)} · {shortDate(document.createdAt)}
                </span>
              </span>
              <IconButton label={t('documents.remove', { name: document.filename })} onPress={() => setGoing(document)}>
                <Trash2 aria-hidden="true" className="size-5" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Refused problem={problem} />
      <div className="flex w-full flex-wrap items-end gap-3">
        <div className="min-w-56">
          <SelectField<DocumentKind>
            label={t('documents.kind')}
            value={kind}
            options={documentKinds.map((value) => ({ value, label: t(`documents.${value}`) }))}
            onChange={setKind}
          />
        </div>
        <Button
          look="quiet"
          busy={busy && t('documents.sending', { name: sending })}
          onPress={() => input.current?.click()}
        >
          {t('documents.add')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={documentTypes.join(',')}
        aria-label={t('documents.add')}
        onChange={({ target }) => {
          void add(target.files?.[0]);
          target.value = '';
        }}
      />
      {going && (
        <Question
          title={t('documents.removeTitle')}
          text={t('documents.removeText', { name: going.filename })}
          confirm={t('documents.removeConfirm')}
          busy={t('passkeys.removing')}
          failed={t('devices.endFailed')}
          act={async () => {
            await removeDocument(going.id);
            await refresh();
          }}
          onClose={() => setGoing(null)}
        />
      )}
    </section>
  );
}
