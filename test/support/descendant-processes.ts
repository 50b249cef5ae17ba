import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A living process. */
export interface LivingProcess {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** All living processes below a process, at any depth. */
export const descendantsOf = async (ancestor: number): Promise<readonly LivingProcess[]> => {
  const all = await livingProcesses();
  const below = (parent: number): readonly LivingProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.id)]);
  return below(ancestor);
};

/** Those of these processes that still live. */
export const stillLiving = async (processes: readonly LivingProcess[]): Promise<readonly string[]> => {
  const all = await livingProcesses();
  return processes
    .filter((one) => all.some(({ id, command }) => id === one.id && command === one.command))
    .map(({ id, command }) => `${id} ${command}`);
};

const livingProcesses = async (): Promise<readonly LivingProcess[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, id, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    // One that ended and that nobody has waited for does not live.
    if (!id || state?.startsWith('Z')) return [];
    return [{ id: Number(id), parent: Number(parent), command: command ?? '' }];
  });
};
