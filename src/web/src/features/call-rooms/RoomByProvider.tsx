import { Video } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { useProblemWords } from '../shell';
import type { OtherRoomEntry, OtherRoomProps } from './model/entry';
import { OtherRoom } from './OtherRoom';

interface RoomByProviderProps extends Pick<OtherRoomProps, 'nameOf' | 'report'> {
  /** Asks for one's own way in; asked anew for each time one goes in. */
  ask(): Promise<OtherRoomEntry>;
  /** Whether the picture has the page now. */
  onStage(on: boolean): void;
  /** The call from browser to browser, where no media server is set up. */
  children: ReactNode;
}

/** The visit's picture and sound by whatever means its organization has chosen. */
export function RoomByProvider({ ask, onStage, nameOf, report, children }: RoomByProviderProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [provider, setProvider] = useState<string | null>(null);
  const [entry, setEntry] = useState<OtherRoomEntry | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let gone = false;
    ask().then(
      (found) => !gone && setProvider(found.provider),
      // The offer stays; whoever presses it is told why not.
      () => !gone && setProvider('unknown'),
    );
    return () => {
      gone = true;
    };
  }, [ask]);
  const staged = entry !== null;
  useEffect(() => {
    if (!staged) return;
    onStage(true);
    return () => onStage(false);
  }, [staged, onStage]);
  const onLeave = useCallback(() => setEntry(null), []);

  async function go() {
    setBusy(true);
    setProblem(null);
    try {
      const found = await ask();
      setProvider(found.provider);
      if (found.provider !== 'peer') setEntry(found);
    } catch (reason) {
      setProblem(Problem.from(reason));
    } finally {
      setBusy(false);
    }
  }

  if (provider === null) return <div className="min-h-20" />;
  if (provider === 'peer') return children;
  if (entry)
    return (
      <section aria-label={t('rooms.frame')} className="flex min-h-0 flex-1 flex-col">
        <OtherRoom entry={entry} onLeave={onLeave} nameOf={nameOf} report={report} />
      </section>
    );
  return (
    <section className="border-line border-b bg-well px-5 py-4">
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center justify-between gap-x-8 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-64 flex-col">
          <h2 className="font-bold text-large">{t('rooms.offer')}</h2>
          <p className="text-ink-soft">{t('rooms.offerText')}</p>
        </div>
        <Button busy={busy && t('rooms.entering')} onPress={() => void go()}>
          <Video aria-hidden="true" className="size-5" />
          {t('rooms.enter')}
        </Button>
      </div>
      {problem && (
        <div className="mx-auto w-full max-w-3xl pt-3">
          <Notice tone="urgent" alert>
            {wordsFor(problem)}
          </Notice>
        </div>
      )}
    </section>
  );
}
