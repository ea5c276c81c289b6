import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortDate } from '../../../i18n/time';
import { Loaded } from '../../../parts/Loaded';
import { Button } from '../../../primitives/Button';
import { TextLink } from '../../../primitives/TextLink';
import { type LegalHold, useLegalHolds } from '../api/holds';
import { LiftHold } from './LiftHold';

interface HoldListProps {
  /** Where a conversation is opened by whoever may read it. */
  placeOf?(conversation: string): string;
}

/** What is held, and below it what was. */
export function HoldList({ placeOf }: HoldListProps) {
  const { t } = useTranslation();
  return (
    <Loaded query={useLegalHolds()} lines={['h-14 w-full', 'h-14 w-11/12']}>
      {(holds) => {
        const now = holds.filter(({ liftedAt }) => liftedAt === null);
        const past = holds.filter(({ liftedAt }) => liftedAt !== null);
        return (
          <div className="flex flex-col gap-8">
            {now.length === 0 ? (
              <p className="text-ink-soft text-large">{t('hold.none')}</p>
            ) : (
              <Rows title={t('hold.now')} holds={now} placeOf={placeOf} />
            )}
            {past.length > 0 && <Rows title={t('hold.past')} holds={past} />}
          </div>
        );
      }}
    </Loaded>
  );
}

interface RowsProps extends Pick<HoldListProps, 'placeOf'> {
  title: string;
  holds: readonly LegalHold[];
}

function Rows({
  title,
  holds,
  placeOf,
}: {
  title: string;
  holds: readonly LegalHold[];
  placeOf?: RowsProps['placeOf'] | undefined;
}) {
  const { t } = useTranslation();
  const [lifting, setLifting] = useState<LegalHold | null>(null);
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-semibold text-ink-soft">{title}</h3>
      <ul aria-label={title} className="border-line border-t">
        {holds.map((hold) => {
          const { id, reference, conversationId, patientId, placedAt, liftedAt } = hold;
          return (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-line border-b py-3"
            >
              <div className="min-w-0">
                <p className="break-all font-semibold">{reference}</p>
                <p className="text-ink-soft">
                  {t(patientId ? 'hold.ofPatient' : 'hold.ofConversation')}
                  {' · '}
                  {liftedAt
                    ? t('hold.span', { from: shortDate(placedAt), to: shortDate(liftedAt) })
                    : t('hold.since', { date: shortDate(placedAt) })}
                </p>
                {!placeOf && <p className="break-all text-ink-soft text-small">{conversationId ?? patientId}</p>}
              </div>
              <div className="flex flex-wrap items-center gap-x-6">
                {placeOf && conversationId && <TextLink to={placeOf(conversationId)}>{t('hold.open')}</TextLink>}
                {!liftedAt && (
                  <Button look="quiet" aria-label={t('hold.liftOf', { reference })} onPress={() => setLifting(hold)}>
                    {t('hold.lift')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {lifting && <LiftHold hold={lifting} onClose={() => setLifting(null)} />}
    </section>
  );
}
