import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallMember } from '../../../realtime/events';
import { type CallState, otherMembers } from '../model/callState';

/** Says aloud, to screen readers, what changes in the call while nobody looks. */
export function CallWords({ state }: { state: CallState }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const last = useRef(state);

  useEffect(() => {
    const before = last.current;
    last.current = state;
    const sentences: string[] = [];
    const known = new Map(otherMembers(before).map((member) => [member.peerId, member]));
    for (const member of otherMembers(state)) {
      sentences.push(...ofMember(known.get(member.peerId), member));
      known.delete(member.peerId);
    }
    for (const { name } of known.values()) sentences.push(t('call.said.left', { name }));
    const isConnected = ({ peers }: CallState) => [...peers.values()].some(({ link }) => link === 'connected');
    if (isConnected(state) && !isConnected(before)) sentences.push(t('call.said.connected'));
    if (state.phase !== before.phase && state.phase === 'lost') sentences.push(t('call.lineLost'));
    if (state.phase === 'inside' && before.phase === 'lost') sentences.push(t('call.lineBack'));
    if (state.step !== before.step) sentences.push(t(`call.mine.${state.step}`));
    if (state.media.microphoneOn !== before.media.microphoneOn)
      sentences.push(t(state.media.microphoneOn ? 'call.said.selfUnmuted' : 'call.said.selfMuted'));
    if (Boolean(state.media.camera) !== Boolean(before.media.camera) && before.phase === state.phase)
      sentences.push(t(state.media.camera ? 'call.said.selfCameraOn' : 'call.said.selfCameraOff'));
    if (sentences.length > 0) setSaid(sentences.join(' '));

    function ofMember(was: CallMember | undefined, is: CallMember): string[] {
      const { name } = is;
      if (!was) return [t('call.said.joined', { name })];
      const words: string[] = [];
      if (was.microphone !== is.microphone)
        words.push(t(is.microphone ? 'call.said.unmuted' : 'call.said.muted', { name }));
      if (was.camera !== is.camera) words.push(t(is.camera ? 'call.said.cameraOn' : 'call.said.cameraOff', { name }));
      if (was.screen !== is.screen) words.push(t(is.screen ? 'call.said.sharing' : 'call.said.notSharing', { name }));
      if (was.quality !== is.quality) words.push(t(`call.theirs.${is.quality}`, { name }));
      return words;
    }
  }, [state, t]);

  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
