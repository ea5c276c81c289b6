import { ChevronDown, X } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/session';
import { Button, IconButton } from '../../../primitives/Button';
import { DateField } from '../../../primitives/DateField';
import { SelectField } from '../../../primitives/SelectField';
import { Switch } from '../../../primitives/Switch';
import { TextField } from '../../../primitives/TextField';
import { useNewestConversations } from '../api/conversations';
import type { SearchQuery } from '../api/search';
import { useSearch } from '../hooks/useSearch';
import { Found } from './Found';

interface SearchPanelProps {
  user: User;
  base: string;
  /** One conversation alone; null for all. */
  within: string | null;
  onShown(): void;
  onClose(): void;
}

const nothing = { words: '', from: '', since: '', until: '', hasFile: false };

/** Finds what was said: hits come while the server still looks, and each leads to its place. */
export function SearchPanel({ user, base, within, onShown, onClose }: SearchPanelProps) {
  const { t } = useTranslation();
  const { data } = useNewestConversations();
  const { search, run, stop } = useSearch();
  const [fields, setFields] = useState(nothing);
  const query: SearchQuery = { ...fields, conversationId: within };
  const isRunning = search.status === 'running';
  const conversations = useMemo(() => new Map(data?.items.map((one) => [one.id, one])), [data]);
  const writers = useMemo(() => {
    const all = within ? [conversations.get(within)] : [...conversations.values()];
    const people = all.flatMap((one) => one?.participants ?? []).filter(({ id }) => id !== user.id);
    return [...new Map(people.map(({ id, name }) => [id, name]))];
  }, [conversations, within, user.id]);
  const change = (changed: Partial<typeof nothing>) => setFields((known) => ({ ...known, ...changed }));

  function submit(event: FormEvent) {
    event.preventDefault();
    if (fields.words.trim()) void run(query);
  }

  return (
    <section aria-labelledby="search" className="flex min-h-0 flex-1 flex-col">
      <search>
        <form onSubmit={submit} className="flex flex-col gap-3 pt-5 pb-4 tablet:px-3">
          <div className="flex items-center justify-between gap-2">
            <h1 id="search" className="font-bold text-title">
              {t(within ? 'chat.searchHere' : 'chat.searchAll')}
            </h1>
            <IconButton label={t('search.end')} onPress={onClose}>
              <X aria-hidden="true" className="size-5" />
            </IconButton>
          </div>
          <TextField
            autoFocus
            type="search"
            label={t('search.words')}
            help={t('search.help')}
            value={fields.words}
            onChange={(words) => change({ words })}
          />
          <details className="group">
            <summary className="flex min-h-11 w-fit cursor-pointer items-center rounded-inner font-semibold text-brand underline-offset-4 hover:underline">
              {t('search.filters')}
              <ChevronDown aria-hidden="true" className="ml-1 size-4 transition-transform group-open:rotate-180" />
            </summary>
            <div className="flex flex-col gap-3 pt-1">
              <SelectField
                label={t('search.from')}
                value={fields.from}
                options={[
                  { value: '', label: t('search.anyone') },
                  { value: user.id, label: t('room.you') },
                  ...writers.map(([value, label]) => ({ value, label })),
                ]}
                onChange={(from) => change({ from })}
              />
              <div className="grid grid-cols-2 gap-3">
                <DateField label={t('search.since')} value={fields.since} onChange={(since) => change({ since })} />
                <DateField label={t('search.until')} value={fields.until} onChange={(until) => change({ until })} />
              </div>
              <Switch label={t('search.hasFile')} on={fields.hasFile} onChange={(hasFile) => change({ hasFile })} />
            </div>
          </details>
          <div className="flex items-center gap-3">
            {isRunning ? (
              <Button look="quiet" onPress={stop}>
                {t('search.stop')}
              </Button>
            ) : (
              <Button type="submit">{t('search.start')}</Button>
            )}
          </div>
        </form>
      </search>
      <Found
        search={search}
        base={base}
        me={user.id}
        conversations={conversations}
        onShown={onShown}
        onMore={() => void run(query, search)}
      />
    </section>
  );
}
