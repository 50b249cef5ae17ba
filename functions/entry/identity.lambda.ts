import { callerOperations, identityOperations, serviceOperations } from '../api/index.ts';
import { now } from '../platform/system.ts';
import { edgeStoreOnAws } from './edge-store.ts';
import { IDENTITY_ENV } from './env.ts';
import { signInAtProvider } from './sign-in-at-provider.ts';
import { startLambda } from './start-lambda.ts';
import { contentForUsers, tellEdge, tellingOfTokens } from './tell-edge.ts';

/** Users, permissions, roles and tokens; the edge hears at once of tokens that are made or end. */
export const handler = startLambda(
  'identity',
  // Who is signed in is asked where one signs in.
  [...serviceOperations, ...callerOperations, ...identityOperations],
  ({ report, openCore, tokenKey }) => {
    const core = openCore({});
    const edgeKeys = process.env[IDENTITY_ENV.edgeKeys];
    if (!edgeKeys) return { core, parts: {} };
    const edge = edgeStoreOnAws(edgeKeys);
    const tell = () =>
      tellEdge(edge, async () => contentForUsers(core.identity, await tokenKey(), now())).catch((error: unknown) =>
        // The schedule tells it within a minute; the API knows already.
        report('the edge was not told of a change of tokens', error),
      );
    return { core: { ...core, identity: tellingOfTokens(core.identity, tell) }, parts: {} };
  },
  signInAtProvider,
);
