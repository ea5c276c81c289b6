import { Mic, SendHorizontal, Square, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../../primitives/Button';
import { LeaveQuestion } from './LeaveQuestion';
import { minutes, squeezed } from './levels';
import { longest, type Take } from './recording';
import { useLeaving } from './useLeaving';
import { useRecorder } from './useRecorder';
import { VoicePlayer } from './VoicePlayer';
import { Waveform } from './Waveform';

interface VoiceRecorderProps {
  onSend(file: File): void;
  onClose(): void;
}

/** How many of the newest levels are drawn while one speaks: four seconds. */
const window = 40;
/** Seconds below which there is nothing to hear. */
const shortest = 0.5;
/** Seconds before the end at which it is said that it comes. */
const nearEnd = 30;

/** Takes the place of the line one writes in: says why the microphone is asked for, records, lets one listen, sends. */
export default function VoiceRecorder({ onSend, onClose }: VoiceRecorderProps) {
  const { t } = useTranslation();
  const { state, start, stop, finish } = useRecorder();
  const busy = state.is === 'recording' || state.is === 'taken';
  // Before that it was the wrong button.
  const long = state.is === 'taken' || (state.is === 'recording' && state.seconds >= shortest);
  const { leave, stay } = useLeaving(busy);

  const send = async () => {
    const take = state.is === 'taken' ? state.take : await finish();
    if (take) onSend(asFile(take, t('voice.fileName')));
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    // What was said is thrown away by its own button alone.
    if (long && state.is === 'recording') stop();
    else if (state.is !== 'taken') onClose();
  }

  if (state.is === 'asking')
    return (
      <Panel words={t('voice.explained')} onKeyDown={onKeyDown}>
        <Button look="quiet" onPress={onClose}>
          {t('action.cancel')}
        </Button>
        <Button onPress={() => void start()} autoFocus>
          <Mic aria-hidden="true" className="size-5" />
          {t('voice.allow')}
        </Button>
      </Panel>
    );
  if (state.is === 'refused')
    return (
      <Panel alert words={t(`voice.refused.${state.fault}`)} onKeyDown={onKeyDown}>
        <Button look="quiet" onPress={onClose} autoFocus>
          {t('action.close')}
        </Button>
        {state.fault !== 'denied' && <Button onPress={() => void start()}>{t('action.retry')}</Button>}
      </Panel>
    );

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape works from each of the buttons inside. */}
      <div
        onKeyDown={onKeyDown}
        className="flex min-h-12 items-center gap-0.5 rounded-outer border border-ink-faint bg-sheet p-0.5"
      >
        <IconButton label={t('voice.discard')} onPress={onClose}>
          <Trash2 aria-hidden="true" className="size-5" />
        </IconButton>
        {state.is === 'taken' ? (
          <Listen take={state.take} />
        ) : (
          <>
            <span aria-hidden="true" className="breathing mx-1.5 size-2.5 shrink-0 rounded-full bg-urgent" />
            <span className="w-[2.5rem] shrink-0 font-semibold">
              {minutes(state.is === 'recording' ? state.seconds : 0)}
            </span>
            <span className="relative h-9 min-w-0 flex-1 overflow-hidden">
              {state.is === 'recording' && <Waveform bars={newest(state.levels)} />}
            </span>
            <span className="shrink-0 px-1 text-ink-soft text-small max-tablet:hidden">
              {t('voice.limit', { length: minutes(longest) })}
            </span>
            <IconButton label={t('voice.stop')} onPress={() => long && stop()} autoFocus>
              <Square aria-hidden="true" className="size-5" />
            </IconButton>
          </>
        )}
        <IconButton
          // Another button then, so that it takes the focus of the one that went.
          key={state.is === 'taken' ? 'taken' : 'under way'}
          label={t('composer.send')}
          tone="brand"
          onPress={() => void send()}
          isDisabled={!long}
          autoFocus={state.is === 'taken'}
        >
          <SendHorizontal aria-hidden="true" className="size-5" />
        </IconButton>
        <p role="status" className="sr-only">
          {state.is === 'recording' && (longest - state.seconds < nearEnd ? t('voice.endsSoon') : t('voice.recording'))}
          {state.is === 'taken' && t(state.take.seconds >= longest ? 'voice.full' : 'voice.taken')}
        </p>
      </div>
      {/* Beside it: Escape there is not Escape here. */}
      {leave && <LeaveQuestion onLeave={leave} onStay={stay} />}
    </>
  );
}

function Listen({ take }: { take: Take }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(take.blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [take]);
  return <VoicePlayer url={url} seconds={take.seconds} bars={squeezed(take.levels)} />;
}

interface PanelProps {
  words: string;
  alert?: boolean;
  onKeyDown(event: KeyboardEvent): void;
  children: React.ReactNode;
}

function Panel({ words, alert, onKeyDown, children }: PanelProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape works from each of the buttons inside.
    <div
      onKeyDown={onKeyDown}
      className="flex flex-wrap items-center justify-end gap-3 rounded-outer border border-ink-faint bg-sheet p-3"
    >
      <p role={alert ? 'alert' : 'status'} className="min-w-64 flex-1">
        {words}
      </p>
      {children}
    </div>
  );
}

/** The levels of the last seconds, growing from the right. */
function newest(levels: readonly number[]): number[] {
  const last = levels.slice(-window);
  return [...Array.from({ length: window - last.length }, () => 0), ...last];
}

/** A name that says when, in this device's time, and nothing of what. */
function asFile({ blob, extension }: Take, word: string): File {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return new File([blob], `${word} ${day} ${two(now.getHours())}.${two(now.getMinutes())}.${extension}`, {
    type: blob.type,
  });
}
