import { useTranslation } from 'react-i18next';
import { Button } from '../../../primitives/Button';
import { keptKinds, type RetentionRule } from '../api/retention';

interface RulesProps {
  rules: readonly RetentionRule[];
  /** Whoever may change them. */
  onChange?(rule: RetentionRule): void;
}

/** A line for each kind: how long, and what the law's floor is. */
export function Rules({ rules, onChange }: RulesProps) {
  const { t } = useTranslation();
  return (
    <ul aria-label={t('keep.title')} className="border-line border-t">
      {keptKinds.map((kind) => {
        const rule = rules.find((one) => one.kind === kind);
        if (!rule) return null;
        const name = t(`keep.kind.${kind}`);
        return (
          <li
            key={kind}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 border-line border-b py-4 tablet:grid-cols-[minmax(0,1fr)_14rem_7rem]"
          >
            <div className="min-w-0">
              <p className="font-semibold text-large">{name}</p>
              <p className="text-ink-soft">{t(`keep.about.${kind}`)}</p>
            </div>
            <div className="max-tablet:col-span-2 max-tablet:row-start-2">
              <p className="font-bold text-title">{t('keep.years', { count: rule.years })}</p>
              <p className="text-ink-soft text-small">
                {t('keep.floor', { count: rule.floorYears })}
                {rule.years > rule.floorYears && ` · ${t('keep.longer')}`}
              </p>
            </div>
            {onChange && (
              <Button look="quiet" aria-label={t('keep.changeKind', { kind: name })} onPress={() => onChange(rule)}>
                {t('keep.change')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
