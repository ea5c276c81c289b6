import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { minutesInWords } from '../../../parts/time';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';
import { TextField } from '../../../primitives/TextField';
import { useColleagues, useDeputy, useNameDeputy } from '../api/deputy';

/** Minutes that an urgent message may wait for the practitioner. */
const waits = [5, 10, 15, 30, 60, 120];
const usualWait = 15;

/** Whom an urgent message goes on to that found nobody. */
export function DeputyChoice({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const deputy = useDeputy();
  const { mutate, isPending, isSuccess, error } = useNameDeputy();
  const [choosing, setChoosing] = useState(false);
  return (
    <Loaded query={deputy} lines={['h-6 w-2/3', 'h-11 w-48']}>
      {({ deputyId, name, afterMinutes }) => (
        <div className="measure flex w-full flex-col items-start gap-4">
          <p className={deputyId ? 'font-semibold' : 'text-ink-soft'}>
            {deputyId ? t('deputy.is', { name }) : t('deputy.none')}
          </p>
          {deputyId && (
            <SelectField
              label={t('deputy.after')}
              value={String(afterMinutes ?? usualWait)}
              options={[...new Set([...waits, afterMinutes ?? usualWait])]
                .sort((a, b) => a - b)
                .map((minutes) => ({ value: String(minutes), label: minutesInWords(minutes) }))}
              onChange={(minutes) => mutate({ deputyId, afterMinutes: Number(minutes) })}
            />
          )}
          {choosing ? (
            <Colleagues
              except={userId}
              chosen={deputyId}
              onChoose={(id) => {
                mutate({ deputyId: id, afterMinutes: afterMinutes ?? usualWait });
                setChoosing(false);
              }}
              onClose={() => setChoosing(false)}
            />
          ) : (
            <div className="flex flex-wrap gap-3">
              <Button look="quiet" onPress={() => setChoosing(true)}>
                {t(deputyId ? 'deputy.change' : 'deputy.name')}
              </Button>
              {deputyId && (
                <Button look="quiet" onPress={() => mutate({ deputyId: null, afterMinutes: null })}>
                  {t('deputy.end')}
                </Button>
              )}
            </div>
          )}
          <Refused problem={error && Problem.from(error)} />
          <p role="status" className="text-done empty:hidden">
            {isPending ? t('action.saving') : isSuccess && t('action.saved')}
          </p>
        </div>
      )}
    </Loaded>
  );
}

interface ColleaguesProps {
  /** Nobody stands in for themselves. */
  except: string;
  chosen: string | null;
  onChoose(id: string): void;
  onClose(): void;
}

function Colleagues({ except, chosen, onChoose, onClose }: ColleaguesProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const colleagues = useColleagues(useDeferredValue(words.trim()));
  return (
    <div className="flex w-full flex-col gap-3">
      <TextField label={t('deputy.find')} value={words} onChange={setWords} autoFocus />
      <Loaded query={colleagues} lines={['h-12 w-full', 'h-12 w-full']}>
        {(all) => {
          const found = all.filter(({ id }) => id !== except);
          return (
            <ul className="max-h-80 overflow-y-auto border-line border-t">
              {found.map(({ id, title, firstName, lastName, specialty }) => (
                <li key={id} className="border-line border-b">
                  <button
                    type="button"
                    aria-pressed={id === chosen}
                    onClick={() => onChoose(id)}
                    className="flex min-h-12 w-full cursor-pointer flex-col justify-center px-2 py-1.5 text-left outline-offset-[-3px] hover:bg-well"
                  >
                    <span className="font-semibold">{[title, firstName, lastName].filter(Boolean).join(' ')}</span>
                    {specialty && <span className="text-ink-soft text-small">{specialty}</span>}
                  </button>
                </li>
              ))}
              {found.length === 0 && <li className="py-3 text-ink-soft">{t('deputy.nobody')}</li>}
            </ul>
          );
        }}
      </Loaded>
      <div>
        <Button look="quiet" onPress={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </div>
  );
}
