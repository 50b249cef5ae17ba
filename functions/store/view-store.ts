import type { SavedView } from '../domain/saved-view.ts';
import type { Change } from './store.ts';

/** The verbs of saved views; they promise what those of `Store` do. An id that no view can have is one of none. */
export interface ViewStore {
  readonly newViewId: (experimentId: string) => string;
  readonly createView: (view: SavedView) => Promise<void>;
  readonly findView: (viewId: string) => Promise<SavedView | undefined>;
  /** Those of everybody, in no order. */
  readonly listViews: (experimentId: string) => Promise<readonly SavedView[]>;
  /** Undefined for none. */
  readonly updateView: (viewId: string, change: Change<SavedView>) => Promise<SavedView | undefined>;
  readonly deleteView: (viewId: string) => Promise<void>;
}
