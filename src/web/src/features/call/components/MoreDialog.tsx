import { useId } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { useTranslation } from 'react-i18next';
import { useLoudness } from '../../../parts/self/useLoudness';
import { Button } from '../../../primitives/Button';
import { Veil } from '../../../primitives/Question';
import { SelectField } from '../../../primitives/SelectField';
import type { CallActs } from '../hooks/useCallActs';
import type { CallSession } from '../model/callSession';
import { type CallState, otherMembers } from '../model/callState';
import { canFloat } from '../model/floating';
import type { DeviceKind } from '../model/localMedia';
import { SafetyCode } from './SafetyCode';

interface MoreDialogProps {
  session: CallSession;
  state: CallState;
  acts: CallActs;
  onClose(): void;
}

const kinds: readonly DeviceKind[] = ['microphone', 'camera', 'speaker'];

/** What is needed now and then: which devices, whether anybody sits between, which keys. */
export function MoreDialog({ session, state, acts, onClose }: MoreDialogProps) {
  const { t } = useTranslation();
  const { media } = state;
  const shown = kinds.filter((kind) => media.choices[kind].length > (kind === 'speaker' ? 0 : 1));
  return (
    <Veil onClose={onClose}>
      <Dialog className="flex flex-col gap-6 outline-none">
        <Heading slot="title" className="font-bold text-title">
          {t('call.moreTitle')}
        </Heading>
        <div className="flex flex-col gap-4 empty:hidden">
          {shown.map((kind) => (
            <SelectField
              key={kind}
              label={t(`call.device.${kind}`)}
              value={media.chosen[kind]}
              options={optionsOf(kind)}
              onChange={(id) => void session.choose(kind, id)}
            />
          ))}
          {media.microphone && <Level key={media.microphone.id} track={media.microphone} />}
          {canFloat() && (
            <Button look="quiet" onPress={acts.float}>
              {t('call.pictureInPicture')}
            </Button>
          )}
        </div>
        {otherMembers(state).map(({ peerId, name }) => (
          <SafetyCode key={peerId} name={name} code={state.peers.get(peerId)?.code ?? null} />
        ))}
        <p className="text-ink-soft">{t('call.noRecording')}</p>
        <Keys canShare={acts.canShare} />
        <div className="flex justify-end">
          <Button onPress={onClose}>{t('call.done')}</Button>
        </div>
      </Dialog>
    </Veil>
  );

  function optionsOf(kind: DeviceKind) {
    const options = media.choices[kind].map(({ id, label }, index) => ({
      value: id,
      label: label || t('call.device.unnamed', { number: index + 1 }),
    }));
    const isKnown = options.some(({ value }) => value === media.chosen[kind]);
    return isKnown ? options : [{ value: media.chosen[kind], label: t('call.device.standard') }, ...options];
  }
}

function Level({ track }: { track: MediaStreamTrack }) {
  const { t } = useTranslation();
  const id = useId();
  // One stream for the life of the track, which is that of this part.
  const { level } = useLoudness(streamOf(track));
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="font-semibold">
        {t('call.level')}
      </span>
      <meter aria-labelledby={id} max={100} value={Math.round(level * 100)} className="sr-only" />
      <div aria-hidden="true" className="h-2.5 overflow-hidden rounded-full border border-ink-faint bg-well">
        <div className="h-full origin-left bg-done" style={{ transform: `scaleX(${level})` }} />
      </div>
    </div>
  );
}

const streams = new WeakMap<MediaStreamTrack, MediaStream>();

function streamOf(track: MediaStreamTrack): MediaStream {
  const stream = streams.get(track) ?? new MediaStream([track]);
  streams.set(track, stream);
  return stream;
}

function Keys({ canShare }: { canShare: boolean }) {
  const { t } = useTranslation();
  const keys = [
    ['M', 'microphone'],
    ['V', 'camera'],
    ...(canShare ? ([['S', 'share']] as const) : []),
    ['C', 'messages'],
    ...(canFloat() ? ([['P', 'pip']] as const) : []),
    ['?', 'more'],
  ] as const;
  return (
    <section className="flex flex-col gap-2 max-tablet:hidden">
      <h3 className="font-semibold">{t('call.keys')}</h3>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {keys.map(([key, act]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-grid min-w-7 place-items-center rounded-inner border border-line bg-well px-1.5">
                {key}
              </kbd>
            </dt>
            <dd className="text-ink-soft">{t(`call.key.${act}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
