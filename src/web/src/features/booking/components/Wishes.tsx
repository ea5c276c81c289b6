import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryKeys } from '../../../api/queryKeys';
import { capitalized, clock, dayName, shortDate } from '../../../i18n/time';
import { Button } from '../../../primitives/Button';
import { Question } from '../../../primitives/Question';
import { TextLink } from '../../../primitives/TextLink';
import { usePractitioner } from '../api/practitioners';
import { dropWish, useWishes, type Wish } from '../api/waitingList';
import { nameOf } from '../model/words';
import { placeOf, placeOfBooking } from '../places';

/** For whom this patient waits, or what has become free for them. Nothing to say: nothing is shown. */
export function Wishes({ only }: { only: 'offered' | 'waiting' }) {
  const { t } = useTranslation();
  const { data = [] } = useWishes();
  const wishes = data.filter(({ offer }) => (offer ? 'offered' : 'waiting') === only);
  if (wishes.length === 0) return null;
  if (only === 'offered')
    return (
      <ul aria-label={t('wish.offers')} className="flex flex-col gap-3">
        {wishes.map((wish) => (
          <li key={wish.id} className="fade-in rounded-outer bg-brand-soft px-5 py-5">
            <WishRow wish={wish} />
          </li>
        ))}
      </ul>
    );
  return (
    <section aria-labelledby="wishes" className="flex flex-col gap-1">
      <h2 id="wishes" className="font-semibold text-ink-soft">
        {t('wish.list')}
      </h2>
      <ul className="border-line border-t">
        {wishes.map((wish) => (
          <li key={wish.id} className="border-line border-b py-3">
            <WishRow wish={wish} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WishRow({ wish }: { wish: Wish }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { data } = usePractitioner(wish.practitionerId);
  const name = data ? nameOf(data) : '…';
  const { offer } = wish;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div role="status" className="flex flex-col">
        {offer ? (
          <>
            <p className="font-semibold">{t('wish.offer', { name })}</p>
            <p className="font-bold text-title">
              {capitalized(t('when.at', { day: dayName(offer.scheduledAt), time: clock(offer.scheduledAt) }))}
            </p>
            <p>{t('wish.offerUntil', { time: clock(offer.expiresAt) })}</p>
          </>
        ) : (
          <>
            <p className="font-semibold">{name}</p>
            <p className="text-ink-soft">{span()}</p>
          </>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-x-5">
        {offer ? (
          <Link
            to={placeOfBooking(wish.practitionerId, offer.scheduledAt)}
            state={{ hold: { id: offer.holdId, expiresAt: offer.expiresAt } }}
            className="inline-flex min-h-11 items-center rounded-outer bg-brand px-5 font-semibold text-on-brand hover:bg-brand-strong"
          >
            {t('wish.take')}
          </Link>
        ) : (
          <TextLink to={placeOf(wish.practitionerId)}>{t('wish.look')}</TextLink>
        )}
        <Button look="plain" onPress={() => setAsking(true)}>
          {t(offer ? 'wish.refuse' : 'wish.drop')}
        </Button>
      </div>
      {asking && (
        <Question
          title={t('wish.dropTitle', { name })}
          text={t(offer ? 'wish.dropOffer' : 'wish.dropText')}
          confirm={t('wish.drop')}
          busy={t('wish.busy')}
          failed={t('wish.dropFailed')}
          act={async () => {
            await dropWish(wish.id);
            await queries.invalidateQueries({ queryKey: queryKeys.waitingList });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );

  function span() {
    const { from, until } = wish;
    if (from && until) return t('wish.between', { from: shortDate(from), until: shortDate(until) });
    if (from) return t('wish.after', { from: shortDate(from) });
    return until ? t('wish.before', { until: shortDate(until) }) : t('wish.anyTime');
  }
}
