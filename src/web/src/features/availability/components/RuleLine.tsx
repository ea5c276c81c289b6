import { Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Refused } from '../../../parts/Refused';
import { minutesInWords } from '../../../parts/time';
import { IconButton } from '../../../primitives/Button';
import { Menu, MenuItem, MenuTrigger } from '../../../primitives/Menu';
import { changeRule, type HourSettings, type Rule, removeRule } from '../api/availability';
import { fitting } from '../model/hours';
import { useHourActs } from './useHourActs';

interface RuleLineProps {
  rule: Rule;
  /** The weekday's name. */
  day: string;
  settings: HourSettings;
  onEdit(): void;
}

/** Hours in words, and what can be done with them. */
export function RuleLine({ rule, day, settings, onEdit }: RuleLineProps) {
  const { t } = useTranslation();
  const { problem, act } = useHourActs();
  const { startTime, endTime, slotDuration, isActive } = rule;
  const times = t('hours.span', { from: startTime, to: endTime });
  const length = slotDuration ?? settings.slotDuration;
  const count = fitting(startTime ?? '', endTime ?? '', length, settings.bufferMinutes);
  return (
    <li className="flex flex-col">
      <div className="flex min-h-11 items-center gap-3">
        <span className={`min-w-0 flex-1 ${isActive ? '' : 'text-ink-soft'}`}>
          <span className="font-semibold tabular-nums">{times}</span>
          <span className="text-ink-soft max-tablet:block">
            <span className="max-tablet:hidden"> · </span>
            {isActive ? t('hours.fits', { count, length: minutesInWords(length) }) : t('hours.paused')}
          </span>
        </span>
        <MenuTrigger>
          <IconButton label={t('hours.more', { day, times })}>
            <Ellipsis aria-hidden="true" className="size-5" />
          </IconButton>
          <Menu label={t('hours.more', { day, times })}>
            <MenuItem icon={<Pencil aria-hidden="true" className="size-4" />} onAction={onEdit}>
              {t('hours.change')}
            </MenuItem>
            <MenuItem
              icon={
                isActive ? (
                  <Pause aria-hidden="true" className="size-4" />
                ) : (
                  <Play aria-hidden="true" className="size-4" />
                )
              }
              onAction={() => void act(() => changeRule(rule.id, { isActive: !isActive }))}
            >
              {t(isActive ? 'hours.pause' : 'hours.resume')}
            </MenuItem>
            <MenuItem
              danger
              icon={<Trash2 aria-hidden="true" className="size-4" />}
              onAction={() => void act(() => removeRule(rule.id))}
            >
              {t('hours.remove')}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      </div>
      <Refused problem={problem} />
    </li>
  );
}
