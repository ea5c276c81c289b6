import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../parts/Loaded';
import { useKpis } from '../api/operations';
import { Bars } from '../components/Bars';
import { PageHead } from '../components/PageHead';
import { MonthFigures } from './MonthFigures';

const groups = [
  ['reach', ['activeOrganizations', 'employees', 'practitioners', 'pendingPractitioners']],
  [
    'care',
    ['upcomingConsultations', 'completedConsultations', 'cancelledConsultations', 'noShowConsultations', 'messages'],
  ],
] as const;

/** Sums over the whole platform; never of a person or a small group. */
export function FiguresPage() {
  const { t } = useTranslation();
  const kpis = useKpis();
  return (
    <div className="flex flex-col gap-8">
      <PageHead title={t('figures.title')} text={t('figures.text')} />
      <Loaded query={kpis} lines={['h-32 w-full', 'h-32 w-full']}>
        {(data) => (
          <div className="flex flex-col gap-10">
            {groups.map(([group, names]) => (
              <Bars
                key={group}
                title={t(`figures.${group}`)}
                items={names.map((name) => ({ label: t(`figures.${name}`), value: data[name] }))}
              />
            ))}
            {data.months && <MonthFigures figures={data.months} />}
          </div>
        )}
      </Loaded>
    </div>
  );
}
