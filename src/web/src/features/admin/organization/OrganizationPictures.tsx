import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import {
  type Organization,
  type OrganizationPicture,
  removeOrganizationPicture,
  sendOrganizationPicture,
} from '../api/organizations';

interface OrganizationPicturesProps {
  organization: Organization;
  onChanged(): Promise<void>;
}

const accepted = 'image/jpeg,image/png,image/gif,image/webp';

/** Cover, logo and colour as its people will see them. */
export function OrganizationPictures({ organization, onChanged }: OrganizationPicturesProps) {
  const { t } = useTranslation();
  const { busy, problem, run } = useAct();
  const input = useRef<HTMLInputElement>(null);
  const [what, setWhat] = useState<OrganizationPicture>('logo');

  function ask(picture: OrganizationPicture) {
    setWhat(picture);
    input.current?.click();
  }

  const change = async (act: () => Promise<unknown>) => (await run(act)) && (await onChanged());
  return (
    <section aria-label={t('organization.look')} className="flex flex-col gap-4">
      <div className="overflow-hidden rounded-outer border border-line bg-sheet">
        {organization.coverUrl ? (
          <img src={organization.coverUrl} alt="" className="h-36 w-full object-cover" />
        ) : (
          <svg viewBox="0 0 8 1" preserveAspectRatio="none" className="h-24 w-full" aria-hidden="true">
            <rect width="8" height="1" fill={organization.primaryColor ?? 'var(--brand-soft)'} />
          </svg>
        )}
        <div className="flex items-center gap-4 p-4">
          <Avatar name={organization.name} url={organization.logoUrl} size="large" />
          <span className="min-w-0 break-words font-bold text-lead">{organization.name}</span>
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        {(['logo', 'cover'] as const).map((picture) => (
          <div key={picture} className="flex flex-wrap gap-x-2">
            <Button look="quiet" busy={busy && what === picture && t('admin.working')} onPress={() => ask(picture)}>
              {t(`organization.${picture}`)}
            </Button>
            {organization[`${picture}Url`] && (
              <Button look="plain" onPress={() => void change(() => removeOrganizationPicture(picture))}>
                {t(`organization.${picture}Remove`)}
              </Button>
            )}
          </div>
        ))}
      </div>
      <Refused problem={problem} />
      <input
        ref={input}
        type="file"
        hidden
        accept={accepted}
        aria-label={t(`organization.${what}`)}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void change(() => sendOrganizationPicture(what, file));
          target.value = '';
        }}
      />
    </section>
  );
}
