import { describe, expect, it } from 'vitest';
import { deployedFunctions } from '../deployed-functions.ts';
import { synthesise } from '../new-deployment.ts';

const STREAM = 'arn:aws:dynamodb:eu-west-1:111122223333:table/restored/stream/2026-01-31T12:00:00.000';
const RESTORED = { 'tracklet:table': STREAM, 'tracklet:auth': 'users' };

/** Those of our functions that know a table. */
const functions = deployedFunctions(RESTORED).filter(({ variables }) => variables.TRACKLET_TABLE !== undefined);

describe('a table in the place of the own one', () => {
  it.each(functions)('is the only one that $service knows and may touch', ({ variables, statements }) => {
    expect(variables.TRACKLET_TABLE).toBe('restored');
    const tables = statements
      .filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')))
      .flatMap(({ resources }) => resources);
    expect(tables).not.toEqual([]);
    for (const table of tables) expect(table).toMatch(/:table\/restored($|\/stream\/)/);
  });

  it('is the one whose stream is heard', () => {
    synthesise(RESTORED).upkeep.allResourcesProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: STREAM });
  });

  it('takes nothing from the stack of the data: not the own table, and no export that stacks still import', () => {
    const [before, after] = [synthesise({ 'tracklet:auth': 'users' }).data, synthesise(RESTORED).data];
    expect(after.findResources('AWS::DynamoDB::GlobalTable')).toEqual(
      before.findResources('AWS::DynamoDB::GlobalTable'),
    );
    const exportsOf = (template: typeof before) =>
      Object.values(template.findOutputs('*')).flatMap(({ Export }) => (Export ? [Export.Name] : []));
    expect(exportsOf(after)).toEqual(expect.arrayContaining(exportsOf(before)));
  });
});
