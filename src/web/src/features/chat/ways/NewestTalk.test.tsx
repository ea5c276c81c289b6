import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { queryKeys } from '../../../api/queryKeys';
import { startLanguage } from '../../../i18n';
import { session } from '../../../session';
import { NewestTalk } from './NewestTalk';

beforeAll(() => startLanguage());
afterEach(() => vi.restoreAllMocks());

const role = 'PRACTITIONER';
const Place = () => <output>{useLocation().pathname}</output>;

test('a push leads to the newest word also when the conversations were asked for a moment before it', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000 } } });
  client.setQueryData(queryKeys.unreadConversations, { items: [], pageInfo: { nextCursor: null } });
  vi.spyOn(session, 'request').mockImplementation((async () => ({
    items: [
      { id: 'read', unreadCount: 0 },
      { id: 'new', unreadCount: 1 },
    ],
    pageInfo: { nextCursor: null },
  })) as typeof session.request);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={['/messages']}>
        <NewestTalk role={role} />
        <Place />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(await screen.findByText('/professional/chat/new')).toBeTruthy();
});
