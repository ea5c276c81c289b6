import { Smile } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuRow, MenuSign, MenuTrigger } from '../../../primitives/Menu';

/** Enough for a talk about health; a device's own keyboard has the rest. */
const rows = [
  ['🙂', '😊', '😅', '😂', '😉', '😍'],
  ['😢', '😟', '😴', '🤒', '🤕', '🤢'],
  ['👍', '👎', '👋', '🙏', '💪', '👏'],
  ['❤️', '✅', '❌', '💊', '🩺', '🌡️'],
];

export function EmojiMenu({ onChoose }: { onChoose(sign: string): void }) {
  const { t } = useTranslation();
  return (
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
      </Menu>
    </MenuTrigger>
  );
}
