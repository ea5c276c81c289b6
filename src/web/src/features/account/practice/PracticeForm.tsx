import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { currentLanguage } from '../../../i18n';
import { Refused } from '../../../parts/Refused';
import { SaveRow } from '../../../parts/SaveRow';
import { timeZones } from '../../../parts/zones';
import { Chips } from '../../../primitives/Chips';
import { SelectField } from '../../../primitives/SelectField';
import { TextArea } from '../../../primitives/TextArea';
import { TextField } from '../../../primitives/TextField';
import { changePractice, type Practice, type PracticeText } from '../api/practice';
import { spokenLanguages } from '../model/choices';

const formats = ['offersVideo', 'offersPhone', 'offersInPerson'] as const;

export function PracticeForm({ practice }: { practice: Practice }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState<PracticeText>(() => textOf(practice));
  const [years, setYears] = useState(practice.experience?.toString() ?? '');
  const [saved, setSaved] = useState(false);
  const [asked, setAsked] = useState(false);
  const { busy, problem, run } = useAct();
  const refused = (name: string) => problem?.errors[name]?.[0];
  const yearsFault = /^\d{0,2}$/.test(years.trim()) ? undefined : t('practice.yearsFault');

  function change(part: Partial<PracticeText>) {
    setSaved(false);
    setText((known) => ({ ...known, ...part }));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    if (yearsFault || text.languages.length === 0) return focusFault(form);
    const experience = years.trim() ? Number(years) : null;
    const done = await run(() => changePractice({ ...text, experience }));
    if (!done) return focusFault(form);
    setSaved(true);
    void queries.invalidateQueries({ queryKey: queryKeys.practice });
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <Refused problem={problem} shown={['title', 'specialty', 'bio', 'experience', 'languages', 'timeZone']} />
      <div className="grid items-start gap-5 tablet:grid-cols-[8rem_1fr]">
        <TextField
          label={t('register.titleField')}
          maxLength={40}
          value={text.title ?? ''}
          onChange={(title) => change({ title })}
          error={refused('title')}
        />
        <TextField
          label={t('register.specialty')}
          maxLength={80}
          value={text.specialty ?? ''}
          onChange={(specialty) => change({ specialty })}
          error={refused('specialty')}
        />
      </div>
      <TextArea
        label={t('practice.bio')}
        help={t('practice.bioHelp')}
        rows={5}
        maxLength={4000}
        value={text.bio}
        onChange={(bio) => change({ bio })}
        error={refused('bio')}
      />
      <Chips
        label={t('practice.formats')}
        options={formats.map((value) => ({ value, label: t(`practice.${value}`) }))}
        chosen={formats.filter((format) => text[format])}
        onChange={(chosen) => change(Object.fromEntries(formats.map((format) => [format, chosen.includes(format)])))}
      />
      <Chips
        label={t('practice.languages')}
        options={spokenLanguages(practice.languages, currentLanguage())}
        chosen={text.languages}
        onChange={(languages) => change({ languages })}
        error={asked && text.languages.length === 0 ? t('practice.languagesFault') : refused('languages')}
      />
      <div className="grid items-start gap-5 tablet:grid-cols-[1fr_10rem]">
        <SelectField
          label={t('practice.timeZone')}
          value={text.timeZone}
          options={timeZones(text.timeZone)}
          onChange={(timeZone) => change({ timeZone })}
        />
        <TextField
          label={t('practice.experience')}
          inputMode="numeric"
          maxLength={2}
          value={years}
          onChange={(next) => {
            setSaved(false);
            setYears(next);
          }}
          error={yearsFault ?? refused('experience')}
        />
      </div>
      <SaveRow busy={busy} saved={saved} />
    </form>
  );
}

const textOf = (practice: Practice): PracticeText => ({
  title: practice.title,
  specialty: practice.specialty,
  bio: practice.bio,
  experience: practice.experience,
  languages: practice.languages,
  offersVideo: practice.offersVideo,
  offersPhone: practice.offersPhone,
  offersInPerson: practice.offersInPerson,
  timeZone: practice.timeZone,
});
