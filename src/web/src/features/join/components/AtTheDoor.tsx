import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { focusFault } from '../../../hooks/focusFault';
import { clock, dayName } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { TextField } from '../../../primitives/TextField';
import { Door, useProblemWords } from '../../shell';
import { askForCode, type Entered, enter, type JoinFace } from '../api/join';

interface AtTheDoorProps {
  token: string;
  face: JoinFace;
  onEntered(entered: Entered): void;
}

/** Says whose visit it is, and asks under which name somebody comes, and for the code where there is one. */
export function AtTheDoor({ token, face, onEntered }: AtTheDoorProps) {
  const { t } = useTranslation();
  const wordsFor = useProblemWords();
  const [name, setName] = useState(face.name ?? '');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState<'entering' | 'sending' | null>(null);
  const [sent, setSent] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { scheduledAt, practitionerName } = face.consultation;
  const when = t('when.at', { day: dayName(scheduledAt), time: clock(scheduledAt) });

  async function run(what: 'entering' | 'sending', act: () => Promise<void>) {
    setBusy(what);
    setProblem(null);
    try {
      await act();
    } catch (reason) {
      setProblem(Problem.from(reason));
    } finally {
      setBusy(null);
    }
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    if (busy || !name.trim() || (face.needsCode && !code.trim())) return focusFault(form);
    await run('entering', async () => onEntered(await enter(token, name.trim(), face.needsCode ? code.trim() : null)));
    focusFault(form);
  }

  const wrong = (field: string, value: string) =>
    asked && !value.trim() ? t('join.missing') : problem?.errors[field]?.[0];
  const shown = problem && !problem.errors.name && !problem.errors.code;
  return (
    <Door
      title={t('join.title', { name: practitionerName })}
      lead={`${when}. ${t('join.lead', { role: t(`guest.${face.role ?? 'RELATIVE'}`) })}`}
    >
      <form onSubmit={onSubmit} noValidate className="flex flex-col gap-5">
        <TextField
          label={t('join.name')}
          help={t('join.nameHelp')}
          name="name"
          autoComplete="name"
          maxLength={200}
          value={name}
          onChange={setName}
          error={wrong('name', name)}
        />
        {face.needsCode && (
          <>
            <TextField
              label={t('join.code')}
              help={t('join.codeHelp')}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
              value={code}
              onChange={setCode}
              error={wrong('code', code)}
            />
            <Button
              look="quiet"
              busy={busy === 'sending' && t('join.sending')}
              onPress={() =>
                void run('sending', async () => {
                  await askForCode(token);
                  setSent(true);
                })
              }
            >
              {t(sent ? 'join.sendAgain' : 'join.send')}
            </Button>
            {sent && <Notice tone="done">{t('join.sent')}</Notice>}
          </>
        )}
        {shown && (
          <Notice tone="urgent" alert>
            {problem.code === 'join_too_early' ? problem.message : wordsFor(problem)}
          </Notice>
        )}
        <Button type="submit" wide busy={busy === 'entering' && t('join.busy')}>
          {t('join.submit')}
        </Button>
      </form>
    </Door>
  );
}
