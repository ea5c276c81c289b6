import { useQuery } from '@tanstack/react-query';
import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';
import type { Language } from '../../../i18n';
import { session } from '../../../session';
import type { UsageForm } from './usage';

const organizationSizes = ['SMALL', 'MEDIUM', 'LARGE', 'ENTERPRISE'] as const;
type OrganizationSize = (typeof organizationSizes)[number];
export const organizationStates = ['PENDING', 'ACTIVE', 'INACTIVE'] as const;
export type OrganizationState = (typeof organizationStates)[number];

export const videoProviders = ['livekit', 'jitsi', 'peer'] as const;
export type VideoProvider = (typeof videoProviders)[number];

export interface Organization {
  id: string;
  name: string;
  slug: string;
  domain: string | null;
  sector: string | null;
  size: OrganizationSize | null;
  address: string | null;
  city: string | null;
  country: string | null;
  logoUrl: string | null;
  coverUrl: string | null;
  primaryColor: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  websiteUrl: string | null;
  autoApproveEmployees: boolean;
  allowInternalNews: boolean;
  usageReport: UsageForm;
  /** Null: as the installation is set. */
  videoProvider: VideoProvider | null;
  /** An IANA name; null: the installation's. */
  timeZone: string | null;
  isActive: boolean;
  validatedAt: string | null;
  createdAt: string;
  employeeCount: number;
  practitionerCount: number;
}

export const stateOf = ({ isActive, validatedAt }: Organization): OrganizationState => {
  if (!isActive) return 'INACTIVE';
  return validatedAt ? 'ACTIVE' : 'PENDING';
};

/** What an organization's own administrator changes. */
export type OrganizationText = Pick<
  Organization,
  | 'name'
  | 'primaryColor'
  | 'contactEmail'
  | 'contactPhone'
  | 'websiteUrl'
  | 'address'
  | 'city'
  | 'autoApproveEmployees'
  | 'usageReport'
  | 'timeZone'
> & { videoProvider: VideoProvider | '' | null };

export const useOwnOrganization = () =>
  useQuery({
    queryKey: queryKeys.ownOrganization,
    queryFn: ({ signal }) => session.request<Organization>('/api/companies/me', { signal }),
  });

export const changeOwnOrganization = (text: Partial<OrganizationText>) =>
  session.request<Organization>('/api/companies/me', { method: 'PUT', body: text });

export type OrganizationPicture = 'logo' | 'cover';

export const sendOrganizationPicture = (what: OrganizationPicture, picture: Blob) =>
  session.request<{ url: string }>(`/api/companies/me/upload-${what}`, { method: 'POST', body: picture });

export const removeOrganizationPicture = (what: OrganizationPicture) =>
  session.request<void>(`/api/companies/me/${what}`, { method: 'DELETE' });

export interface OrganizationsFilter {
  search: string;
  status: OrganizationState | '';
}

export const useOrganizations = (user: User, filter: OrganizationsFilter) =>
  usePages<Organization>(
    queryKeys.organizations(filter),
    user.role === 'SUPER_ADMIN' ? '/api/super-admin/companies' : '/api/companies',
    { ...filter, search: filter.search.trim() },
  );

export interface NewOrganization {
  name: string;
  slug: string;
  domain?: string;
  city?: string;
  contactEmail?: string;
}

export const createOrganization = (organization: NewOrganization) =>
  session.request<Organization>('/api/admin-huntzen/companies', { method: 'POST', body: organization });

export type OrganizationAct = 'validate' | 'activate' | 'deactivate';

export const actOnOrganization = (id: string, act: OrganizationAct) =>
  session.request<Organization>(`/api/companies/${id}/${act}`, { method: 'PUT' });

export interface NewAdmin {
  email: string;
  firstName: string;
  lastName: string;
  language: Language;
}

export const inviteAdmin = (organization: string, admin: NewAdmin) =>
  session.request(`/api/companies/${organization}/admins`, { method: 'POST', body: admin });
