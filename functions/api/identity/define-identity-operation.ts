import type { Caller } from '../../domain/caller.ts';
import { defineOperation, type JsonOperation, type JsonOperationSpec, type Services } from '../operation.ts';
import type { Identity } from './identity.ts';

/** What operations on users and permissions work with. */
export interface IdentityServices extends Services {
  readonly identity: Identity;
  readonly caller: Caller;
}

interface IdentityOperationSpec<T> extends Omit<JsonOperationSpec<T>, 'handle'> {
  readonly handle: (input: T, services: IdentityServices) => Promise<object>;
}

/** Declares an operation that only a guarded server has: there is somebody who calls. */
export const defineIdentityOperation = <T>(spec: IdentityOperationSpec<T>): JsonOperation =>
  defineOperation({
    ...spec,
    handle: (input, services) => {
      const { identity, caller } = services;
      if (!identity || !caller) throw new Error('an operation on identities was served without a guard');
      return spec.handle(input, { ...services, identity, caller });
    },
  });
