import { Plus, Smile } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuRow, MenuSign, MenuTrigger } from '../../../primitives/Menu';

const SignPicker = lazy(() => import('./SignPicker'));

/** The ones at hand; the rest is one step further. */
const rows = [
  ['🙂', '😊', '😅', '😂', '😉', '😍'],
  ['😢', '😟', '😴', '🤒', '🤕', '🤢'],
  ['👍', '👎', '👋', '🙏', '💪', '👏'],
  ['❤️', '✅', '❌', '💊', '🩺', '🌡️'],
];

export function EmojiMenu({ onChoose }: { onChoose(sign: string): void }) {
  const { t } = useTranslation();
  const [picking, setPicking] = useState(false);
  return (
    <>
      <MenuTrigger>
        <IconButton label={t('composer.emoji')}>
          <Smile aria-hidden="true" className="size-5" />
        </IconButton>
        <Menu label={t('composer.emoji')}>
          {rows.map((signs) => (
            <MenuRow key={signs[0]} label={signs.join(' ')}>
              {signs.map((sign) => (
                <MenuSign key={sign} sign={sign} label={sign} chosen={false} onAction={() => onChoose(sign)} />
              ))}
            </MenuRow>
          ))}
          <MenuItem icon={<Plus aria-hidden="true" className="size-5" />} onAction={() => setPicking(true)}>
            {t('message.moreSigns')}
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {picking && (
        <Suspense fallback={null}>
          <SignPicker onChoose={onChoose} onClose={() => setPicking(false)} />
        </Suspense>
      )}
    </>
  );
}
