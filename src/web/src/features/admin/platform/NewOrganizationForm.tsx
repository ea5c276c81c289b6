import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { useFieldWords } from '../../../parts/useFieldWords';
import { FormDialog } from '../../../primitives/FormDialog';
import { TextField } from '../../../primitives/TextField';
import { createOrganization } from '../api/organizations';
import { slugOf } from '../model/slug';

const shown = ['name', 'slug', 'domain', 'city', 'contactEmail'];

export function NewOrganizationForm({ onSaved, onClose }: { onSaved(): void; onClose(): void }) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [asked, setAsked] = useState(false);
  const words = useFieldWords(asked, problem);
  const [name, setName] = useState('');
  // Follows the name until it is written by hand.
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [rest, setRest] = useState({ domain: '', city: '', contactEmail: '' });
  const slug = ownSlug ?? slugOf(name);

  async function save() {
    setAsked(true);
    if (!name.trim() || !slug) return;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim()));
    if (await run(() => createOrganization({ name: name.trim(), slug, ...given }))) {
      onSaved();
      onClose();
    }
  }

  return (
    <FormDialog
      title={t('organizations.add')}
      text={t('organizations.addText')}
      submit={t('organizations.addSubmit')}
      busy={busy && t('action.saving')}
      onSubmit={save}
      onClose={onClose}
    >
      <Refused problem={problem} shown={shown} />
      <TextField label={t('organization.name')} value={name} onChange={setName} error={words.text('name', name)} />
      <TextField label={t('organizations.slug')} value={slug} onChange={setOwnSlug} error={words.text('slug', slug)} />
      {(['domain', 'city', 'contactEmail'] as const).map((field) => (
        <TextField
          key={field}
          label={t('field.optional', { label: t(`organization.${field}`) })}
          value={rest[field]}
          onChange={(value) => setRest({ ...rest, [field]: value })}
          error={problem?.errors[field]?.[0]}
        />
      ))}
    </FormDialog>
  );
}
