import { usePages } from '../../../api/pages';
import { queryKeys } from '../../../api/queryKeys';
import type { User } from '../../../api/session';

export const auditActions = [
  'CREATE',
  'READ',
  'UPDATE',
  'DELETE',
  'LOGIN',
  'LOGOUT',
  'EXPORT',
  'IMPORT',
  'VALIDATE',
  'CANCEL',
  'REFUSED',
] as const;
type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  id: string;
  at: string;
  actor: { id: string | null; name: string | null; role: string | null } | null;
  action: AuditAction;
  resource: string;
  resourceId: string | null;
  organization: { id: string; name: string | null } | null;
  ip: string | null;
  outcome: string;
  code: string | null;
  sealed: boolean;
}

export interface AuditFilter {
  action: AuditAction | '';
  from: string;
  to: string;
}

const day = 24 * 60 * 60_000;

export const useAudit = (user: User, { action, from, to }: AuditFilter) =>
  usePages<AuditEntry>(
    queryKeys.audit({ action, from, to }),
    user.role === 'SUPER_ADMIN' ? '/api/super-admin/audit-logs' : '/api/companies/me/audit-logs',
    {
      action,
      from: from && new Date(`${from}T00:00`).toISOString(),
      // The whole of the last day.
      to: to && new Date(new Date(`${to}T00:00`).getTime() + day).toISOString(),
    },
  );
