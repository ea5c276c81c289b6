import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../../api/problem';
import type { User } from '../../../api/session';
import { useTitle } from '../../../hooks/useTitle';
import { withWords } from '../../../i18n';
import { Loaded } from '../../../parts/Loaded';
import { Refused } from '../../../parts/Refused';
import { Chips } from '../../../primitives/Chips';
import { Switch } from '../../../primitives/Switch';
import { TextLink } from '../../../primitives/TextLink';
import { mostReminders, type NoticeSettings, useChangeNoticeSettings, useNoticeSettings } from '../api/notices';
import { leadInWords, reminderChoices } from '../model/reminders';
import { Section } from '../security/Section';
import { DeputyChoice } from './DeputyChoice';
import { QuietTimes } from './QuietTimes';
import { ThisDevice } from './ThisDevice';

const LetRing = lazy(async () => ({ default: (await withWords('call', () => import('../../call/ringing'))).LetRing }));

/** What one is told of, how, and how long before. Every choice holds at once. */
export function NoticesPage({ user }: { user: User }) {
  const { t } = useTranslation();
  const settings = useNoticeSettings();
  useTitle(t('tell.title'));
  return (
    <div className="flex flex-col gap-10">
      <div className="measure flex flex-col gap-2">
        <h1 className="font-bold text-lead">{t('tell.title')}</h1>
        <p className="text-ink-soft text-large">{t('tell.lead')}</p>
        <div>
          <TextLink to="/notices">{t('tell.open')}</TextLink>
        </div>
      </div>
      <Loaded query={settings} lines={['h-20 w-full', 'h-20 w-11/12']}>
        {(data) => <Choices settings={data} user={user} />}
      </Loaded>
      <Suspense fallback={null}>
        <LetRing />
      </Suspense>
    </div>
  );
}

function Choices({ settings, user }: { settings: NoticeSettings; user: User }) {
  const { t } = useTranslation();
  const { mutate, isSuccess, isPending, error } = useChangeNoticeSettings();
  const { mail, push, reminderMinutes } = settings;
  const change = (part: Partial<NoticeSettings>) => mutate({ ...settings, ...part });
  return (
    <>
      <Section title={t('tell.mail')} text={t('tell.mailText')}>
        <div className="flex flex-col gap-2">
          <Switch
            label={t('tell.changes')}
            help={t('tell.changesText')}
            on={mail.changes}
            onChange={(changes) => change({ mail: { ...mail, changes } })}
          />
          <Switch
            label={t('tell.reminders')}
            help={t('tell.remindersText')}
            on={mail.reminders}
            onChange={(reminders) => change({ mail: { ...mail, reminders } })}
          />
          <Switch
            label={t('tell.messages')}
            help={t('tell.messagesText')}
            on={mail.messages}
            onChange={(messages) => change({ mail: { ...mail, messages } })}
          />
        </div>
      </Section>
      <Section title={t('tell.before')} text={t('tell.beforeText', { count: mostReminders })}>
        <Chips
          label={t('tell.times')}
          options={reminderChoices(reminderMinutes).map((minutes) => ({
            value: String(minutes),
            label: t('tell.lead.before', { time: leadInWords(minutes) }),
          }))}
          chosen={reminderMinutes.map(String)}
          most={mostReminders}
          onChange={(chosen) => change({ reminderMinutes: chosen.map(Number).sort((a, b) => b - a) })}
        />
        {reminderMinutes.length === 0 && <p className="text-waiting">{t('tell.never')}</p>}
      </Section>
      <Section title={t('tell.push')} text={t('tell.pushText')}>
        <ThisDevice userId={user.id} />
        <Switch
          label={t('tell.pushAll')}
          help={t('tell.pushAllText')}
          on={push.messages}
          onChange={(messages) => change({ push: { messages } })}
        />
      </Section>
      <Section title={t('tell.quiet')} text={t('tell.quietText')}>
        <QuietTimes quiet={settings.quietHours} onChange={(quietHours) => change({ quietHours })} />
      </Section>
      {user.role === 'PRACTITIONER' && (
        <>
          <Section title={t('deputy.title')} text={t('deputy.text')}>
            <DeputyChoice userId={user.id} />
          </Section>
          <Section title={t('reach.title')} text={t('reach.text')}>
            <TextLink to="/availability">{t('reach.open')}</TextLink>
          </Section>
        </>
      )}
      <Refused problem={error && Problem.from(error)} />
      <p role="status" className="-mt-4 min-h-6 text-done">
        {isPending ? t('action.saving') : isSuccess && t('action.saved')}
      </p>
    </>
  );
}
