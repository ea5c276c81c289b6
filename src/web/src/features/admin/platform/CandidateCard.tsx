import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../hooks/useAct';
import { shortDate } from '../../../i18n/time';
import { Refused } from '../../../parts/Refused';
import { Avatar } from '../../../primitives/Avatar';
import { Button } from '../../../primitives/Button';
import { Notice } from '../../../primitives/Notice';
import { acceptCandidate, type Candidate, setCandidateActive } from '../api/practitioners';
import { Badge } from '../components/Badge';
import { Papers } from './Papers';
import { RejectForm } from './RejectForm';

const tones = { PENDING: 'waiting', VALIDATED: 'done', REJECTED: 'urgent' } as const;

/** One candidate: what they say, what they show, and the decision. */
export function CandidateCard({ candidate, onChanged }: { candidate: Candidate; onChanged(): void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [rejecting, setRejecting] = useState(false);
  const { busy, problem, run } = useAct();
  const name = [candidate.title, candidate.firstName, candidate.lastName].filter(Boolean).join(' ');
  const decide = async (act: () => Promise<unknown>) => (await run(act)) && onChanged();
  const years = candidate.experience === null ? null : t('practitioners.years', { count: candidate.experience });
  return (
    <article aria-label={name} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={name} url={candidate.avatarUrl} />
        <div className="flex min-w-56 flex-1 flex-col">
          <span className="flex flex-wrap items-center gap-x-2 font-semibold">
            {name}
            <Badge tone={tones[candidate.status]}>{t(`practitioners.is.${candidate.status}`)}</Badge>
            {!candidate.isActive && <Badge tone="urgent">{t('practitioners.closed')}</Badge>}
          </span>
          <span className="break-words text-ink-soft text-small">
            {[candidate.specialty, candidate.email, shortDate(candidate.createdAt)].filter(Boolean).join(' · ')}
          </span>
        </div>
        <Button look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
          {t(open ? 'practitioners.fold' : 'practitioners.look')}
        </Button>
      </div>
      {open && (
        <div className="flex flex-col gap-4 rounded-outer border border-line bg-sheet p-5">
          <p className="measure whitespace-pre-line">{candidate.bio || t('practitioners.noBio')}</p>
          <p className="text-ink-soft">
            {[candidate.languages.join(', '), years, candidate.diplomas.join(', ')].filter(Boolean).join(' · ')}
          </p>
          {candidate.rejectionReason && <Notice tone="urgent">{candidate.rejectionReason}</Notice>}
          <Papers candidate={candidate} onChanged={onChanged} />
          <Refused problem={problem} />
          <div className="flex flex-wrap gap-3">
            {candidate.status !== 'VALIDATED' && (
              <Button
                busy={busy && t('admin.working')}
                onPress={() => void decide(() => acceptCandidate(candidate.id))}
              >
                {t('practitioners.accept')}
              </Button>
            )}
            {candidate.status === 'PENDING' && (
              <Button look="danger" onPress={() => setRejecting(true)}>
                {t('practitioners.reject')}
              </Button>
            )}
            {candidate.status === 'VALIDATED' && (
              <Button
                look="quiet"
                busy={busy && t('admin.working')}
                onPress={() => void decide(() => setCandidateActive(candidate.id, !candidate.isActive))}
              >
                {t(candidate.isActive ? 'practitioners.close' : 'practitioners.open')}
              </Button>
            )}
          </div>
        </div>
      )}
      {rejecting && <RejectForm id={candidate.id} name={name} onDone={onChanged} onClose={() => setRejecting(false)} />}
    </article>
  );
}
