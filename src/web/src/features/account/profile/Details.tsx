import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { chooseLanguage, currentLanguage, type Language, languageNames, languages } from '../../../i18n';
import { Refused } from '../../../parts/Refused';
import { SaveRow } from '../../../parts/SaveRow';
import { useFieldWords } from '../../../parts/useFieldWords';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { changeProfile, type OwnProfile } from '../api/profile';
import { NameFields } from '../components/NameFields';

const known = (language: string | null | undefined): Language =>
  languages.find((one) => one === language) ?? currentLanguage();

/** The fields that are one's own to change. */
export function Details({ user, profile }: { user: User; profile: OwnProfile }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [names, setNames] = useState({ firstName: profile.firstName ?? '', lastName: profile.lastName ?? '' });
  const [phone, setPhone] = useState(profile.phoneNumber ?? '');
  const [language, setLanguage] = useState<Language>(known(profile.language ?? user.language));
  const [asked, setAsked] = useState(false);
  const [saved, setSaved] = useState(false);
  const { busy, problem, run } = useAct();
  const words = useFieldWords(asked, problem);
  const isPatient = user.role === 'EMPLOYEE';

  async function submit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    focusFault(form);
    setSaved(false);
    if (!names.firstName.trim() || !names.lastName.trim()) return;
    const change = {
      firstName: names.firstName.trim(),
      lastName: names.lastName.trim(),
      ...(isPatient && { language, phoneNumber: phone.trim() }),
    };
    const done = await run(() => changeProfile(user, change));
    if (!done) return focusFault(form);
    setSaved(true);
    setAsked(false);
    if (isPatient && language !== user.language) void chooseLanguage(language);
    void queries.invalidateQueries({ queryKey: queryKeys.myProfile });
  }

  const touched = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      setSaved(false);
      set(value);
    };
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <h2 className="sr-only">{t('profile.details')}</h2>
      <Refused problem={problem} shown={['firstName', 'lastName', 'phoneNumber']} />
      <NameFields value={names} onChange={touched(setNames)} words={words} />
      {isPatient && (
        <div className="grid items-start gap-5 tablet:grid-cols-2">
          <TextField
            label={t('field.optional', { label: t('field.phone') })}
            type="tel"
            autoComplete="tel"
            inputMode="tel"
            value={phone}
            onChange={touched(setPhone)}
            error={problem?.errors.phoneNumber?.[0]}
          />
          <SelectField<Language>
            label={t('profile.language')}
            value={language}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            onChange={touched(setLanguage)}
          />
        </div>
      )}
      <SaveRow busy={busy} saved={saved} />
    </form>
  );
}
