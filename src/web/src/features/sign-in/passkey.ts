import { send } from '../../api/http';
import type { Session } from '../../api/session';
import { getPasskey, type RequestJson } from '../../api/webauthn';

/** The person said no to the device's question, or it had nothing to offer. */
export class TurnedAway extends Error {}

/** Asks the device for any passkey of this server: the account comes with it. */
export async function signInWithPasskey(session: Pick<Session, 'signInWithPasskey'>): Promise<void> {
  const { ceremony, ...answer } = await send<{ ceremony: string; options: RequestJson }>(
    '/api/auth/passkeys/sign-in/options',
    { method: 'POST', body: {} },
  );
  const credential = await getPasskey(answer.options);
  if (!credential) throw new TurnedAway();
  await session.signInWithPasskey(ceremony, credential);
}
