import { readdir, readFile } from 'node:fs/promises';

/** The ids of the processes that live in a process group (Linux). One that ended and that nobody has waited for does not count. */
export const livingProcesses = async (group: number): Promise<readonly number[]> => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(ids.map(readState));
  return states.flatMap((state) => (state?.group === group && state.letter !== 'Z' ? [state.id] : []));
};

interface ProcessState {
  readonly id: number;
  readonly letter: string | undefined;
  readonly group: number;
}

const readState = async (id: string): Promise<ProcessState | undefined> => {
  // Gone since the listing: not alive.
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // proc(5): "pid (name) state ppid pgrp ...", where the name may hold anything.
  const [letter, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat ? { id: Number(id), letter, group: Number(group) } : undefined;
};
