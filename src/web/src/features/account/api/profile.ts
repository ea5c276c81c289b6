import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import type { Language } from '../../../i18n';
import { session } from '../../../session';

/** What of a person they may change themselves; administrators have no such page on the server. */
export interface OwnProfile {
  firstName: string | null;
  lastName: string | null;
  phoneNumber?: string | null;
  language?: string | null;
}

interface ProfileChange {
  firstName: string;
  lastName: string;
  /** An empty one is cleared. */
  phoneNumber?: string;
  language?: Language;
}

const paths: Partial<Record<User['role'], string>> = {
  EMPLOYEE: '/api/employees/me',
  PRACTITIONER: '/api/practitioners/me',
};

export const mayChangeProfile = (user: User) => user.role in paths;

export const useOwnProfile = (user: User) =>
  useQuery({
    queryKey: queryKeys.myProfile,
    enabled: mayChangeProfile(user),
    queryFn: ({ signal }) => session.request<OwnProfile>(paths[user.role] ?? '', { signal }),
  });

export async function changeProfile(user: User, change: ProfileChange): Promise<void> {
  await session.request(paths[user.role] ?? '', { method: 'PUT', body: change });
  await session.reload();
}

export async function sendPicture(picture: Blob): Promise<void> {
  await session.request<{ url: string }>('/api/users/me/upload-avatar', { method: 'POST', body: picture });
  await session.reload();
}

export async function removePicture(): Promise<void> {
  await session.request('/api/users/me/avatar', { method: 'DELETE' });
  await session.reload();
}
