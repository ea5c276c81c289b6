import { useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../../api/queryKeys';
import { hasPasskeys } from '../../../api/webauthn';
import { shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Button, IconButton } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import { session } from '../../../session';
import { type Passkey, removePasskey, usePasskeys } from '../api/passkeys';
import { NewPasskey } from '../second-factor/NewPasskey';
import { RenamePasskey } from './RenamePasskey';
import { Section } from './Section';

export function Passkeys() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const passkeys = usePasskeys();
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState<Passkey | null>(null);
  const [going, setGoing] = useState<Passkey | null>(null);

  async function changed() {
    await Promise.all([
      queries.invalidateQueries({ queryKey: queryKeys.passkeys }),
      queries.invalidateQueries({ queryKey: queryKeys.secondFactor }),
      session.reload(),
    ]);
  }

  return (
    <Section title={t('passkeys.title')} text={t('passkeys.text')}>
      <Loaded query={passkeys} lines={['h-14 w-full', 'h-11 w-44']}>
        {(items) => (
          <>
            {items.length === 0 && <p className="text-ink-soft">{t('passkeys.none')}</p>}
            {items.length > 0 && (
              <ul className="w-full">
                {items.map((passkey) => (
                  <PasskeyRow
                    key={passkey.id}
                    passkey={passkey}
                    onRename={() => setNaming(passkey)}
                    onRemove={() => setGoing(passkey)}
                  />
                ))}
              </ul>
            )}
            {hasPasskeys() ? (
              <Button look="quiet" onPress={() => setAdding(true)}>
                {t('passkeys.add')}
              </Button>
            ) : (
              <p className="text-ink-soft text-small">{t('setup2.passkeyMissing')}</p>
            )}
          </>
        )}
      </Loaded>
      {adding && (
        <NewPasskey
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            void changed();
          }}
        />
      )}
      {naming && (
        <RenamePasskey
          passkey={naming}
          onDone={async () => {
            await queries.invalidateQueries({ queryKey: queryKeys.passkeys });
            setNaming(null);
          }}
          onClose={() => setNaming(null)}
        />
      )}
      {going && (
        <Question
          title={t('passkeys.removeTitle', { name: going.name })}
          text={t('passkeys.removeText')}
          confirm={t('passkeys.removeConfirm')}
          busy={t('passkeys.removing')}
          failed={t('passkeys.removeFailed')}
          act={async () => {
            await removePasskey(going.id);
            await changed();
          }}
          onClose={() => setGoing(null)}
        />
      )}
    </Section>
  );
}

interface PasskeyRowProps {
  passkey: Passkey;
  onRename(): void;
  onRemove(): void;
}

function PasskeyRow({ passkey: { name, createdAt, lastUsedAt }, onRename, onRemove }: PasskeyRowProps) {
  const { t } = useTranslation();
  const used = lastUsedAt ? t('passkeys.used', { date: shortDate(lastUsedAt) }) : t('passkeys.unused');
  return (
    <li className="flex items-center gap-1 border-line border-b py-2 first:pt-0">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-semibold">{name}</span>
        <span className="text-ink-soft text-small">
          {t('passkeys.created', { date: shortDate(createdAt) })} · {used}
        </span>
      </span>
      <IconButton label={t('passkeys.rename', { name })} onPress={onRename}>
        <Pencil aria-hidden="true" className="size-5" />
      </IconButton>
      <IconButton label={t('passkeys.remove', { name })} onPress={onRemove}>
        <Trash2 aria-hidden="true" className="size-5" />
      </IconButton>
    </li>
  );
}
