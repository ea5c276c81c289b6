import { CircleCheck, Mic } from 'lucide-react';
import { useEffect } from 'react';
import { useLoudness } from './useLoudness';

interface VoiceLevelProps {
  stream: MediaStream;
  /** Asks to speak, and says that one was heard. */
  words: { speak: string; heard: string };
  /** Beside a picture, not below it. */
  narrow?: boolean;
  onHeard?(): void;
}

/** How loud the microphone is, and whether it has heard somebody. */
export function VoiceLevel({ stream, words, narrow = false, onHeard }: VoiceLevelProps) {
  const { level, heard } = useLoudness(stream);
  useEffect(() => {
    if (heard) onHeard?.();
  }, [heard, onHeard]);
  const Sign = heard ? CircleCheck : Mic;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className={`flex items-center gap-2 font-semibold ${heard ? 'text-done' : ''}`}>
        <Sign aria-hidden="true" className="size-5" />
        {heard ? words.heard : words.speak}
      </p>
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        className={`h-2.5 w-full ${narrow ? 'max-w-60' : 'max-w-lg'}`}
        aria-hidden="true"
      >
        <rect width="100" height="4" rx="2" className="fill-line" />
        <rect width={Math.round(level * 100)} height="4" rx="2" className="fill-brand" />
      </svg>
    </div>
  );
}
