import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button, IconButton } from '../../../primitives/Button';

interface LinesProps<T extends { key: number }> {
  lines: readonly T[];
  most: number;
  /** "Medicine 2". */
  titleOf(index: number): string;
  removeWords(line: T): string;
  /** Whether the last one may go too. */
  mayBeEmpty?: boolean;
  addWords: string;
  onAdd(): void;
  onChange(lines: T[]): void;
  children(line: T, index: number, change: (part: Partial<T>) => void): ReactNode;
}

/** Things of one kind, one below the other; a new one takes the focus, and whoever removes one stays where it was. */
export function Lines<T extends { key: number }>({
  lines,
  most,
  titleOf,
  removeWords,
  mayBeEmpty = false,
  addWords,
  onAdd,
  onChange,
  children,
}: LinesProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const focusLine = (index: number) =>
    requestAnimationFrame(() => {
      const line = list.current?.querySelectorAll('fieldset')[index];
      (line?.querySelector('input') ?? list.current?.querySelector<HTMLElement>('[data-add] button'))?.focus();
    });
  return (
    <div ref={list} className="flex flex-col gap-5">
      {lines.map((line, i) => (
        <fieldset
          key={line.key}
          className="fade-in rounded-outer border border-line bg-sheet px-4 pt-3 pb-5 tablet:px-5"
        >
          <div className="mb-1 flex min-h-11 items-center justify-between">
            <legend className="float-left font-semibold text-ink-soft">{titleOf(i)}</legend>
            {(mayBeEmpty || lines.length > 1) && (
              <span className="-mr-2">
                <IconButton
                  label={removeWords(line)}
                  onPress={() => {
                    onChange(lines.filter(({ key }) => key !== line.key));
                    focusLine(Math.min(i, lines.length - 2));
                  }}
                >
                  <Trash2 aria-hidden="true" className="size-5" />
                </IconButton>
              </span>
            )}
          </div>
          {children(line, i, (part) =>
            onChange(lines.map((one) => (one.key === line.key ? { ...one, ...part } : one))),
          )}
        </fieldset>
      ))}
      {lines.length < most && (
        <div data-add>
          <Button
            look="quiet"
            onPress={() => {
              onAdd();
              focusLine(lines.length);
            }}
          >
            <Plus aria-hidden="true" className="size-5" />
            {addWords}
          </Button>
        </div>
      )}
    </div>
  );
}
