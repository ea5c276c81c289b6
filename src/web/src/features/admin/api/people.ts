import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import type { Language } from '../../../i18n';
import type { Page } from '../../../realtime/events';
import { session } from '../../../session';

export const personStates = ['PENDING_APPROVAL', 'INVITED', 'ACTIVE', 'INACTIVE'] as const;
type PersonState = (typeof personStates)[number];
export const personOrders = ['name', '-createdAt', 'email'] as const;
type PersonOrder = (typeof personOrders)[number];

/** Someone on the staff list. Nothing here tells of any visit. */
export interface Person extends PersonText {
  id: string;
  status: PersonState;
  invitedAt: string | null;
  createdAt: string;
}

export interface PersonText {
  email: string;
  firstName: string;
  lastName: string;
  department: string | null;
  position: string | null;
  phoneNumber: string | null;
  language: Language;
}

const path = '/api/employees';

export interface PeopleFilter {
  search: string;
  status: PersonState | '';
  sort: PersonOrder;
}

export const usePeople = (filter: PeopleFilter) =>
  usePages<Person>(queryKeys.people(filter), path, { ...filter, search: filter.search.trim() });

export const addPerson = (text: PersonText) => session.request<Person>(path, { method: 'POST', body: text });

export const changePerson = (id: string, { email: _, ...text }: PersonText) =>
  session.request<Person>(`${path}/${id}`, {
    method: 'PUT',
    // An empty text clears; a member left out would stay.
    body: {
      ...text,
      department: text.department ?? '',
      position: text.position ?? '',
      phoneNumber: text.phoneNumber ?? '',
    },
  });

export type PersonAct = 'approve' | 'activate' | 'deactivate' | 'invite';

export const actOnPerson = (id: string, act: PersonAct) =>
  session.request<Person>(`${path}/${id}/${act}`, { method: act === 'invite' ? 'POST' : 'PUT' });

export const removePerson = (id: string) => session.request<void>(`${path}/${id}`, { method: 'DELETE' });

export interface ImportResult {
  importId: string;
  dryRun: boolean;
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  errors: { row: number; field: string; code: string; message: string }[];
  ignoredColumns: string[];
}

export interface ImportState {
  id: string;
  status: string;
  rowsRead: number;
}

/** Long lists take a while; the server says meanwhile how far it is. */
const importPatience = 10 * 60_000;

export const sendList = (file: Blob, dryRun: boolean) =>
  session.request<ImportResult>(`${path}/import?dryRun=${dryRun}`, {
    method: 'POST',
    body: file.slice(0, file.size, 'text/csv'),
    patience: importPatience,
  });

export const runningImport = async () =>
  (await session.request<Page<ImportState>>(`${path}/imports`)).items.find(({ status }) => status === 'RUNNING');

export const cancelImport = (id: string) => session.request<void>(`${path}/imports/${id}`, { method: 'DELETE' });
