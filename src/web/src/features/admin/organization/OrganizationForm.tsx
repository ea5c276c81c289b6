import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusFault } from '../../../hooks/focusFault';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { SaveRow } from '../../../parts/SaveRow';
import { deviceZone } from '../../../parts/time';
import { useFieldWords } from '../../../parts/useFieldWords';
import { timeZones } from '../../../parts/zones';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import {
  changeOwnOrganization,
  type Organization,
  type OrganizationText,
  type VideoProvider,
  videoProviders,
} from '../api/organizations';

interface OrganizationFormProps {
  organization: Organization;
  onSaved(): Promise<void>;
}

const optional = ['contactEmail', 'contactPhone', 'websiteUrl', 'address', 'city'] as const;
const anyColor = '#0e5e5a';

export function OrganizationForm({ organization, onSaved }: OrganizationFormProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const [asked, setAsked] = useState(false);
  const [saved, setSaved] = useState(false);
  const words = useFieldWords(asked, problem);
  const [text, setText] = useState<Omit<OrganizationText, 'usageReport'>>({
    name: organization.name,
    primaryColor: organization.primaryColor,
    contactEmail: organization.contactEmail,
    contactPhone: organization.contactPhone,
    websiteUrl: organization.websiteUrl,
    address: organization.address,
    city: organization.city,
    autoApproveEmployees: organization.autoApproveEmployees,
    videoProvider: organization.videoProvider,
    timeZone: organization.timeZone,
  });

  function change(part: Partial<OrganizationText>) {
    setSaved(false);
    setText({ ...text, ...part });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setAsked(true);
    focusFault(form);
    if (!text.name.trim()) return;
    const given = Object.fromEntries(Object.entries(text).map(([name, value]) => [name, value ?? '']));
    // A colour that was never chosen stays unchosen.
    if (!text.primaryColor) delete given.primaryColor;
    if (!(await run(() => changeOwnOrganization(given)))) return focusFault(form);
    await onSaved();
    setSaved(true);
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-5">
      <Refused problem={problem} shown={['name', ...optional]} />
      <TextField
        label={t('organization.name')}
        value={text.name}
        onChange={(name) => change({ name })}
        error={words.text('name', text.name)}
      />
      <label className="flex min-h-12 items-center justify-between gap-4 font-semibold">
        {t('organization.color')}
        <input
          type="color"
          value={text.primaryColor ?? anyColor}
          onChange={({ target }) => change({ primaryColor: target.value })}
          className="h-11 w-20 cursor-pointer rounded-inner border border-ink-faint bg-sheet p-1"
        />
      </label>
      <div className="grid items-start gap-5 tablet:grid-cols-2">
        {optional.map((name) => (
          <TextField
            key={name}
            label={t('field.optional', { label: t(`organization.${name}`) })}
            value={text[name] ?? ''}
            onChange={(value) => change({ [name]: value })}
            error={problem?.errors[name]?.[0]}
          />
        ))}
      </div>
      <label className="flex min-h-12 cursor-pointer items-start gap-3">
        <input
          type="checkbox"
          checked={text.autoApproveEmployees}
          onChange={({ target }) => change({ autoApproveEmployees: target.checked })}
          className="mt-1 size-5 accent-brand"
        />
        <span className="flex flex-col">
          <span className="font-semibold">{t('organization.autoApprove')}</span>
          <span className="text-ink-soft text-small">
            {organization.domain
              ? t('organization.autoApproveText', { domain: organization.domain })
              : t('organization.noDomain')}
          </span>
        </span>
      </label>
      <SelectField<VideoProvider | ''>
        label={t('organization.video')}
        value={text.videoProvider ?? ''}
        options={(['', ...videoProviders] as const).map((value) => ({
          value,
          label: t(`organization.video.${value}`),
        }))}
        help={t('organization.videoText')}
        onChange={(videoProvider) => change({ videoProvider })}
      />
      <SelectField
        label={t('organization.timeZone')}
        value={text.timeZone ?? ''}
        options={[{ value: '', label: t('organization.timeZoneUnset') }, ...timeZones(text.timeZone || deviceZone())]}
        help={t('organization.timeZoneText')}
        onChange={(timeZone) => change({ timeZone })}
      />
      <SaveRow busy={busy} saved={saved} />
    </form>
  );
}
