import { PageHeader } from '../../ui/page/page-header.tsx';
import { Sections } from '../../ui/page/sections.tsx';
import { useSession } from '../../ui/session/use-session.ts';
import { usePageTitle } from '../../ui/shell/page-title.ts';
import { Empty, Loading } from '../../ui/states/states.tsx';
import { Account } from './account.tsx';
import { Roles } from './roles.tsx';
import { Tokens } from './tokens.tsx';
import { Users } from './users.tsx';

/** Tokens and users, where the server asks who somebody is. */
export function SettingsPage() {
  usePageTitle('Settings');
  const state = useSession();
  return (
    <>
      <PageHeader title="Settings" />
      {state.kind === 'unknown' && <Loading what="who is signed in" />}
      {state.kind === 'open' && (
        <Empty title="Everybody who reaches this server may do everything">
          <p>
            It asks nobody to sign in, so there are no tokens and no users to look after. For several people start it
            with <code>--auth basic</code>, or with <code>--auth oidc</code> and an OpenID provider.
          </p>
        </Empty>
      )}
      {state.kind === 'signedIn' && (
        <Sections>
          <Account user={state.user} way={state.way} />
          <Tokens user={state.user} />
          {state.user.isAdmin && <Users user={state.user} way={state.way} />}
          {state.user.isAdmin && <Roles />}
        </Sections>
      )}
    </>
  );
}
