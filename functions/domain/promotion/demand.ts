import type { ModelVersion } from '../entities.ts';
import type { ApprovalDemand, Comparator, MetricDemand, PolicyScope, ScopedRule, TagDemand } from './policy.ts';
import { type PromotionRequest, type Review, standingReviews } from './request.ts';

/** A demand of a rule, and whether a version meets it; the message says so in words. */
export interface DemandOutcome {
  readonly demand: 'metric' | 'tag' | 'signature' | 'description' | 'approvals';
  readonly isMet: boolean;
  readonly message: string;
  /** Whose policy demands it. */
  readonly scope: PolicyScope;
  /** The metric or tag. */
  readonly key?: string;
  readonly comparator?: Comparator;
  /** What is wanted, and what there is, as texts: a metric may be NaN. */
  readonly wanted?: string | undefined;
  readonly actual?: string | undefined;
  readonly approvedBy?: readonly string[];
  readonly refusedBy?: readonly string[];
}

/** A reviewer as they are now. */
export interface Voter {
  readonly roles: readonly string[];
  /** Whether they may edit the model. */
  readonly mayEdit: boolean;
}

/** All that demands are held against. */
export interface VersionFacts {
  readonly version: ModelVersion;
  /** The last values of the metrics of the version's run; undefined when there is no such run. */
  readonly metrics: ReadonlyMap<string, number> | undefined;
  /** Whether they are not to be told. */
  readonly hidesMetrics: boolean;
  /** Whether the version's MLmodel has a signature, or why nobody can tell. */
  readonly signature: boolean | string;
  /** The open request of this version for this target. */
  readonly request: PromotionRequest | undefined;
  /** Those of its reviewers who are still users, by name. */
  readonly voters: ReadonlyMap<string, Voter>;
  /** Whether the server knows users at all. */
  readonly hasUsers: boolean;
}

/** Each demand of the rules, met or not. */
export const demandsOf = (rules: readonly ScopedRule[], facts: VersionFacts): readonly DemandOutcome[] =>
  rules.flatMap(({ scope, rule }) => [
    ...rule.metrics.map((demand) => ({ scope, ...metricOutcome(demand, facts) })),
    ...rule.tags.map((demand) => ({ scope, ...tagOutcome(demand, facts) })),
    ...(rule.needsSignature ? [{ scope, ...signatureOutcome(facts) }] : []),
    ...(rule.needsDescription ? [{ scope, ...descriptionOutcome(facts) }] : []),
    ...(rule.approvals ? [{ scope, ...approvalsOutcome(rule.approvals, facts) }] : []),
  ]);

type Outcome = Omit<DemandOutcome, 'scope'>;

const COMPARE: Readonly<Record<Comparator, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** What is no number compares with nothing, also not as unequal. */
const compares = (value: number, { comparator, value: wanted }: MetricDemand): boolean =>
  !Number.isNaN(value) && COMPARE[comparator](value, wanted);

function metricOutcome(demand: MetricDemand, { version, metrics, hidesMetrics }: VersionFacts): Outcome {
  const { key, comparator, value: wanted } = demand;
  const value = metrics?.get(key);
  const isMet = value !== undefined && compares(value, demand);
  const told = { demand: 'metric', key, comparator, wanted: String(wanted), isMet } as const;
  const rule = `metric '${key}' must be ${comparator} ${wanted}`;
  if (value !== undefined && hidesMetrics) return { ...told, message: `${rule}, and ${isMet ? 'is' : 'is not'}` };
  if (value !== undefined) {
    return { ...told, actual: String(value), message: `${rule}, and is ${value}` };
  }
  if (metrics) return { ...told, message: `${rule}, and run '${version.runId}' has no such metric` };
  const run = version.runId === '' ? 'the version names no run' : `run '${version.runId}' is not there`;
  return { ...told, message: `${rule}, and ${run}` };
}

function tagOutcome({ key, value: wanted }: TagDemand, { version }: VersionFacts): Outcome {
  const actual = version.tags.get(key);
  const isMet = actual !== undefined && (wanted === undefined || actual === wanted);
  const rule = wanted === undefined ? `tag '${key}' must be set` : `tag '${key}' must be '${wanted}'`;
  const found = actual === undefined ? 'is not set' : 'is something else';
  return { demand: 'tag', key, wanted, actual, isMet, message: isMet ? `${rule}, and is` : `${rule}, and ${found}` };
}

function signatureOutcome({ signature }: VersionFacts): Outcome {
  const rule = 'the model must have a signature';
  const found = signature === true ? 'has one' : signature === false ? 'has none' : signature;
  return { demand: 'signature', isMet: signature === true, message: `${rule}, and ${found}` };
}

function descriptionOutcome({ version: { description = '' } }: VersionFacts): Outcome {
  const isMet = description.trim() !== '';
  const message = `the version must have a description, and has ${isMet ? 'one' : 'none'}`;
  return { demand: 'description', isMet, message };
}

/** Whether somebody's review counts for a demand. */
export const isApprover = ({ users, roles }: ApprovalDemand, username: string, voter: Voter): boolean =>
  users.length + roles.length === 0
    ? voter.mayEdit
    : users.includes(username) || roles.some((role) => voter.roles.includes(role));

/** Whether somebody takes part in what is asked for: they made the version, or ask for its promotion. */
export const isParty = (
  { author }: Pick<ModelVersion, 'author'>,
  request: Pick<PromotionRequest, 'requester'>,
  username: string,
): boolean => username === author || username === request.requester?.username;

function approvalsOutcome(demand: ApprovalDemand, facts: VersionFacts): Outcome {
  const { version, request, voters, hasUsers } = facts;
  const counts = ({ username }: Review): boolean => {
    const voter = voters.get(username);
    return voter !== undefined && isApprover(demand, username, voter);
  };
  const counted = request ? standingReviews(request).filter(counts) : [];
  const approving = counted.filter(({ verdict }) => verdict === 'APPROVE');
  const approvedBy = approving
    .map(({ username }) => username)
    .filter((username) => request && !isParty(version, request, username));
  const refusedBy = counted.filter(({ verdict }) => verdict === 'REFUSE').map(({ username }) => username);
  const isMet = approvedBy.length >= demand.count && refusedBy.length === 0;
  const told = { demand: 'approvals', wanted: String(demand.count), actual: String(approvedBy.length) } as const;
  const message = [
    `${approvers(demand)} must approve, and ${approvedBy.length === 0 ? 'nobody does' : `${listed(approvedBy)} do${approvedBy.length === 1 ? 'es' : ''}`}`,
    ...(refusedBy.length === 0 ? [] : [`refused by ${listed(refusedBy)}`]),
    ...(request || !hasUsers ? [] : ['no request is open']),
    ...(hasUsers ? [] : ['this server has no users, so that nobody can']),
  ].join('; ');
  return { ...told, approvedBy, refusedBy, isMet, message };
}

const listed = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

function approvers({ count, users, roles }: ApprovalDemand): string {
  const among = [...users.map((name) => `'${name}'`), ...roles.map((name) => `role '${name}'`)];
  const who = among.length === 0 ? '' : ` of ${among.join(', ')}`;
  return `${count}${who} other than author and requester`;
}
