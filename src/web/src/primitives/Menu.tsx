import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components/Menu';

export { MenuTrigger };

export function Menu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover
      offset={4}
      className="fade-in min-w-48 overflow-auto rounded-outer border border-line bg-sheet p-1.5 text-ink shadow-float"
    >
      <AriaMenu aria-label={label} className="outline-none">
        {children}
      </AriaMenu>
    </Popover>
  );
}

interface MenuItemProps {
  onAction(): void;
  icon?: ReactNode;
  danger?: boolean;
  children: string;
}

export function MenuItem({ onAction, icon, danger, children }: MenuItemProps) {
  return (
    <AriaMenuItem
      onAction={onAction}
      textValue={children}
      className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-inner px-3 outline-offset-[-3px] data-[focused]:bg-well ${danger ? 'text-urgent' : ''}`}
    >
      {icon}
      {children}
    </AriaMenuItem>
  );
}

/** Items in a row, each a single sign with its words. */
export function MenuRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaMenuSection aria-label={label} className="mb-1 flex border-line border-b pb-1">
      {children}
    </AriaMenuSection>
  );
}

export function MenuSign({
  label,
  sign,
  chosen,
  onAction,
}: {
  label: string;
  sign: string;
  chosen: boolean;
  onAction(): void;
}) {
  return (
    <AriaMenuItem
      onAction={onAction}
      textValue={label}
      aria-label={label}
      className={`grid size-11 cursor-pointer place-items-center rounded-inner text-title outline-offset-[-3px] data-[focused]:bg-well ${chosen ? 'bg-brand-soft' : ''}`}
    >
      <span aria-hidden="true">{sign}</span>
    </AriaMenuItem>
  );
}
