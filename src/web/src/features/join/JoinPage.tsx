import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import { byOwnLink } from '../../parts/OwnLink';
import { Button } from '../../primitives/Button';
import { Quiet } from '../../primitives/Quiet';
import { ButtonLink } from '../../primitives/TextLink';
import { session, useSession } from '../../session';
import { Door, ProblemPage } from '../shell';
import { type Entered, type JoinFace, lookAt } from './api/join';
import { AtTheDoor } from './components/AtTheDoor';
import { GuestRoom } from './components/GuestRoom';

/** Where the link of an invitation into one visit leads, on any device and without an account. */
export function JoinPage() {
  const { token = '' } = useParams();
  const [times, setTimes] = useState(0);
  // Another link is another guest: nothing of the one before stays.
  return <Join key={`${token}/${times}`} token={token} onAgain={() => setTimes(times + 1)} />;
}

function Join({ token, onAgain }: { token: string; onAgain(): void }) {
  const { t } = useTranslation();
  const tests = useParams().step === 'test';
  const [face, setFace] = useState<JoinFace | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const [entered, setEntered] = useState<Entered | null>(null);
  const [over, setOver] = useState<'left' | 'ended' | null>(null);
  const signedIn = useSession();
  // Null for nobody, who is a guest; undefined until it is known.
  const who = signedIn.status === 'starting' ? undefined : signedIn.status === 'signedIn' ? signedIn.user.id : null;
  const isIn = entered !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` and `who` ask again.
  useEffect(() => {
    // Whoever is in stays a guest, whatever another tab signs in to.
    if (who === undefined || isIn) return;
    const abort = new AbortController();
    setProblem(null);
    session
      .token()
      .then((by) => lookAt(token, by, abort.signal))
      .then(setFace, (reason) => !abort.signal.aborted && setProblem(Problem.from(reason)));
    return () => abort.abort();
  }, [token, tries, who, isIn]);

  function retry() {
    // Who is signed in could not be asked either.
    if (signedIn.status === 'unreachable') void session.start();
    setTries(tries + 1);
  }

  if (over === 'left') {
    return (
      <Door title={t('join.leftTitle')} lead={t('join.left')}>
        <Button onPress={onAgain}>{t('join.again')}</Button>
      </Door>
    );
  }
  if (over === 'ended' || problem?.category === 'missing')
    return <Door title={t('join.goneTitle')} lead={t('join.gone')} />;
  if (entered)
    return (
      <GuestRoom key={entered.accessToken} entered={entered} home={`/join/${token}`} tests={tests} onOver={setOver} />
    );
  if (problem) {
    return (
      <main className="mx-auto grid min-h-dvh max-w-3xl content-center px-5">
        <ProblemPage category={problem.category} onRetry={retry} home={false} />
      </main>
    );
  }
  if (!face) return <Quiet words={t('app.loading')} />;
  if (face.own && face.path) return <Navigate to={tests ? `${face.path}/test` : face.path} state={byOwnLink} replace />;
  if (face.consultation.id) {
    return (
      <Door title={t('join.ownTitle')} lead={t('join.own')}>
        <ButtonLink to={`/consultations/${face.consultation.id}`}>{t('signIn.submit')}</ButtonLink>
      </Door>
    );
  }
  return <AtTheDoor token={token} face={face} onEntered={setEntered} />;
}
