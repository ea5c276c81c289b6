import { Pause, Play } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minutes } from './levels';
import { Waveform } from './Waveform';

interface VoicePlayerProps {
  /** Where the sound is; null as long as that is not known. */
  url: string | null;
  /** Null where it cannot be told before it plays. */
  seconds: number | null;
  bars: readonly number[];
  /** Asked before it plays, where the address has to be got first. */
  onWanted?: (() => Promise<void>) | undefined;
  onFailed?(): void;
  tabbable?: boolean;
  children?: ReactNode;
}

/** Of all voices on the page one is heard at a time. */
let speaking: HTMLAudioElement | null = null;

/** A voice: play, how far it is, and any place in it, by mouse, finger or arrows. */
export function VoicePlayer({ url, seconds, bars, onWanted, onFailed, tabbable = true, children }: VoicePlayerProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [told, setTold] = useState<number | null>(null);
  const [wanted, setWanted] = useState(false);
  const length = seconds ?? told;
  const tabIndex = tabbable ? 0 : -1;

  useEffect(() => {
    if (wanted && url) void audio.current?.play().catch(() => setPlaying(false));
  }, [wanted, url]);

  // Smooth between the quarter seconds at which the sound tells where it is.
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function follow() {
      setAt(audio.current?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  async function toggle() {
    const { current } = audio;
    if (playing) return current?.pause();
    setWanted(true);
    if (!url) return void (await onWanted?.());
    void current?.play().catch(() => undefined);
  }

  function go(to: number) {
    setAt(to);
    if (audio.current) audio.current.currentTime = to;
  }

  return (
    <div className="flex w-full items-center gap-2">
      <audio
        ref={audio}
        preload="metadata"
        {...(url && { src: url })}
        onPlay={({ currentTarget }) => {
          if (speaking !== currentTarget) speaking?.pause();
          speaking = currentTarget;
          setPlaying(true);
        }}
        onPause={() => {
          setPlaying(false);
          setWanted(false);
        }}
        onEnded={() => go(0)}
        onDurationChange={({ currentTarget: { duration } }) => Number.isFinite(duration) && setTold(duration)}
        onError={() => url && onFailed?.()}
      />
      <button
        type="button"
        tabIndex={tabIndex}
        onClick={() => void toggle()}
        aria-label={t(playing ? 'voice.pause' : 'voice.play')}
        className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-full bg-brand text-on-brand hover:bg-brand-strong"
      >
        {playing ? (
          <Pause aria-hidden="true" className="size-5" />
        ) : (
          <Play aria-hidden="true" className="size-5 pl-0.5" />
        )}
      </button>
      <div className="min-w-0 flex-1">
        <span className="relative block h-8 rounded-inner has-[:focus-visible]:outline-3 has-[:focus-visible]:outline-brand">
          <Waveform bars={bars} played={length ? Math.min(1, at / length) : 0} />
          <input
            type="range"
            tabIndex={tabIndex}
            min={0}
            max={length ?? 0}
            step="any"
            value={Math.min(at, length ?? 0)}
            disabled={!length || !url}
            aria-label={t('voice.position')}
            aria-valuetext={t('voice.at', { at: minutes(at), length: minutes(length ?? 0) })}
            onChange={({ target }) => go(Number(target.value))}
            onKeyDown={(event) => {
              const step = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5 }[event.key];
              // Seconds; the thread's own arrows go from message to message.
              event.stopPropagation();
              if (step === undefined) return;
              event.preventDefault();
              go(Math.max(0, Math.min(length ?? 0, at + step)));
            }}
            className="absolute inset-0 size-full cursor-pointer opacity-0"
          />
        </span>
        <span className="block text-ink-soft text-small leading-tight">
          {length === null
            ? '\u00a0'
            : playing || at > 0
              ? t('voice.at', { at: minutes(at), length: minutes(length) })
              : minutes(length)}
        </span>
      </div>
      {children}
    </div>
  );
}
