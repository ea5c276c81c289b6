import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../api/session';
import { useArrival } from '../../../hooks/useArrival';
import { Avatar } from '../../../primitives/Avatar';
import { IconButton } from '../../../primitives/Button';
import { LanguagePicker, ThemePicker } from './Preferences';
import { Wordmark } from './Wordmark';

interface ShellProps {
  user: User;
  onSignOut(): void;
  /** What rings, beside the name of who is signed in. */
  bell?: ReactNode;
  /** Where else one can go, below the name of the house: for roles that have more than one place. */
  nav?: ReactNode;
  /** For a practice: as wide as a desk is; on a phone its places stand at the foot. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of the calm pages. The room has its own. */
export function Shell({ user, onSignOut, bell, nav, wide, children }: ShellProps) {
  const { t } = useTranslation();
  const arrival = useArrival<HTMLElement>();
  return (
    <div
      className={`mx-auto flex min-h-dvh w-full flex-col px-5 tablet:px-8 ${wide ? 'max-w-[90rem] max-tablet:pb-18' : 'max-w-3xl'}`}
    >
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
        {bell}
        <Link
          to="/account"
          className="flex min-h-11 min-w-11 items-center justify-center gap-2.5 rounded-outer px-1.5 text-ink-soft hover:bg-well hover:text-ink"
        >
          <Avatar name={user.name} url={user.avatarUrl} />
          <span className="hidden max-w-60 truncate tablet:inline">{user.name}</span>
          <span className="sr-only">{t('account.open')}</span>
        </Link>
        <IconButton label={t('account.signOut')} onPress={onSignOut}>
          <LogOut aria-hidden="true" className="size-5" />
        </IconButton>
      </header>
      {nav}
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
