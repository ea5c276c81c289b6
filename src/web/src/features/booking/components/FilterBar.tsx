import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n';
import type { VisitFormat } from '../../../parts/visit';
import { Button } from '../../../primitives/Button';
import { SelectField } from '../../../primitives/SelectField';
import { useChoices } from '../api/practitioners';
import { type Finding, narrowedBy, soonness } from '../model/finding';

interface FilterBarProps {
  finding: Finding;
  onChange(part: Partial<Finding>): void;
  onClear(): void;
}

const formats = ['', 'VIDEO', 'AUDIO', 'IN_PERSON'] as const satisfies readonly (VisitFormat | '')[];

/** Four ways to narrow the list: in sight on a desk, behind one button on a phone. */
export function FilterBar({ finding, onChange, onClear }: FilterBarProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data: choices } = useChoices();
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' });
  const count = narrowedBy(finding);
  const languages = (choices?.languages ?? [])
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className="flex flex-col gap-3">
      <div className="tablet:hidden">
        <Button look="quiet" wide aria-expanded={open} aria-controls="find-filters" onPress={() => setOpen(!open)}>
          <SlidersHorizontal aria-hidden="true" className="size-4" />
          {count > 0 ? t('find.filtersSet', { count }) : t('find.filters')}
        </Button>
      </div>
      <div id="find-filters" className={`grid gap-3 tablet:grid-cols-4 ${open ? '' : 'max-tablet:hidden'}`}>
        <SelectField
          label={t('find.soon')}
          value={finding.soon}
          options={soonness.map((value) => ({ value, label: t(`find.soon.${value || 'any'}`) }))}
          onChange={(soon) => onChange({ soon })}
        />
        <SelectField
          label={t('find.specialty')}
          value={finding.specialty}
          options={[
            { value: '', label: t('find.any') },
            ...(choices?.specialties ?? []).map((value) => ({ value, label: value })),
          ]}
          onChange={(specialty) => onChange({ specialty })}
        />
        <SelectField
          label={t('find.format')}
          value={finding.format}
          options={formats.map((value) => ({ value, label: t(value ? `how.${value}` : 'find.any') }))}
          onChange={(format) => onChange({ format })}
        />
        <SelectField
          label={t('find.language')}
          value={finding.language}
          options={[{ value: '', label: t('find.any') }, ...languages]}
          onChange={(language) => onChange({ language })}
        />
      </div>
      {(count > 0 || finding.q) && (
        <div>
          <Button look="plain" onPress={onClear}>
            {t('find.clear')}
          </Button>
        </div>
      )}
    </div>
  );
}
