import type { Caller } from '../../domain/caller.ts';
import type { Auditor } from '../audit/auditor.ts';
import type { SignIn } from '../identity/sign-in.ts';
import type { Operation } from '../operation.ts';
import { permissionDenied } from './permission-denied.ts';
import { ANYBODY, type Asked, PUBLIC, type Requirement } from './requirement.ts';
import { REQUIREMENTS } from './requirements.ts';

/** Keeps operations: says who calls, and whether they may. */
export interface Guard {
  readonly signIn: SignIn;
  /** Who hears what became of requests; undefined keeps no audit. */
  readonly auditor: Auditor | undefined;
  /** What an operation requires. Throws for one that the table does not name: an app with a gap does not start. */
  readonly requirementOf: (operation: Operation) => Requirement;
}

/** Method and path of an operation without its prefix, as the table of requirements names it. */
export const placeOf = ({ method, paths: [path = ''] }: Operation): string =>
  `${method} ${path.replace(/^\/(?:ajax-)?api\/\d\.\d/, '')}`;

/** A guard by the table of requirements. */
export const createGuard = (signIn: SignIn, auditor: Auditor | undefined): Guard => ({
  signIn,
  auditor,
  requirementOf,
});

/** What an operation requires by the table; throws for one that is not in it. */
function requirementOf(operation: Operation): Requirement {
  const place = placeOf(operation);
  const requirement = Object.hasOwn(REQUIREMENTS, place) ? REQUIREMENTS[place] : undefined;
  if (requirement === undefined) throw new Error(`${place} has no line in functions/api/guard/requirements.ts`);
  return requirement;
}

/** Throws PERMISSION_DENIED unless the caller may do what is asked. */
export async function admit(requirement: Requirement, caller: Caller, asked: Asked): Promise<void> {
  if (requirement.kind !== 'checked') return;
  if (!(await requirement.check(caller, asked))) throw permissionDenied();
}

export const isPublic = (requirement: Requirement): boolean => requirement === PUBLIC;

/** Whether who is not signed in may come, too. */
export const isForAnybody = (requirement: Requirement): boolean => requirement === ANYBODY;
