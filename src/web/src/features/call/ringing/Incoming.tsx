import { useNavigate } from 'react-router';
import { useLive } from '../../../hooks/useLive';
import type { Live } from '../../../realtime/live';
import { answering } from '../answering';
import { keptPlace } from '../model/tabPlace';
import { Ringing } from './Ringing';
import { useRinging } from './useRinging';

interface IncomingProps {
  /** The page's own line, where it has one. */
  live?: Live;
  /** Who came by a link is in the visit already, and has no account to ask or to keep settings in. */
  byLink?: boolean;
}

/** A call that comes in, on whatever page one is. */
export function Incoming({ live, byLink = false }: IncomingProps) {
  return live ? <OnLine live={live} byLink={byLink} /> : <OnSharedLine />;
}

function OnSharedLine() {
  return <OnLine live={useLive()} byLink={false} />;
}

function OnLine({ live, byLink }: { live: Live | null; byLink: boolean }) {
  const navigate = useNavigate();
  const [ringing, hush] = useRinging(live, !byLink);
  if (!live || !ringing) return null;
  const { call, silent } = ringing;
  const { id: callId, consultationId } = call;
  return (
    <Ringing
      key={callId}
      hasSettings={!byLink}
      call={call}
      // Who is in a call already is told, and not pulled out of it.
      silent={silent || keptPlace() !== null}
      onAnswer={(media) => {
        hush(callId);
        answering.give({ consultationId, callId, media });
        if (!byLink) navigate(`/consultations/${consultationId}`);
      }}
      onDecline={async () => {
        const reason = keptPlace() === null ? 'declined' : 'busy';
        await live.ask('call.reject', { consultationId, callId, reason });
        hush(callId);
      }}
    />
  );
}
