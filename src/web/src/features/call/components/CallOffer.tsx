import { Phone, Video } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asClock } from '../../../parts/length';
import { Button } from '../../../primitives/Button';
import type { Call, Consultation } from '../../../realtime/events';
import type { CallSession } from '../model/callSession';
import { type CallState, isLive, secondsOf } from '../model/callState';
import { willAsk } from '../model/permission';
import { Preparing } from './Preparing';

interface CallOfferProps {
  session: CallSession;
  state: CallState;
  me: string;
  /** One of the two of the visit; others come into what goes on, and call nobody. */
  mayCall: boolean;
  format: Consultation['format'];
  otherName: string;
}

/** Above the conversation while one is in no call: the way into it. Who only wants to write, writes below. */
export function CallOffer({ session, state, me, mayCall, format, otherName }: CallOfferProps) {
  const { t } = useTranslation();
  const [preparing, setPreparing] = useState<Call['media'] | null>(null);
  const { call, problem } = state;
  const live = isLive(call);
  const rings = live && call.state === 'ringing' && call.callerId !== me && mayCall;
  const elsewhere = live && call.members.some(({ userId }) => userId === me);
  if (!mayCall && !live) return null;

  const go = (media: Call['media']) => {
    setPreparing(null);
    if (!live) void session.start(media);
    else if (rings) void session.accept(call.id, media);
    else void session.join(call.id, media);
  };
  // The explanation comes before the browser's question, and only if there is one.
  const press = async (media: Call['media']) => ((await willAsk(media === 'video')) ? setPreparing(media) : go(media));
  const video = format === 'video';
  const [title, text] = words();
  return (
    <section className="border-line border-b bg-well py-4">
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5">
        <div role="status" className="flex min-w-0 flex-1 basis-64 flex-col">
          <h2 className="font-bold text-large">{title}</h2>
          <p className="text-ink-soft">{text}</p>
        </div>
        <div className="flex flex-wrap gap-3">
          {video && (
            <Button onPress={() => void press('video')}>
              <Video aria-hidden="true" className="size-5" />
              {first()}
            </Button>
          )}
          <Button look={video ? 'quiet' : 'primary'} onPress={() => void press('audio')}>
            <Phone aria-hidden="true" className="size-5" />
            {video ? t('call.soundOnly') : first()}
          </Button>
        </div>
      </div>
      {preparing && <Preparing media={preparing} onGo={go} onClose={() => setPreparing(null)} />}
    </section>
  );

  function first() {
    if (elsewhere) return t('call.takeHere');
    if (rings) return t(video ? 'call.answer' : 'call.answerSound');
    if (live) return t('call.join');
    if (call) return t('call.again');
    return t(video ? 'call.startVideo' : 'call.startAudio');
  }

  function words(): [title: string, text: string] {
    const offer = t(video ? 'call.offerVideo' : 'call.offerAudio');
    if (problem) return [offer, failure(problem.code, problem.category)];
    if (!call) return [offer, t('call.offerText')];
    if (!live) return [offer, over(call)];
    if (rings) return [t('call.isCalling', { name: call.callerName }), t('call.noRecording')];
    if (elsewhere) return [t('call.underWay'), t('call.elsewhere')];
    return [t('call.underWay'), t('call.underWayWith', { names: call.members.map(({ name }) => name).join(', ') })];
  }

  function failure(code: string, category: string) {
    if (code === 'call_full' || code === 'call_answered_elsewhere') return t(`call.failed.${code}`);
    return t(category === 'unreachable' ? 'call.failed.unreachable' : 'call.failed');
  }

  function over({ endReason, callerId, ...ended }: Call) {
    const duration = asClock(secondsOf({ endReason, callerId, ...ended }));
    const talked = ended.connectedAt !== null;
    switch (endReason) {
      case 'hung_up':
      case 'left':
        return talked ? t(`call.over.${endReason}`, { duration }) : t('call.over.other');
      case 'lost':
      case 'failed':
        return t(`call.over.${endReason}`);
      case 'rejected':
      case 'busy':
      case 'missed':
        // To who did not take it, nothing is told that they know.
        return callerId === me ? t(`call.over.${endReason}`, { name: otherName }) : t('call.over.other');
      default:
        return t('call.over.other');
    }
  }
}
