import { MlflowError } from '../../domain/errors.ts';
import { inParallel } from '../../store/archive/in-parallel.ts';
import type { Begun, MayRemoveModel, MayRemoveRun, Removals } from '../../store/removals.ts';
import type { ReportBuilder } from './report.ts';
import type { IsTimeUp, StoredFiles } from './stored-files.ts';

/** A run or logged model that is to be removed. */
export interface Referable extends Begun {
  readonly kind: 'run' | 'logged_model';
}

/** Names who refers to a run or logged model, such as versions of registered models; nobody lets it go. */
export type IsReferredTo = (thing: Referable) => Promise<readonly string[]>;

/** The path below the artifact root that a URI stands for. Throws INVALID_PARAMETER_VALUE for files that are not ours. */
export type PathOf = (artifactUri: string) => string;

export interface RemovingProps {
  readonly removals: Removals;
  readonly files: StoredFiles;
  readonly pathOf: PathOf;
  readonly isReferredTo: IsReferredTo;
  readonly report: ReportBuilder;
  readonly isDryRun: boolean;
  readonly isTimeUp: IsTimeUp;
  /** Hears of what failed and was reported. */
  readonly onFailure: (message: string, cause: unknown) => void;
}

/** What became of some things. */
export interface Outcome {
  /** Ids of begun things that there was no time for. */
  readonly left: readonly string[];
  /** Whether all others are gone. */
  readonly isClean: boolean;
}

/** Removes runs and logged models, and reports it. What fails is reported, too, and keeps no other from its turn. */
export interface Removing {
  readonly removeRuns: (experimentId: string, runs: readonly Begun[], mayRemove: MayRemoveRun) => Promise<Outcome>;
  /** Goes on with runs whose removal has begun. */
  readonly finishRuns: (runs: readonly Begun[]) => Promise<Outcome>;
  readonly removeModels: (models: readonly Begun[], mayRemove: MayRemoveModel) => Promise<Outcome>;
  readonly finishModels: (models: readonly Begun[]) => Promise<Outcome>;
}

type ThingKind = 'runs' | 'loggedModels';

const AT_ONCE = 8;
const WORD = { runs: 'run', loggedModels: 'logged_model' } as const;
/** Told of what was deleted when it was chosen and no longer is. */
export const CHANGED_MEANWHILE = 'It was restored, or somebody else removed it, in the meantime.';

export function createRemoving(props: RemovingProps): Removing {
  const { removals, files, pathOf, isReferredTo, report, isDryRun, isTimeUp, onFailure } = props;

  const attempt = async (kind: ThingKind, id: string, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      report.failed(kind, id, sentenceOf(error));
      onFailure(`removing ${WORD[kind]} ${id} failed`, error);
      return false;
    }
  };

  /** Where its files lie; what lies elsewhere is reported. */
  const ownFolder = (kind: ThingKind, { id, artifactUri }: Begun): string | undefined => {
    try {
      const folder = pathOf(artifactUri);
      if (folder.split('/').includes(id)) return folder;
      report.leftFiles(kind, id, artifactUri, 'The location does not name it, so that others may have files there.');
    } catch (error) {
      if (!(error instanceof MlflowError && error.code === 'INVALID_PARAMETER_VALUE')) throw error;
      report.leftFiles(kind, id, artifactUri, error.message);
    }
    return undefined;
  };

  /** Gives whether all of them are gone; otherwise the time was up. */
  const removeFiles = async (kind: ThingKind, thing: Begun): Promise<boolean> => {
    const folder = ownFolder(kind, thing);
    if (folder === undefined) return true;
    const freed = await (isDryRun ? files.measure : files.remove)(folder, isTimeUp);
    report.freed(kind, freed);
    return isDryRun || freed.isDone;
  };

  const finish = async (kind: ThingKind, things: readonly Begun[], empty: (id: string) => Promise<void>) => {
    const left: string[] = [];
    const outcomes = await inParallel(things, AT_ONCE, (thing) =>
      attempt(kind, thing.id, async () => {
        const isLate = !isDryRun && isTimeUp();
        if (isLate || !(await removeFiles(kind, thing))) {
          left.push(thing.id);
          return true;
        }
        if (!isDryRun) await empty(thing.id);
        report.removed(kind, thing.id);
        return true;
      }),
    );
    return { left, isClean: outcomes.every((isGone) => isGone) };
  };

  /** Those that nobody refers to. */
  const unreferred = async (kind: ThingKind, things: readonly Begun[]): Promise<readonly Begun[]> => {
    const free = await inParallel(things, AT_ONCE, (thing) =>
      attempt(kind, thing.id, async () => {
        const referrers = await isReferredTo({ kind: WORD[kind], id: thing.id, artifactUri: thing.artifactUri });
        if (referrers.length > 0) report.kept(kind, thing.id, `It is referred to by ${referrers.join(', ')}.`);
        return referrers.length === 0;
      }),
    );
    return things.filter((_, at) => free[at]);
  };

  interface Ways {
    readonly begin: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
    readonly finish: (things: readonly Begun[]) => Promise<Outcome>;
  }

  const remove = async (kind: ThingKind, things: readonly Begun[], ways: Ways): Promise<Outcome> => {
    report.found(kind, things.length);
    const free = await unreferred(kind, things);
    const own = isDryRun ? free : await begin(kind, free, ways);
    const { left, isClean } = await ways.finish(own);
    return { left, isClean: isClean && own.length === things.length };
  };

  /** Gives those that are begun now. */
  const begin = async (kind: ThingKind, things: readonly Begun[], ways: Ways): Promise<readonly Begun[]> => {
    try {
      const begun = await ways.begin(things.map(({ id }) => id));
      for (const { id } of things) if (!begun.has(id)) report.kept(kind, id, CHANGED_MEANWHILE);
      return things.filter(({ id }) => begun.has(id));
    } catch (error) {
      for (const { id } of things) report.failed(kind, id, sentenceOf(error));
      onFailure(`beginning to remove ${things.length} ${WORD[kind]}s failed`, error);
      return [];
    }
  };

  const finishRuns = (runs: readonly Begun[]) => finish('runs', runs, removals.emptyRun);
  const finishModels = (models: readonly Begun[]) => finish('loggedModels', models, removals.removeModel);

  const beginModels = async (ids: readonly string[], mayRemove: MayRemoveModel) => {
    const begun = await inParallel(ids, AT_ONCE, (id) => removals.beginModel(id, mayRemove));
    return new Set(ids.filter((_, at) => begun[at]));
  };

  return {
    removeRuns: (experimentId, runs, mayRemove) =>
      remove('runs', runs, {
        begin: (ids) => removals.beginRuns(experimentId, ids, mayRemove),
        finish: finishRuns,
      }),
    finishRuns,
    removeModels: (models, mayRemove) =>
      remove('loggedModels', models, { begin: (ids) => beginModels(ids, mayRemove), finish: finishModels }),
    finishModels,
  };
}

/** What the user is told of an error: nothing internal. */
export const sentenceOf = (error: unknown): string =>
  error instanceof MlflowError ? error.message : 'Internal error; the server log has the details.';
