import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { currentLanguage, languageNames, languages } from '../../../i18n';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { FormDialog } from '../../../primitives/FormDialog';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { addPerson, changePerson, type Person, type PersonText } from '../api/people';

interface PersonFormProps {
  /** Null for someone new. */
  person: Person | null;
  onSaved(): void;
  onClose(): void;
}

const shown = ['email', 'firstName', 'lastName', 'department', 'position', 'phoneNumber'];

export function PersonForm({ person, onSaved, onClose }: PersonFormProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [asked, setAsked] = useState(false);
  const words = useFieldWords(asked, problem);
  const [text, setText] = useState<PersonText>({
    email: person?.email ?? '',
    firstName: person?.firstName ?? '',
    lastName: person?.lastName ?? '',
    department: person?.department ?? null,
    position: person?.position ?? null,
    phoneNumber: person?.phoneNumber ?? null,
    language: person?.language ?? currentLanguage(),
  });
  const change = (part: Partial<PersonText>) => setText({ ...text, ...part });

  async function save() {
    setAsked(true);
    if (!text.firstName.trim() || !text.lastName.trim() || words.email(text.email) || !text.email.trim()) return;
    if (await run(() => (person ? changePerson(person.id, text) : addPerson(text)))) {
      onSaved();
      onClose();
    }
  }

  const optional = (name: 'department' | 'position' | 'phoneNumber') => (
    <TextField
      label={t('field.optional', { label: t(`people.${name}`) })}
      value={text[name] ?? ''}
      onChange={(value) => change({ [name]: value || null })}
      error={problem?.errors[name]?.[0]}
    />
  );
  return (
    <FormDialog
      title={person ? t('people.edit') : t('people.add')}
      text={person ? undefined : t('people.addText')}
      submit={person ? t('action.save') : t('people.addSubmit')}
      busy={busy && t('action.saving')}
      onSubmit={save}
      onClose={onClose}
    >
      <Refused problem={problem} shown={shown} />
      <TextField
        label={t('people.email')}
        type="email"
        isDisabled={person !== null}
        value={text.email}
        onChange={(email) => change({ email })}
        error={words.email(text.email)}
      />
      <div className="grid items-start gap-4 tablet:grid-cols-2">
        <TextField
          label={t('field.firstName')}
          value={text.firstName}
          onChange={(firstName) => change({ firstName })}
          error={words.text('firstName', text.firstName)}
        />
        <TextField
          label={t('field.lastName')}
          value={text.lastName}
          onChange={(lastName) => change({ lastName })}
          error={words.text('lastName', text.lastName)}
        />
        {optional('department')}
        {optional('position')}
        {optional('phoneNumber')}
        <SelectField
          label={t('people.language')}
          value={text.language}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={(language) => change({ language })}
        />
      </div>
    </FormDialog>
  );
}
