import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Problem } from '../../api/problem';
import { useTitle } from '../../hooks/useTitle';
import { currentLanguage } from '../../i18n';
import { BackTo } from '../../parts/BackTo';
import { SlotWeek } from '../../parts/slots/SlotWeek';
import { deviceZone } from '../../parts/time';
import { formatKey } from '../../parts/visit';
import { Avatar } from '../../primitives/Avatar';
import { Button } from '../../primitives/Button';
import { Notice } from '../../primitives/Notice';
import { Skeleton } from '../../primitives/Skeleton';
import { ChatButton } from '../chat/ways';
import { ProblemPage } from '../shell';
import { type Practitioner, usePractitioner } from './api/practitioners';
import { WishDialog } from './components/WishDialog';
import { languagesInWords, nameOf } from './model/words';
import { placeOfBooking } from './places';

const shape = ['h-24 w-24', 'h-8 w-2/3', 'h-5 w-1/2', 'mt-8 h-16 w-full', 'h-12 w-11/12'];

/** Who this is, and when one can see them. */
export function PractitionerPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = usePractitioner(id);
  if (data) return <Page practitioner={data} />;
  if (error) return <ProblemPage category={Problem.from(error).category} onRetry={() => void refetch()} />;
  return <Skeleton label={t('list.loading')} lines={shape} />;
}

function Page({ practitioner }: { practitioner: Practitioner }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [wishing, setWishing] = useState(false);
  const [wished, setWished] = useState(false);
  const zone = deviceZone();
  const name = nameOf(practitioner);
  // Whoever comes back because somebody else was quicker is told so.
  const lost = (useLocation().state as { lost?: boolean } | null)?.lost === true;
  useTitle(name);
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-4">
        <BackTo to="/patient/practitioners">{t('find.back')}</BackTo>
        <Portrait practitioner={practitioner} name={name} />
        <div className="flex flex-col items-start gap-2">
          <ChatButton with={{ id: practitioner.id, name }} as="EMPLOYEE" />
        </div>
      </div>
      <section aria-labelledby="times" className="flex flex-col gap-4">
        <h2 id="times" className="font-bold text-lead">
          {t('slots.title')}
        </h2>
        {lost && (
          <Notice tone="waiting" alert>
            {t('book.lost')}
          </Notice>
        )}
        <SlotWeek
          practitionerId={practitioner.id}
          practitionerName={name}
          zone={zone}
          nextFree={practitioner.nextAvailableAt}
          onChoose={({ startsAt }) => void navigate(placeOfBooking(practitioner.id, startsAt))}
        />
        <div className="flex flex-wrap items-center gap-x-3">
          {wished ? (
            <Notice tone="done">{t('wish.added', { name })}</Notice>
          ) : (
            <>
              <p className="text-ink-soft">{t('wish.question')}</p>
              <Button look="plain" onPress={() => setWishing(true)}>
                {t('wish.open')}
              </Button>
            </>
          )}
        </div>
      </section>
      <About practitioner={practitioner} name={name} />
      {wishing && (
        <WishDialog
          practitionerId={practitioner.id}
          name={name}
          zone={zone}
          onAdded={() => setWished(true)}
          onClose={() => setWishing(false)}
        />
      )}
    </div>
  );
}

/** Who, in a glance. */
function Portrait({ practitioner, name }: { practitioner: Practitioner; name: string }) {
  const { t } = useTranslation();
  const { firstName, lastName, specialty, languages, formats, avatarUrl } = practitioner;
  const facts = [languagesInWords(languages, currentLanguage()), ...formats.map((format) => t(formatKey(format)))];
  return (
    <div className="flex items-center gap-4 tablet:gap-6">
      <Avatar name={`${firstName} ${lastName}`} url={avatarUrl} size="large" />
      <div className="flex min-w-0 flex-col gap-0.5">
        <h1 className="font-bold text-lead tablet:text-display tablet:tracking-tight">{name}</h1>
        {specialty && <p className="text-large tablet:text-title">{specialty}</p>}
        <p className="text-ink-soft">{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  );
}

/** The rest, for those who like to know before they choose. */
function About({ practitioner, name }: { practitioner: Practitioner; name: string }) {
  const { t } = useTranslation();
  const { experience, diplomas, bio } = practitioner;
  const facts = [
    { label: t('who.experience'), text: experience ? t('who.years', { count: experience }) : '' },
    { label: t('who.diplomas'), text: diplomas.join(', ') },
  ].filter(({ text }) => text);
  if (!bio && facts.length === 0) return null;
  return (
    <section aria-labelledby="about" className="flex flex-col gap-3 border-line border-t pt-8">
      <h2 id="about" className="font-bold text-title">
        {t('who.about', { name })}
      </h2>
      {bio && <p className="measure whitespace-pre-line">{bio}</p>}
      {facts.length > 0 && (
        <dl className="grid gap-x-8 gap-y-1 tablet:grid-cols-[auto_1fr]">
          {facts.map(({ label, text }) => (
            <div key={label} className="contents">
              <dt className="text-ink-soft max-tablet:mt-1 max-tablet:text-small">{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
