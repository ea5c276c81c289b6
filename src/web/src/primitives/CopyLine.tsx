import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from './Button';

interface CopyLineProps {
  label: string;
  text: string;
  copy: string;
  /** Said once it is in the clipboard. */
  copied: string;
}

/** A long text to be taken elsewhere: in sight, to be marked by hand where the clipboard is not to be had. */
export function CopyLine({ label, text, copy, copied }: CopyLineProps) {
  const id = useId();
  const [done, setDone] = useState(false);
  const Sign = done ? Check : Copy;
  async function take() {
    // Outside of a secure context, or refused: the text can be marked.
    await navigator.clipboard?.writeText(text).then(
      () => setDone(true),
      () => undefined,
    );
  }
  return (
    <div className="flex w-full flex-col gap-1.5">
      <span id={id} className="font-semibold">
        {label}
      </span>
      <div className="flex flex-wrap items-stretch gap-3">
        <output
          aria-labelledby={id}
          className="min-w-0 flex-1 basis-64 select-all break-all rounded-inner bg-well px-3 py-2.5 text-small"
        >
          {text}
        </output>
        <Button look="quiet" onPress={() => void take()}>
          <Sign aria-hidden="true" className="size-4" />
          <span aria-live="polite">{done ? copied : copy}</span>
        </Button>
      </div>
    </div>
  );
}
