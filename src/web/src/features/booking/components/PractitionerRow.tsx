import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { currentLanguage } from '../../../i18n';
import { capitalized, clock, dayIn, dayName } from '../../../i18n/time';
import { useSlots } from '../../../parts/slots/useSlots';
import { formatKey } from '../../../parts/visit';
import { Avatar } from '../../../primitives/Avatar';
import { TextLink } from '../../../primitives/TextLink';
import { ChatButton } from '../../chat/ways';
import type { Practitioner } from '../api/practitioners';
import { languagesInWords, nameOf } from '../model/words';
import { placeOf, placeOfBooking } from '../places';

/** How many free times a card shows. */
const shownTimes = 4;

/** Someone to be seen by, with the next times at which one can. */
export function PractitionerRow({ practitioner, zone }: { practitioner: Practitioner; zone: string }) {
  const { t } = useTranslation();
  const { specialty, languages, formats, bio, avatarUrl } = practitioner;
  const name = nameOf(practitioner);
  const facts = [
    languages.length > 0 && languagesInWords(languages, currentLanguage()),
    ...formats.map((format) => t(formatKey(format))),
  ];
  return (
    <article className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-3 py-3">
      <Avatar name={`${practitioner.firstName} ${practitioner.lastName}`} url={avatarUrl} size="middle" />
      <div className="flex min-w-0 flex-col gap-1">
        <h2 className="font-bold text-title leading-tight">
          <Link
            to={placeOf(practitioner.id)}
            className="inline-flex min-h-11 items-center underline-offset-4 hover:underline tablet:min-h-0"
          >
            {name}
          </Link>
        </h2>
        {specialty && <p className="text-large">{specialty}</p>}
        <p className="text-ink-soft">{facts.filter(Boolean).join(' · ')}</p>
        {bio && <p className="measure mt-1 line-clamp-2 text-ink-soft">{bio}</p>}
      </div>
      <div className="max-tablet:col-span-2 tablet:col-start-2">
        <NextTimes practitioner={practitioner} name={name} zone={zone} />
        <div className="mt-1 flex flex-col items-start gap-2">
          <ChatButton with={{ id: practitioner.id, name }} as="EMPLOYEE" />
        </div>
      </div>
    </article>
  );
}

function NextTimes({ practitioner, name, zone }: { practitioner: Practitioner; name: string; zone: string }) {
  const { t } = useTranslation();
  const { id, nextAvailableAt } = practitioner;
  const from = dayIn(nextAvailableAt ?? Date.now(), zone);
  const { data } = useSlots(
    { practitionerId: id, from, days: 2, zone },
    { enabled: nextAvailableAt !== null, kept: false },
  );
  if (!nextAvailableAt)
    return (
      <p className="text-ink-soft">
        {t('find.noTime')} <TextLink to={placeOf(id)}>{t('find.waitFor', { name })}</TextLink>
      </p>
    );
  // Until the list is there, and where it has just changed, what the directory knows.
  const times = data?.items.slice(0, shownTimes).map(({ startsAt }) => startsAt) ?? [];
  const shown = times.length > 0 ? times : [nextAvailableAt];
  return (
    <ul aria-label={t('find.nextTimes', { name })} className="flex flex-wrap gap-2">
      {shown.map((at) => (
        <li key={at} className="max-tablet:grow">
          <Link
            to={placeOfBooking(id, at)}
            className="flex min-h-14 min-w-26 flex-col items-center justify-center rounded-outer border border-line bg-sheet px-3 leading-tight hover:border-brand hover:bg-brand-soft"
          >
            <span className="text-ink-soft text-small">{shortDayName(at, zone)}</span>{' '}
            <span className="font-semibold">{clock(at, zone)}</span>
          </Link>
        </li>
      ))}
      <li className="max-tablet:grow">
        <Link
          to={placeOf(id)}
          className="flex min-h-14 items-center justify-center px-2 font-semibold text-brand underline-offset-4 hover:underline"
        >
          {t('find.otherTimes')}
          <span className="sr-only">, {name}</span>
        </Link>
      </li>
    </ul>
  );
}

/** "Tomorrow", or "Tue 24 Nov". */
function shortDayName(at: string, zone: string): string {
  const near = dayName(at, new Date(), zone);
  // The words of today and tomorrow are short; a date in full is not.
  if (!/\d/.test(near)) return capitalized(near);
  return capitalized(
    new Intl.DateTimeFormat(currentLanguage(), {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: zone,
    }).format(new Date(at)),
  );
}
