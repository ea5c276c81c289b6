import { useNavigate } from 'react-router';
import { useLive } from '../../../hooks/useLive';
import type { Live } from '../../../realtime/live';
import { answering } from '../answering';
import { keptPlace } from '../model/tabPlace';
import { Ringing } from './Ringing';
import { useRinging } from './useRinging';

/** A call that comes in, on whatever page one is; `live` is the page's own line, where it has one. */
export function Incoming({ live }: { live?: Live }) {
  return live ? <OnLine live={live} /> : <OnSharedLine />;
}

function OnSharedLine() {
  return <OnLine live={useLive()} />;
}

function OnLine({ live }: { live: Live | null }) {
  const navigate = useNavigate();
  const [ringing, hush] = useRinging(live);
  if (!live || !ringing) return null;
  const { call, silent } = ringing;
  const { id: callId, consultationId } = call;
  return (
    <Ringing
      key={callId}
      call={call}
      // Who is in a call already is told, and not pulled out of it.
      silent={silent || keptPlace() !== null}
      onAnswer={(media) => {
        hush(callId);
        answering.give({ consultationId, callId, media });
        navigate(`/consultations/${consultationId}`);
      }}
      onDecline={async () => {
        const reason = keptPlace() === null ? 'declined' : 'busy';
        await live.ask('call.reject', { consultationId, callId, reason });
        hush(callId);
      }}
    />
  );
}
