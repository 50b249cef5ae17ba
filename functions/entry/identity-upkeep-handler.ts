import type { CloudFormationCustomResourceEvent, ScheduledEvent } from 'aws-lambda';
import { makeFirstAdmin } from '../api/identity/first-admin.ts';
import type { Passwords } from '../api/identity/identity.ts';
import { answerCloudFormation } from '../site/answer-cloudformation.ts';
import type { IdentityStore } from '../store/identity-store.ts';
import type { EdgeStore } from './edge-store.ts';
import { CLOSED_EDGE, contentForUsers, tellEdge } from './tell-edge.ts';
import type { SigningKey } from './token-codec.ts';

interface IdentityUpkeepProps {
  readonly identityStore: IdentityStore;
  readonly hash: Passwords['hash'];
  /** Undefined where users sign in at a provider: nobody could do anything with a password. */
  readonly readAdminPassword: (() => Promise<string>) | undefined;
  /** The key as it is now. */
  readonly readTokenKey: () => Promise<SigningKey>;
  /** Undefined where there is no edge. */
  readonly edge: EdgeStore | undefined;
  readonly clock: () => number;
}

/** Comes with a deployment, or by the schedule. */
export type IdentityUpkeepEvent = CloudFormationCustomResourceEvent | Partial<ScheduledEvent>;

/**
 * Makes the first admin when users are switched on and there are none; tells the edge of tokens, then and by a schedule; and
 * leaves it knowing no token when users are switched off. Rejects when the edge could not be told, so that an alarm sees it.
 */
export function createIdentityUpkeep(props: IdentityUpkeepProps): (event: IdentityUpkeepEvent) => Promise<void> {
  const { identityStore, edge } = props;
  const tidy = async (): Promise<void> => {
    if (!edge) return;
    await tellEdge(edge, async () => contentForUsers(identityStore, await props.readTokenKey(), props.clock()));
  };
  const open = async (): Promise<void> => {
    if (props.readAdminPassword && (await identityStore.listUsers()).length === 0) {
      const password = await props.readAdminPassword();
      const identity = { store: identityStore, passwords: { hash: props.hash } };
      await makeFirstAdmin(identity, { username: undefined, password: undefined }, () => password);
    }
    await tidy();
  };
  const close = async (): Promise<void> => {
    if (edge) await tellEdge(edge, async () => CLOSED_EDGE);
  };
  return async (event) => {
    if (!('RequestType' in event)) return tidy();
    return answerCloudFormation(event, event.RequestType === 'Delete' ? close : open);
  };
}
