import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { shortDate } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { FormDialog } from '../../../primitives/FormDialog';
import { Notice } from '../../../primitives/Notice';
import { Veil } from '../../../primitives/Question';
import { TextLink } from '../../../primitives/TextLink';
import { type LegalHold, useLegalHolds } from '../api/holds';
import { usePlacing } from '../hooks/usePlacing';
import { FileNumber } from './FileNumber';
import { LiftHold } from './LiftHold';

interface HoldDialogProps {
  conversation: string;
  onClose(): void;
}

/** A practitioner keeps one conversation of theirs from being erased, or lets go of it. */
export default function HoldDialog({ conversation, onClose }: HoldDialogProps) {
  const { data } = useLegalHolds();
  const held = data?.find(({ conversationId, liftedAt }) => conversationId === conversation && liftedAt === null);
  return held ? <Held hold={held} onClose={onClose} /> : <Place conversation={conversation} onClose={onClose} />;
}

function Held({ hold, onClose }: { hold: LegalHold; onClose(): void }) {
  const { t } = useTranslation();
  const [lifting, setLifting] = useState(false);
  if (lifting) return <LiftHold hold={hold} onClose={onClose} />;
  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-4 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('hold.this')}
        </Heading>
        <Notice tone="info">{t('hold.held', { date: shortDate(hold.placedAt), reference: hold.reference })}</Notice>
        <TextLink to="/professional/holds">{t('hold.mine')}</TextLink>
        <div className="flex flex-wrap-reverse justify-end gap-3">
          <Button look="quiet" onPress={() => setLifting(true)}>
            {t('hold.lift')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {t('action.close')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}

function Place({ conversation, onClose }: HoldDialogProps) {
  const { t } = useTranslation();
  const placing = usePlacing();
  return (
    <FormDialog
      title={t('hold.this')}
      text={t('hold.thisText')}
      submit={t('hold.place')}
      busy={placing.busy && t('hold.placing')}
      onSubmit={async () => void (await placing.place({ conversationId: conversation }))}
      onClose={onClose}
    >
      <Refused problem={placing.problem} shown={['reference']} />
      <FileNumber placing={placing} />
      <TextLink to="/professional/holds">{t('hold.mine')}</TextLink>
    </FormDialog>
  );
}
