import { FileDown, ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../../../i18n';
import { Button } from '../../../primitives/Button';

const CopyDialog = lazy(() => withWords('keeping', () => import('../components/CopyDialog')));
const HoldDialog = lazy(() => withWords('keeping', () => import('../components/HoldDialog')));

export type Keeping = 'copy' | 'hold';

interface KeepingActsProps {
  conversation: string;
  others: string | null;
  /** Practitioners may keep a conversation of theirs from being erased. */
  mayHold: boolean;
}

/** What one does with a conversation as a whole, from a page about it: take a copy, keep it. */
export function KeepingActs({ conversation, others, mayHold }: KeepingActsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Keeping | null>(null);
  return (
    <>
      <Button look="plain" onPress={() => setOpen('copy')}>
        <FileDown aria-hidden="true" className="size-4" />
        {t('copy.take')}
      </Button>
      {mayHold && (
        <Button look="plain" onPress={() => setOpen('hold')}>
          <ShieldCheck aria-hidden="true" className="size-4" />
          {t('hold.this')}
        </Button>
      )}
      <KeepingDialog open={open} conversation={conversation} others={others} onClose={() => setOpen(null)} />
    </>
  );
}

interface KeepingDialogProps extends Omit<KeepingActsProps, 'mayHold'> {
  open: Keeping | null;
  onClose(): void;
}

/** The same, where a menu has the words. */
export function KeepingDialog({ open, conversation, others, onClose }: KeepingDialogProps) {
  return (
    <Suspense fallback={null}>
      {open === 'copy' && <CopyDialog conversation={conversation} others={others} onClose={onClose} />}
      {open === 'hold' && <HoldDialog conversation={conversation} onClose={onClose} />}
    </Suspense>
  );
}
