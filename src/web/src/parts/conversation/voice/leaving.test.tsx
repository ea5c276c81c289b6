import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BrowserRouter, Link, Route, Routes, useNavigate } from 'react-router';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { chooseLanguage, startLanguage, withWords } from '../../../i18n';
import { LeaveQuestion } from './LeaveQuestion';
import { useLeaving } from './useLeaving';

beforeAll(async () => {
  await startLanguage();
  await withWords('room', async () => undefined);
  await chooseLanguage('en');
});
beforeEach(() => window.history.replaceState(null, '', '/first'));

function Recorder({ busy }: { busy: boolean }) {
  const { leave, stay } = useLeaving(busy);
  const navigate = useNavigate();
  return (
    <>
      <p>The recording</p>
      <Link to="/elsewhere">By a link</Link>
      <Link to="?panel=search">Here, another panel</Link>
      <button type="button" onClick={() => navigate('/elsewhere', { replace: true })}>
        By the app
      </button>
      {leave && <LeaveQuestion onLeave={leave} onStay={stay} />}
    </>
  );
}

function show(busy = true) {
  const app = (is: boolean) => (
    <BrowserRouter>
      <Routes>
        <Route path="/first" element={<Link to="/talk">To the talk</Link>} />
        <Route path="/talk" element={<Recorder busy={is} />} />
        <Route path="/elsewhere" element={<p>Elsewhere</p>} />
      </Routes>
    </BrowserRouter>
  );
  const view = render(app(busy));
  return { become: (is: boolean) => view.rerender(app(is)) };
}

const toTheTalk = () => userEvent.click(screen.getByRole('link', { name: 'To the talk' }));
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const question = () => screen.findByRole('alertdialog', { name: 'Leave without sending the voice message?' });
const closing = () => {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
};

test('a link asks first: staying keeps the recording, leaving goes where the link led', async () => {
  show();
  await toTheTalk();
  await userEvent.click(screen.getByRole('link', { name: 'By a link' }));
  await question();
  expect(document.activeElement?.textContent).toBe('Stay');
  await press('Stay');
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(screen.getByText('The recording')).toBeTruthy();
  expect(location.pathname).toBe('/talk');

  await userEvent.click(screen.getByRole('link', { name: 'By a link' }));
  await question();
  await press('Leave and lose it');
  expect(await screen.findByText('Elsewhere')).toBeTruthy();
  expect(closing()).toBe(false);
});

test('the app itself is held too, and Escape stays', async () => {
  show();
  await toTheTalk();
  await press('By the app');
  await question();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(location.pathname).toBe('/talk');
  await press('By the app');
  await question();
  await press('Leave and lose it');
  expect(await screen.findByText('Elsewhere')).toBeTruthy();
});

test('going back in the history is taken back until it is answered', async () => {
  show();
  await toTheTalk();
  act(() => window.history.back());
  await question();
  await waitFor(() => expect(location.pathname).toBe('/talk'));
  await press('Stay');
  expect(screen.getByText('The recording')).toBeTruthy();
  act(() => window.history.back());
  await question();
  await waitFor(() => expect(location.pathname).toBe('/talk'));
  await press('Leave and lose it');
  expect(await screen.findByText('To the talk')).toBeTruthy();
});

test('what stays on the page asks nothing, nor does a page on which nothing is recorded', async () => {
  const { become } = show();
  await toTheTalk();
  await userEvent.click(screen.getByRole('link', { name: 'Here, another panel' }));
  expect(location.search).toBe('?panel=search');
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(closing()).toBe(true);
  become(false);
  expect(closing()).toBe(false);
  await userEvent.click(screen.getByRole('link', { name: 'By a link' }));
  expect(await screen.findByText('Elsewhere')).toBeTruthy();
});
