import { send } from '../../../api/http';
import { currentLanguage } from '../../../i18n';

export interface Application {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  role: 'EMPLOYEE' | 'PRACTITIONER';
  organizationSlug?: string | undefined;
  title?: string | undefined;
  specialty?: string | undefined;
}

const post = (path: string, body: object) => send<void>(path, { method: 'POST', body });

/** The answer is the same for known and unknown addresses; what is true goes to the mailbox. */
export const register = (application: Application) =>
  send<unknown>('/api/auth/register', { method: 'POST', body: { ...application, language: currentLanguage() } });

export const resendVerification = (email: string) =>
  send<unknown>('/api/auth/resend-verification', { method: 'POST', body: { email } });

export const askForReset = (email: string) =>
  send<unknown>('/api/auth/forgot-password', { method: 'POST', body: { email } });

export const verifyEmail = (token: string) => post('/api/auth/verify-email', { token });

export const resetPassword = (token: string, password: string) => post('/api/auth/reset-password', { token, password });

/** The account exists since it was invited; only its password is missing. */
export const acceptInvitation = (invitation: string, password: string) =>
  send<unknown>('/api/auth/register', { method: 'POST', body: { invitation, password, language: currentLanguage() } });
