import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { currentLanguage, languageNames, languages } from '../../../i18n';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { FormDialog } from '../../../primitives/FormDialog';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { inviteAdmin, type NewAdmin, type Organization } from '../api/organizations';

export function InviteAdminForm({ organization, onClose }: { organization: Organization; onClose(): void }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [asked, setAsked] = useState(false);
  const words = useFieldWords(asked, problem);
  const [admin, setAdmin] = useState<NewAdmin>({ email: '', firstName: '', lastName: '', language: currentLanguage() });
  const change = (part: Partial<NewAdmin>) => setAdmin({ ...admin, ...part });

  async function save() {
    setAsked(true);
    if (!admin.email.trim() || !admin.firstName.trim() || !admin.lastName.trim()) return;
    if (await run(() => inviteAdmin(organization.id, admin))) onClose();
  }

  return (
    <FormDialog
      title={t('organizations.inviteOf', { name: organization.name })}
      text={t('organizations.inviteText')}
      submit={t('organizations.inviteSubmit')}
      busy={busy && t('admin.working')}
      onSubmit={save}
      onClose={onClose}
    >
      <Refused problem={problem} shown={['email', 'firstName', 'lastName']} />
      <TextField
        label={t('people.email')}
        type="email"
        value={admin.email}
        onChange={(email) => change({ email })}
        error={words.email(admin.email)}
      />
      <div className="grid items-start gap-4 tablet:grid-cols-2">
        <TextField
          label={t('field.firstName')}
          value={admin.firstName}
          onChange={(firstName) => change({ firstName })}
          error={words.text('firstName', admin.firstName)}
        />
        <TextField
          label={t('field.lastName')}
          value={admin.lastName}
          onChange={(lastName) => change({ lastName })}
          error={words.text('lastName', admin.lastName)}
        />
      </div>
      <SelectField
        label={t('people.language')}
        value={admin.language}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(language) => change({ language })}
      />
    </FormDialog>
  );
}
