import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem';
import { chooseLanguage, startLanguage } from '../../i18n';
import { SignIn } from './SignIn';

beforeEach(() => void vi.stubGlobal('fetch', vi.fn().mockResolvedValue(Response.json({ providers: [] }))));
afterEach(() => vi.unstubAllGlobals());
beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
});

const open = (ways: Partial<Parameters<typeof SignIn>[0]['session']>, reason: 'none' | 'expired' = 'none') => {
  const session = { signIn: vi.fn(), confirm: vi.fn(), signInWithPasskey: vi.fn(), leave: vi.fn(), ...ways };
  render(<SignIn reason={reason} session={session} />, { wrapper: MemoryRouter });
  return session;
};

const fill = async (email: string, password: string) => {
  if (email) await userEvent.type(screen.getByLabelText('E-mail address'), email);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
};

test('an empty form says beside each field what is missing, and asks the server nothing', async () => {
  const signIn = vi.fn();
  open({ signIn: signIn });
  await fill('', '');
  expect(screen.getByLabelText('E-mail address')).toHaveProperty('ariaInvalid', 'true');
  expect(screen.getByText('Enter your e-mail address.')).toBeTruthy();
  expect(screen.getByText('Enter your password.')).toBeTruthy();
  expect(signIn).not.toHaveBeenCalled();
});

test('a wrong password is said in words and the e-mail address stays', async () => {
  const signIn = vi.fn().mockRejectedValue(new Problem(401, { code: 'invalid_credentials' }));
  open({ signIn: signIn });
  await fill('nadia@example.org', 'wrong');
  expect((await screen.findByRole('alert')).textContent).toContain('do not match');
  expect(screen.getByLabelText<HTMLInputElement>('E-mail address').value).toBe('nadia@example.org');
});

test('too many tries say how long to wait', async () => {
  const signIn = vi.fn().mockRejectedValue(new Problem(429, { code: 'too_many_requests' }, 90));
  open({ signIn: signIn });
  await fill('nadia@example.org', 'wrong');
  expect((await screen.findByRole('alert')).textContent).toBe('Too many tries. Try again in 2 minutes.');
});

test('a server that is away is not blamed on the password', async () => {
  const signIn = vi.fn().mockRejectedValue(Problem.unreachable());
  open({ signIn: signIn });
  await fill('nadia@example.org', 'right');
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
});

test('who was signed out by time learns that what they wrote is kept', () => {
  open({ signIn: vi.fn() }, 'expired');
  expect(screen.getByRole('status').textContent).toContain('your draft and your unsent messages are kept');
});

test('a right password with a second step leads to the step, and its sixth digit is enough', async () => {
  const signIn = vi.fn().mockResolvedValue({ challenge: 'c1', methods: ['totp', 'recovery'] });
  const { confirm } = open({ signIn });
  await fill('nadia@example.org', 'right');
  await userEvent.type(await screen.findByLabelText('Code of the app'), '12 34 56');
  expect(confirm).toHaveBeenCalledExactlyOnceWith('c1', '123456');
});

test('a wrong code is said in words and asked for again, without the password', async () => {
  const signIn = vi.fn().mockResolvedValue({ challenge: 'c1', methods: ['totp', 'recovery'] });
  const confirm = vi.fn().mockRejectedValue(new Problem(401, { code: 'wrong_code' }));
  open({ signIn, confirm });
  await fill('nadia@example.org', 'right');
  await userEvent.type(await screen.findByLabelText('Code of the app'), '123456');
  expect((await screen.findByRole('alert')).textContent).toContain('not right');
  expect(screen.getByLabelText<HTMLInputElement>('Code of the app').value).toBe('');
});

test('without the app a recovery code opens the door', async () => {
  const signIn = vi.fn().mockResolvedValue({ challenge: 'c1', methods: ['totp', 'recovery'] });
  const { confirm } = open({ signIn });
  await fill('nadia@example.org', 'right');
  await userEvent.click(await screen.findByRole('button', { name: 'Use a recovery code' }));
  await userEvent.type(screen.getByLabelText('Recovery code'), 'abcd-efgh{Enter}');
  expect(confirm).toHaveBeenCalledExactlyOnceWith('c1', 'abcd-efgh');
});

test('who has not confirmed their address can have the e-mail again', async () => {
  const asked = vi.fn().mockImplementation(async () => Response.json({ status: 'accepted', providers: [] }));
  vi.stubGlobal('fetch', asked);
  open({ signIn: vi.fn().mockRejectedValue(new Problem(403, { code: 'email_unverified' })) });
  await fill('nadia@example.org', 'right');
  await userEvent.click(await screen.findByRole('button', { name: 'Send the e-mail again' }));
  expect(await screen.findByText('Sent. Look in your mailbox.')).toBeTruthy();
  expect(asked).toHaveBeenCalledWith('/api/auth/resend-verification', expect.objectContaining({ method: 'POST' }));
});

test('the institutions that this installation knows have a button each', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn().mockImplementation(async () => Response.json({ providers: [{ id: 'chu', name: 'CHU de Lille' }] })),
  );
  open({});
  const link = await screen.findByRole('link', { name: 'Go on with CHU de Lille' });
  expect(link.getAttribute('href')).toBe('/api/auth/oidc/chu/start?returnTo=%2F');
});

test('who comes back from their institution with a step to go is asked for it, and the address forgets it', async () => {
  window.history.replaceState(null, '', '/consultations/c1#challenge=c9&methods=totp,recovery');
  const { confirm } = open({});
  await userEvent.type(await screen.findByLabelText('Code of the app'), '123456');
  expect(confirm).toHaveBeenCalledExactlyOnceWith('c9', '123456');
  expect(window.location.pathname + window.location.hash).toBe('/consultations/c1');
  window.history.replaceState(null, '', '/');
});
