import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem';
import { chooseLanguage, startLanguage } from '../../i18n';
import { SignIn } from './SignIn';

beforeAll(async () => {
  await startLanguage();
  await chooseLanguage('en');
});

const fill = async (email: string, password: string) => {
  if (email) await userEvent.type(screen.getByLabelText('E-mail address'), email);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
};

test('an empty form says beside each field what is missing, and asks the server nothing', async () => {
  const signIn = vi.fn();
  render(<SignIn reason="none" signIn={signIn} />);
  await fill('', '');
  expect(screen.getByLabelText('E-mail address')).toHaveProperty('ariaInvalid', 'true');
  expect(screen.getByText('Enter your e-mail address.')).toBeTruthy();
  expect(screen.getByText('Enter your password.')).toBeTruthy();
  expect(signIn).not.toHaveBeenCalled();
});

test('a wrong password is said in words and the e-mail address stays', async () => {
  const signIn = vi.fn().mockRejectedValue(new Problem(401, { code: 'invalid_credentials' }));
  render(<SignIn reason="none" signIn={signIn} />);
  await fill('nadia@example.org', 'wrong');
  expect((await screen.findByRole('alert')).textContent).toContain('do not match');
  expect(screen.getByLabelText<HTMLInputElement>('E-mail address').value).toBe('nadia@example.org');
});

test('too many tries say how long to wait', async () => {
  const signIn = vi.fn().mockRejectedValue(new Problem(429, { code: 'too_many_requests' }, 90));
  render(<SignIn reason="none" signIn={signIn} />);
  await fill('nadia@example.org', 'wrong');
  expect((await screen.findByRole('alert')).textContent).toBe('Too many tries. Try again in 2 minutes.');
});

test('a server that is away is not blamed on the password', async () => {
  const signIn = vi.fn().mockRejectedValue(Problem.unreachable());
  render(<SignIn reason="none" signIn={signIn} />);
  await fill('nadia@example.org', 'right');
  expect((await screen.findByRole('alert')).textContent).toContain('cannot be reached');
});

test('who was signed out by time learns that what they wrote is kept', () => {
  render(<SignIn reason="expired" signIn={vi.fn()} />);
  expect(screen.getByRole('status').textContent).toContain('your draft and your unsent messages are kept');
});
