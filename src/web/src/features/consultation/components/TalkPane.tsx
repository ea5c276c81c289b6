import { Maximize2, Minimize2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';

/** How much of the page the conversation has beside a picture. */
export type TalkSize = 'none' | 'part' | 'whole';

/** `null`: there is no picture, and the conversation is the page. */
export function talkClasses(size: TalkSize | null): string {
  const pane = 'flex min-h-0 flex-col bg-paper';
  if (size === null) return `${pane} flex-1`;
  if (size === 'none') return 'hidden';
  // A sheet below the picture on a phone, a pane at its right at a desk or on a phone that lies.
  const atDesk =
    'desk:w-[22.5rem] desk:flex-none desk:border-line desk:border-l short:w-1/2 short:h-auto short:flex-none desk:h-auto';
  return size === 'whole'
    ? `${pane} ${atDesk} max-desk:absolute max-desk:inset-0 max-desk:z-2`
    : `${pane} ${atDesk} h-[56%]`;
}

/** Above the conversation while it stands beside a picture: closes it, or gives it the page. */
export function TalkTop({ size, onSize }: { size: TalkSize; onSize(size: TalkSize): void }) {
  const { t } = useTranslation();
  const whole = size === 'whole';
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-1 border-line border-b pr-1 pl-4">
      <h2 className="mr-auto font-semibold">{t('call.conversation')}</h2>
      <span className="desk:hidden">
        <IconButton
          label={t(whole ? 'call.partConversation' : 'call.wholeConversation')}
          onPress={() => onSize(whole ? 'part' : 'whole')}
        >
          {whole ? (
            <Minimize2 aria-hidden="true" className="size-5" />
          ) : (
            <Maximize2 aria-hidden="true" className="size-5" />
          )}
        </IconButton>
      </span>
      <IconButton label={t('call.closeConversation')} onPress={() => onSize('none')}>
        <X aria-hidden="true" className="size-5" />
      </IconButton>
    </div>
  );
}
