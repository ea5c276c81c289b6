import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import { FormDialog } from '../../../primitives/FormDialog';
import { Segments } from '../../../primitives/Segments';
import { TextField } from '../../../primitives/TextField';
import { FileNumber, isId, usePlacing } from '../../keeping';

/** By id, as whoever asks for it names it: placing one shows nothing of what was said. */
export function HoldForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const placing = usePlacing();
  const { busy, problem, asked } = placing;
  const [what, setWhat] = useState<'conversation' | 'patient'>('conversation');
  const [about, setAbout] = useState('');
  const id = about.trim();
  async function onSubmit() {
    const of = what === 'patient' ? { patientId: id } : { conversationId: id };
    if (await placing.place(isId(id) ? of : null)) onClose();
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
      <FileNumber placing={placing} />
    </FormDialog>
  );
}
