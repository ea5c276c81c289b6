import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes, useLocation } from 'react-router';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { SendOptions } from '../../api/http';
import { Problem } from '../../api/problem';
import type { User } from '../../api/session';
import { chooseLanguage, startLanguage, withWords } from '../../i18n';
import { session } from '../../session';
import { visit } from '../../testing/visits';
import { BookPage } from './BookPage';

const user = { id: 'nadia', name: 'Nadia Benali', role: 'EMPLOYEE' } as User;
const amina = {
  id: 'amina',
  firstName: 'Amina',
  lastName: 'Rahal',
  title: 'Dr',
  formats: ['VIDEO', 'AUDIO'],
  languages: [],
  diplomas: [],
  timeZone: 'Europe/Paris',
};
const asked: { call: string; options: SendOptions }[] = [];
let answers: Record<string, () => unknown>;

beforeAll(async () => {
  await startLanguage();
  await withWords('patient', async () => undefined);
  await chooseLanguage('en');
});

beforeEach(() => {
  asked.length = 0;
  answers = {
    'GET /api/practitioners/amina': () => amina,
    'POST /api/consultations/holds': () => ({ id: 'hold', expiresAt: new Date(Date.now() + 300_000).toISOString() }),
    'DELETE /api/consultations/holds/hold': () => undefined,
    'POST /api/consultations': () => visit({ id: 'booked' }),
  };
  vi.spyOn(session, 'request').mockImplementation(async (path: string, options: SendOptions = {}) => {
    const call = `${options.method ?? 'GET'} ${path}`;
    asked.push({ call, options });
    return answers[call]?.() as never;
  });
});

function Elsewhere() {
  const { pathname, state } = useLocation();
  return <p>{`at ${pathname} ${JSON.stringify(state)}`}</p>;
}

function open() {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={['/patient/practitioners/amina/book?at=2026-11-24T13:30:00Z']}>
        <Routes>
          <Route path="/patient/practitioners/:id/book" element={<BookPage user={user} />} />
          <Route path="*" element={<Elsewhere />} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const calls = (call: string) => asked.filter((one) => one.call === call);
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

test('a time is kept, a way and a reason are chosen, and one yes books it', async () => {
  open();
  await userEvent.click(await screen.findByRole('radio', { name: /By phone/ }));
  await userEvent.type(screen.getByRole('textbox'), 'I sleep badly');
  await press('Continue');
  expect(screen.getByText('I sleep badly')).toBeDefined();
  expect(screen.getByText(/^[45]:\d\d$/)).toBeDefined();
  await press('Book this visit');
  await screen.findByText(/at \/patient\/visits\/booked\/booked/);
  expect(calls('POST /api/consultations')[0]?.options.body).toEqual({
    practitionerId: 'amina',
    scheduledAt: '2026-11-24T13:30:00Z',
    format: 'AUDIO',
    reason: 'I sleep badly',
    holdId: 'hold',
  });
  expect(calls('DELETE /api/consultations/holds/hold')).toEqual([]);
});

test('after a lost answer the same booking is asked for again, and no second one', async () => {
  open();
  await press('Continue');
  const answer = answers['POST /api/consultations'];
  answers['POST /api/consultations'] = () => {
    throw Problem.unreachable();
  };
  await press('Book this visit');
  expect(await screen.findByRole('alert')).toBeDefined();
  answers['POST /api/consultations'] = answer as () => unknown;
  await press('Book this visit');
  await screen.findByText(/at \/patient\/visits\/booked\/booked/);
  const keys = calls('POST /api/consultations').map(({ options }) => options.once);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('whoever was too slow is led back to the other times, and told so', async () => {
  answers['POST /api/consultations/holds'] = () => {
    throw new Problem(409, { code: 'slot_taken' });
  };
  open();
  await screen.findByText('at /patient/practitioners/amina {"lost":true}');
});

test('whoever goes away without booking lets others have the time', async () => {
  const page = open();
  await screen.findByText(/^[45]:\d\d$/);
  page.unmount();
  await vi.waitFor(() => expect(calls('DELETE /api/consultations/holds/hold')).toHaveLength(1));
});
