import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { shortDate } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Button } from '../../../primitives/Button';
import { FormDialog } from '../../../primitives/FormDialog';
import { Notice } from '../../../primitives/Notice';
import { Veil } from '../../../primitives/Question';
import { TextField } from '../../../primitives/TextField';
import { TextLink } from '../../../primitives/TextLink';
import { isFileNumber, type LegalHold, placeHold, useLegalHolds } from '../api/holds';
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
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [reference, setReference] = useState('');
  const [asked, setAsked] = useState(false);
  const fault = asked && !isFileNumber(reference.trim()) ? t('hold.badReference') : problem?.errors.reference?.[0];
  return (
    <FormDialog
      title={t('hold.this')}
      text={t('hold.thisText')}
      submit={t('hold.place')}
      busy={busy && t('hold.placing')}
      onSubmit={async () => {
        setAsked(true);
        if (!isFileNumber(reference.trim())) return;
        if (!(await run(() => placeHold({ conversationId: conversation }, reference.trim())))) return;
        await queries.invalidateQueries({ queryKey: queryKeys.legalHolds });
      }}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['reference']} />
      <TextField
        label={t('hold.reference')}
        help={t('hold.referenceHelp')}
        name="reference"
        autoComplete="off"
        verbatim
        value={reference}
        onChange={setReference}
        error={fault}
      />
      <TextLink to="/professional/holds">{t('hold.mine')}</TextLink>
    </FormDialog>
  );
}
