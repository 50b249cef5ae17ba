import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import { listRoles } from '../../api/users.ts';

/** All roles, for admins. */
export const useRoles = () => useQuery({ queryKey: queryKeys.roles, queryFn: ({ signal }) => listRoles(signal) });
