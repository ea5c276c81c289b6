import { type KeyboardEvent, useRef } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';

const groups = {
  faces: '🙂 😊 😀 😁 😂 😅 😉 😍 🥰 😘 😎 🤔 🤗 😐 😕 🙁 😢 😭 😟 😰 😱 😴 😮 😡 🤒 🤕 🤢 🤧 😷 🥴 🥱 🥳',
  hands: '👍 👎 👌 👋 🙏 💪 👏 🤝 ✌️ 🤞 👆 👇 👉 👈 ✋ 🫶',
  care: '💊 💉 🩺 🩹 🌡️ 🩸 🦷 🫀 🫁 🧠 👁️ 👂 🦴 🤰 👶 🏥 🚑 🧴 🧘 🏃',
  signs: '❤️ 🧡 💛 💚 💙 💜 ✅ ❌ ❓ ❗ ⚠️ ⏰ 📅 📎 🎉 ⭐ ☀️ 🌙 ☕ 💧',
} as const;
type Group = keyof typeof groups;
const names = Object.keys(groups) as Group[];
/** Signs a row, at every width: the arrows count on it. */
const across = 6;

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across };

/** A sign to answer with, from more than the handful at hand. The arrows go from one to the next. */
export default function SignPicker({ onChoose, onClose }: { onChoose(sign: string): void; onClose(): void }) {
  const { t } = useTranslation();
  const grid = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const step = steps[event.key];
    const all = [...(grid.current?.querySelectorAll('button') ?? [])];
    const next = step === undefined ? undefined : all[all.indexOf(event.target as HTMLButtonElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-3 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('message.moreSigns')}
        </Heading>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the buttons inside. */}
        <div ref={grid} onKeyDown={onKeyDown} className="flex max-h-[50dvh] flex-col gap-3 overflow-y-auto">
          {names.map((group, index) => (
            <section key={group} aria-label={t(`signs.${group}`)}>
              <h3 className="font-semibold text-ink-soft text-small">{t(`signs.${group}`)}</h3>
              <div className="grid grid-cols-6">
                {groups[group].split(' ').map((sign, place) => (
                  <button
                    key={sign}
                    type="button"
                    // biome-ignore lint/a11y/noAutofocus: the dialog was opened to choose one.
                    autoFocus={index === 0 && place === 0}
                    onClick={() => {
                      onChoose(sign);
                      onClose();
                    }}
                    className="grid min-h-11 cursor-pointer place-items-center rounded-inner text-title outline-offset-[-3px] hover:bg-well"
                  >
                    {sign}
                  </button>
                ))}
              </div>
            </section>
          ))}
        </div>
        <div className="flex justify-end">
          <Button look="quiet" onPress={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </Dialog>
    </Veil>
  );
}
