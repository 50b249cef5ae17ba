import { useQuery } from '@tanstack/react-query';
import { queryKeys } from '../../api/query-keys.ts';
import { listPermissions } from '../../api/users.ts';
import { permissionText } from './permission-text.ts';
import styles from './settings.module.css';

/** What somebody was given, by themselves or by a role. */
export function HeldPermissions({ username }: { readonly username: string }) {
  const { data, error } = useHeldPermissions(username);
  if (error !== null) return <span className={styles.quiet}>They cannot be read: {error.message}</span>;
  if (data === undefined) return <span className={styles.quiet}>…</span>;
  if (data.length === 0) return <span className={styles.quiet}>what everybody may who is signed in, and no more</span>;
  return (
    <span className={styles.words}>
      {data.map((each) => (
        <span key={`${each.roleName} ${permissionText(each)}`} className={styles.word}>
          {permissionText(each)}
          {each.roleName !== undefined && `, as ${each.roleName}`}
        </span>
      ))}
    </span>
  );
}

/** The permissions of a user. */
export const useHeldPermissions = (username: string) =>
  useQuery({
    queryKey: queryKeys.permissionsOf(username),
    queryFn: ({ signal }) => listPermissions(username, signal),
  });
