import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../hooks/useNow';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { useProblemWords } from '../../shell';
import type { useHold } from '../hooks/useHold';
import { countdown, isWorthSaying } from '../model/hold';

interface KeptForProps {
  state: ReturnType<typeof useHold>['state'];
  onAgain(): void;
}

/** How long the time is still kept for this patient: always in the same place, and what to do when it no longer is. */
export function KeptFor({ state, onAgain }: KeptForProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const now = useNow(1_000);
  if (state.phase === 'taking') return <p className="late text-ink-soft">{t('book.keeping')}</p>;
  if (state.phase === 'refused') return <Again words={wordsFor(state.problem)} onAgain={onAgain} />;
  // The clock was last looked at before the time was kept.
  const left = state.endsAt - Math.max(now, state.toldAt);
  if (left <= 0) return <Again words={t('book.keptNoMore')} onAgain={onAgain} />;
  const seconds = Math.ceil(left / 1_000);
  const short = seconds <= 60;
  return (
    <div className={`flex items-center gap-2.5 ${short ? 'font-semibold text-waiting' : 'text-ink-soft'}`}>
      <Hourglass aria-hidden="true" className="size-4 shrink-0" />
      <p>
        {t('book.kept')} <span className="tabular-nums">{countdown(left)}</span>
      </p>
      <p role="status" className="sr-only">
        {isWorthSaying(seconds) && t('book.keptSaid', { count: seconds })}
      </p>
    </div>
  );
}

function Again({ words, onAgain }: { words: string; onAgain(): void }) {
  const { t } = useTranslation();
  return (
    <div className="measure flex flex-col items-start gap-3">
      <Notice tone="waiting" alert>
        {words}
      </Notice>
      <Button look="quiet" onPress={onAgain}>
        {t('book.keepAgain')}
      </Button>
    </div>
  );
}
