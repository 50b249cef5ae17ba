import { useQueryClient } from '@tanstack/react-query';
import { deleteExperimentTag, type Experiment, NOTE_TAG, setExperimentTag } from '../../api/experiments.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { NoteDialog } from '../../ui/markdown/note-dialog.tsx';
import { TagsDialog } from '../../ui/tags/tags-dialog.tsx';

interface Props {
  readonly experiment: Experiment;
  readonly onClose: () => void;
}

/** The tags of an experiment, to be changed. */
export function ExperimentTagsDialog({ experiment: { experimentId, name, tags }, onClose }: Props) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.experiments });
  const set = async (key: string, value: string) => {
    await setExperimentTag(experimentId, key, value);
    await refresh();
  };
  const remove = async (key: string) => {
    await deleteExperimentTag(experimentId, key);
    await refresh();
  };
  return <TagsDialog title={`Tags of “${name}”`} tags={tags} onSet={set} onRemove={remove} onClose={onClose} />;
}

/** The note of an experiment, to be written. */
export function ExperimentNoteDialog({ experiment: { experimentId, name, tags }, onClose }: Props) {
  const client = useQueryClient();
  const save = async (note: string) => {
    await setExperimentTag(experimentId, NOTE_TAG, note);
    await client.invalidateQueries({ queryKey: queryKeys.experiments });
  };
  return <NoteDialog title={`Note on “${name}”`} note={tags.get(NOTE_TAG) ?? ''} onSave={save} onClose={onClose} />;
}
