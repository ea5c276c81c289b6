import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { HoldList } from '../../keeping';
import { HoldForm } from './HoldForm';

/** What a court or an authority asked to be kept. */
export function Holds() {
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  return (
    <section aria-labelledby="holds" className="flex flex-col gap-4 border-line border-t pt-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="measure">
          <h2 id="holds" className="font-bold text-title">
            {t('hold.title')}
          </h2>
          <p className="text-ink-soft">{t('keep.holdsText')}</p>
        </div>
        <Button look="quiet" onPress={() => setPlacing(true)}>
          <Plus aria-hidden="true" className="size-5" />
          {t('hold.place')}
        </Button>
      </div>
      <HoldList />
      {placing && <HoldForm onClose={() => setPlacing(false)} />}
    </section>
  );
}
