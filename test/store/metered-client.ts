import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Units that the calls of a client consumed, as the engine tells them. */
export interface Consumed {
  readonly reads: number;
  readonly writes: number;
  /** The commands in their order, such as `PutItem`. */
  readonly commands: readonly string[];
}

interface CapacityReport {
  readonly CapacityUnits?: number;
}

/** Counts what `act` consumes through this client; nothing else may use the client meanwhile. */
export type Meter = (act: () => Promise<unknown>) => Promise<Consumed>;

/** Lets a client ask for its consumption with each call. */
export function meter(client: DynamoDBClient): Meter {
  let reports: { readonly command: string; readonly units: number }[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        // Every command of a table's items answers this way; the stack's type is the union of all commands.
        const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: CapacityReport | readonly CapacityReport[] };
        const units = [ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        reports.push({ command: commandName.replace(/Command$/, ''), units });
        return answer;
      },
    { step: 'initialize', name: 'meter' },
  );
  return async (act) => {
    reports = [];
    await act();
    const sum = (isWrite: boolean) =>
      reports.reduce((total, { command, units }) => (isWriting(command) === isWrite ? total + units : total), 0);
    return { reads: sum(false), writes: sum(true), commands: reports.map(({ command }) => command) };
  };
}

const isWriting = (command: string): boolean => /Put|Update|Delete|Write/.test(command);
