import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../api/session';
import { useArrival } from '../../../hooks/useArrival';
import { IconButton } from '../../../primitives/Button';
import { LanguagePicker, ThemePicker } from './Preferences';
import { Wordmark } from './Wordmark';

/** The frame of the calm pages. The room has its own. */
export function Shell({ user, onSignOut, children }: { user: User; onSignOut(): void; children: ReactNode }) {
  const { t } = useTranslation();
  const arrival = useArrival<HTMLElement>();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col px-5 tablet:px-8">
      <a
        href="#content"
        className="sr-only rounded-outer bg-sheet px-4 py-3 shadow-float focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        {t('skip.content')}
      </a>
      <header className="flex min-h-16 items-center gap-1 border-line border-b">
        <Link to="/" className="mr-auto rounded-inner">
          <Wordmark />
        </Link>
        <span className="mr-2 hidden truncate text-ink-soft tablet:inline">{user.name}</span>
        <IconButton label={t('account.signOut')} onPress={onSignOut}>
          <LogOut aria-hidden="true" className="size-5" />
        </IconButton>
      </header>
      <main id="content" ref={arrival} tabIndex={-1} className="flex-1 py-8 outline-none tablet:py-12">
        {children}
      </main>
      <footer className="flex flex-wrap items-center gap-x-2 border-line border-t py-3 text-small">
        <span className="mr-auto py-2 text-ink-soft">{user.organizationName}</span>
        <div className="flex flex-wrap max-tablet:-ml-2">
          <ThemePicker />
          <LanguagePicker />
        </div>
      </footer>
    </div>
  );
}
