import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { useAct } from '../../../hooks/useAct';
import { passwordFault } from '../../../parts/fields';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { Button } from '../../../primitives/Button';
import { FormDialog } from '../../../primitives/FormDialog';
import { Notice } from '../../../primitives/Notice';
import { PasswordField } from '../../../primitives/PasswordField';
import { changePassword } from '../api/devices';
import { Section } from './Section';

export function Password() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);

  function finish() {
    setOpen(false);
    setDone(true);
    void queries.invalidateQueries({ queryKey: queryKeys.devices });
  }

  return (
    <Section title={t('change.title')} text={t('change.text')}>
      {done && <Notice tone="done">{t('change.done')}</Notice>}
      <Button
        look="quiet"
        onPress={() => {
          setDone(false);
          setOpen(true);
        }}
      >
        {t('change.open')}
      </Button>
      {open && <Change onDone={finish} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function Change({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t } = useTranslation();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useAct();
  const words = useFieldWords(asked, problem);

  async function submit() {
    setAsked(true);
    if (!present || passwordFault(next)) return;
    if (await run(() => changePassword(present, next))) onDone();
  }

  return (
    <FormDialog
      title={t('change.open')}
      submit={t('change.open')}
      busy={busy && t('reset.busy')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['password', 'newPassword']} />
      <PasswordField
        purpose="current"
        label={t('change.current')}
        value={present}
        onChange={setPresent}
        error={asked && !present ? t('signIn.missingPassword') : problem?.errors.password?.[0]}
      />
      <PasswordField
        purpose="new"
        label={t('password.new')}
        help={t('password.help')}
        value={next}
        onChange={setNext}
        error={words.password(next, 'newPassword')}
      />
    </FormDialog>
  );
}
