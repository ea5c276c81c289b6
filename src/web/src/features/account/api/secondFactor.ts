import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import { session } from '../../../session';

export interface SecondFactorState {
  totp: boolean;
  /** How many. */
  passkeys: number;
  recoveryCodesLeft: number;
  required: boolean;
}

export interface AppKey {
  /** Base32, for typing by hand. */
  secret: string;
  otpauthUri: string;
  qrSvg: string;
}

interface Codes {
  recoveryCodes: string[];
}

const post = <T>(path: string, body: object) => session.request<T>(`/api/auth/2fa${path}`, { method: 'POST', body });

export const useSecondFactor = () =>
  useQuery({
    queryKey: queryKeys.secondFactor,
    queryFn: ({ signal }) => session.request<SecondFactorState>('/api/auth/2fa', { signal }),
  });

/** A new key; the one before, if any, holds until this one is confirmed. */
export const startApp = () => post<AppKey>('/setup', {});

/** The first code of the app turns it on. The recovery codes are shown this once. */
export const confirmApp = async (code: string) => (await post<Codes>('/verify', { code })).recoveryCodes;

export const turnAppOff = (password: string, code: string) => post<void>('/disable', { password, code });

export const newRecoveryCodes = async (password: string, code: string) =>
  (await post<Codes>('/recovery-codes', { password, code })).recoveryCodes;
