import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { Segments } from '../../../primitives/Segments';
import { TextField } from '../../../primitives/TextField';
import { isFileNumber, isId, placeHold } from '../../keeping';

/** By id, as whoever asks for it names it: placing one shows nothing of what was said. */
export function HoldForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, problem, run } = useAct();
  const [what, setWhat] = useState<'conversation' | 'patient'>('conversation');
  const [about, setAbout] = useState('');
  const [reference, setReference] = useState('');
  const [asked, setAsked] = useState(false);
  const id = about.trim();
  const number = reference.trim();
  async function onSubmit() {
    setAsked(true);
    if (!isId(id) || !isFileNumber(number)) return;
    const of = what === 'patient' ? { patientId: id } : { conversationId: id };
    if (!(await run(() => placeHold(of, number)))) return;
    await queries.invalidateQueries({ queryKey: queryKeys.legalHolds });
    onClose();
  }
  return (
    <FormDialog
      title={t('hold.place')}
      submit={t('hold.place')}
      busy={busy && t('hold.placing')}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <Refused
        problem={problem}
        shown={['reference', 'conversationId', 'patientId']}
        words={problem?.category === 'missing' ? t('hold.notFound') : undefined}
      />
      <Segments<'conversation' | 'patient'>
        label={t('hold.what')}
        value={what}
        options={[
          { value: 'conversation', label: t('hold.ofConversation') },
          { value: 'patient', label: t('hold.patient') },
        ]}
        onChange={setWhat}
      />
      <TextField
        label={t('hold.about')}
        help={t(`hold.aboutHelp.${what}`)}
        name="about"
        autoComplete="off"
        verbatim
        value={about}
        onChange={setAbout}
        error={
          asked && !isId(id) ? t('hold.badId') : (problem?.errors.conversationId ?? problem?.errors.patientId)?.[0]
        }
      />
      <TextField
        label={t('hold.reference')}
        help={t('hold.referenceHelp')}
        name="reference"
        autoComplete="off"
        verbatim
        value={reference}
        onChange={setReference}
        error={asked && !isFileNumber(number) ? t('hold.badReference') : problem?.errors.reference?.[0]}
      />
    </FormDialog>
  );
}
