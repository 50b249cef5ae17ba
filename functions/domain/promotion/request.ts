import type { PromotionTarget } from './target.ts';

/** How a request stands: it may still be decided, was promoted, or was taken back. */
export const REQUEST_STATES = { OPEN: 1, PROMOTED: 2, WITHDRAWN: 3 } as const;

/** What a reviewer says; whoever abstains takes back what they said before. */
export const VERDICTS = { APPROVE: 1, REFUSE: 2, ABSTAIN: 3 } as const;

export type RequestState = keyof typeof REQUEST_STATES;
export type Verdict = keyof typeof VERDICTS;

/** Somebody; who comes later by the same name is somebody else. */
export interface Person {
  readonly username: string;
  readonly userId: number;
}

/** What somebody said of a request. */
export interface Review extends Person {
  readonly verdict: Verdict;
  readonly comment: string;
  /** In ms since the epoch. */
  readonly time: number;
}

/** How a request ended. */
export interface RequestDecision {
  /** Undefined on a server without users. */
  readonly by: string | undefined;
  readonly time: number;
  readonly comment: string;
}

/** That somebody asks for a version to be promoted. All of it is kept for ever; times in ms since the epoch. */
export interface PromotionRequest {
  readonly requestId: string;
  readonly registeredModelId: string;
  /** What the model was called when it was asked for. */
  readonly modelName: string;
  readonly versionNumber: number;
  readonly target: PromotionTarget;
  readonly archivesOthers: boolean;
  readonly comment: string;
  /** Undefined on a server without users. */
  readonly requester: Person | undefined;
  readonly creationTime: number;
  readonly reviews: readonly Review[];
  readonly state: RequestState;
  /** Undefined while the request is open. */
  readonly decision: RequestDecision | undefined;
}

/** What each reviewer says in the end: the last review of a user counts, and nothing of whoever abstains. */
export function standingReviews({ reviews }: Pick<PromotionRequest, 'reviews'>): readonly Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    last.delete(review.username);
    last.set(review.username, review);
  }
  return [...last.values()].filter(({ verdict }) => verdict !== 'ABSTAIN');
}

/** The request at its end. */
export const decided = (
  request: PromotionRequest,
  state: Exclude<RequestState, 'OPEN'>,
  decision: RequestDecision,
): PromotionRequest => ({ ...request, state, decision });
