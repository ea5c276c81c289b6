import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { SendOptions } from '../../api/http';
import { chooseLanguage, startLanguage, withWords } from '../../i18n';
import { session } from '../../session';
import { slot, visit } from '../../testing/practice';
import { AgendaPage } from './AgendaPage';

const nadia = visit('2026-11-24T09:00:00Z', { id: 'v1' });
const free = [slot('2026-11-24T10:00:00Z'), slot('2026-11-26T10:00:00Z')];
let asked: [string, SendOptions][] = [];

const answers: Record<string, unknown> = {
  '/api/availability/settings': { timeZone: 'Europe/Paris' },
  '/api/consultations/mine': { items: [nadia], pageInfo: { nextCursor: null } },
  '/api/availability/slots': { items: free },
  '/api/queue': { items: [], delayMinutes: 0, sharesQueue: false },
};

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
  await withWords('practice', async () => null);
});

beforeEach(() => {
  asked = [];
  vi.spyOn(session, 'request').mockImplementation((async (path: string, options: SendOptions = {}) => {
    if (options.method) asked.push([path, options]);
    return answers[path.split('?')[0] ?? ''] ?? {};
  }) as typeof session.request);
  vi.spyOn(window, 'matchMedia').mockImplementation(
    () =>
      ({
        matches: true,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }) as unknown as MediaQueryList,
  );
});

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={['/agenda?view=week&day=2026-11-24']}>
        <AgendaPage />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return screen.findByRole('button', { name: /Nadia Benali/, pressed: false });
}

test('a visit goes to another free time by keys alone, after a question', async () => {
  const user = userEvent.setup();
  (await open()).focus();
  await user.keyboard('m');
  expect(screen.getAllByRole('status').at(-1)?.textContent).toMatch(/24 at 11:00$|24, at 11:00$|November 24.*11:00/);
  await user.keyboard('{ArrowRight}');
  expect(screen.getAllByRole('status').at(-1)?.textContent).toMatch(/26.*11:00/);
  await user.keyboard('{Enter}');
  const question = await screen.findByRole('dialog');
  expect(question.textContent).toContain('Nadia Benali is told at once');
  expect(asked).toEqual([]);
  await user.click(within(question).getByRole('button', { name: 'Move the visit' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked).toEqual([
    ['/api/consultations/v1/reschedule', { method: 'PUT', body: { scheduledAt: free[1]?.startsAt, duration: 50 } }],
  ]);
});

test('Escape leaves a visit that was taken up where it is', async () => {
  const user = userEvent.setup();
  (await open()).focus();
  await user.keyboard('m{ArrowRight}{Escape}{Enter}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(await screen.findByRole('button', { name: /Nadia Benali/, pressed: true })).toBeTruthy();
  expect(asked).toEqual([]);
});

test('a visit is called off with a word to the patient, and "keep" is no act', async () => {
  const user = userEvent.setup();
  await user.click(await open());
  await user.click(screen.getByRole('button', { name: 'Cancel the visit' }));
  await user.click(screen.getByRole('button', { name: 'Keep the visit' }));
  expect(asked).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Cancel the visit' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByRole('textbox'), 'I am ill');
  await user.click(within(dialog).getByRole('button', { name: 'Cancel the visit' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked).toEqual([['/api/consultations/v1/cancel', { method: 'PUT', body: { reason: 'I am ill' } }]]);
});
