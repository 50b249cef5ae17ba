import { PageHeader } from '../../ui/page/page-header.tsx';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty } from '../../ui/states/states.tsx';

/** Tokens and users, where the server asks who somebody is. */
export function SettingsPage() {
  usePageTitle('Tokens and users');
  return (
    <>
      <PageHeader title="Tokens and users" />
      <Empty title="Everybody who reaches this server may do everything">
        <p>
          It runs without sign-in, for one person on one machine, so there are no tokens and no users to look after.
        </p>
      </Empty>
    </>
  );
}
