import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { useAct } from '../../../hooks/useAct';
import { Refused } from '../../../parts/Refused';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { removePicture, sendPicture } from '../api/profile';
import { preparePicture } from '../model/picture';

/** Choose, look, keep. Nothing is sent before it was looked at. */
export function Picture({ user }: { user: User }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ blob: Blob; url: string } | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const sending = useAct();
  const removing = useAct();
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.url)), [chosen]);

  async function choose(file: File | undefined) {
    if (!file) return;
    sending.forget();
    removing.forget();
    try {
      const blob = await preparePicture(file);
      setUnreadable(false);
      setChosen({ blob, url: URL.createObjectURL(blob) });
    } catch {
      setUnreadable(true);
    }
  }

  async function keep() {
    if (chosen && (await sending.run(() => sendPicture(chosen.blob)))) setChosen(null);
  }

  const askForFile = () => input.current?.click();
  return (
    <section aria-labelledby="picture" className="flex flex-col gap-4">
      <h2 id="picture" className="sr-only">
        {t('profile.picture')}
      </h2>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
        <Avatar name={user.name} url={chosen?.url ?? user.avatarUrl} size="large" />
        <div className="flex min-w-56 flex-1 flex-col items-start gap-3">
          <p className="text-ink-soft" aria-live="polite">
            {t(chosen ? 'profile.picturePreview' : 'profile.pictureText')}
          </p>
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            {chosen ? (
              <>
                <Button busy={sending.busy && t('profile.pictureSending')} onPress={keep}>
                  {t('profile.pictureKeep')}
                </Button>
                <Button look="quiet" onPress={askForFile}>
                  {t('profile.pictureOther')}
                </Button>
                <Button look="plain" onPress={() => setChosen(null)}>
                  {t('action.cancel')}
                </Button>
              </>
            ) : (
              <>
                <Button look="quiet" onPress={askForFile}>
                  {t(user.avatarUrl ? 'profile.pictureOther' : 'profile.pictureChoose')}
                </Button>
                {user.avatarUrl && (
                  <Button
                    look="plain"
                    busy={removing.busy && t('profile.pictureRemoving')}
                    onPress={() => removing.run(removePicture)}
                  >
                    {t('profile.pictureRemove')}
                  </Button>
                )}
              </>
            )}
          </div>
        </div>
      </div>
      {unreadable && (
        <Notice tone="urgent" alert>
          {t('profile.pictureUnreadable')}
        </Notice>
      )}
      <Refused problem={sending.problem ?? removing.problem} />
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('profile.pictureChoose')}
        onChange={({ target }) => {
          void choose(target.files?.[0]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </section>
  );
}
