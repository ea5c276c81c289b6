import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../api/queryKeys';
import { useAct } from '../../hooks/useAct';
import { useTitle } from '../../hooks/useTitle';
import { chime } from '../../parts/chime';
import { Refused } from '../../parts/Refused';
import { Segments } from '../../primitives/Segments';
import { Switch } from '../../primitives/Switch';
import { type Queue, shareQueue, tellDelay, useQueue } from './api/queue';
import { WaitingList } from './components/WaitingList';
import { setSound, useSound } from './sound';

/** Minutes that one may say to be late by. */
const delays = [0, 5, 10, 15, 20, 30, 45, 60];

/** Answers one question: who waits for me. */
export function QueuePage() {
  const { t } = useTranslation();
  const { data } = useQueue();
  useTitle(t('queue.title'));
  return (
    <div className="grid items-start gap-x-14 gap-y-10 desk:grid-cols-[1fr_20rem]">
      <section className="flex min-w-0 flex-col gap-5">
        <h1 className="font-bold text-lead">{t('queue.title')}</h1>
        <WaitingList />
      </section>
      <aside aria-label={t('queue.ways')} className="flex flex-col gap-7 desk:pt-2">
        {data && <Ways queue={data} />}
        <Bell />
      </aside>
    </div>
  );
}

function Ways({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();

  async function change(part: Partial<Queue>, act: () => Promise<unknown>) {
    const done = await run(act);
    if (done) queries.setQueryData<Queue>(queryKeys.queue, (known) => known && { ...known, ...part });
    await queries.invalidateQueries({ queryKey: queryKeys.queue });
  }

  const known = delays.includes(queue.delayMinutes) ? delays : [...delays, queue.delayMinutes].sort((a, b) => a - b);
  return (
    <>
      <div className="flex flex-col gap-2">
        <Segments
          label={t('queue.delay')}
          even
          value={String(queue.delayMinutes)}
          options={known.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? t('queue.onTime') : t('queue.minutes', { count: minutes }),
          }))}
          onChange={(value) => void change({ delayMinutes: Number(value) }, () => tellDelay(Number(value)))}
        />
        <p className="text-ink-soft text-small">{t('queue.delayHelp')}</p>
      </div>
      <Switch
        label={t('queue.share')}
        help={t('queue.shareHelp')}
        on={queue.sharesQueue}
        disabled={busy}
        onChange={(sharesQueue) => void change({ sharesQueue }, () => shareQueue(sharesQueue))}
      />
      <Refused problem={problem} />
    </>
  );
}

function Bell() {
  const { t } = useTranslation();
  const sound = useSound();
  return (
    <Switch
      label={t('queue.sound')}
      help={t('queue.soundHelp')}
      on={sound}
      onChange={(on) => {
        setSound(on);
        // So that one hears what it will be; and browsers want a gesture before the first sound.
        if (on) chime();
      }}
    />
  );
}
