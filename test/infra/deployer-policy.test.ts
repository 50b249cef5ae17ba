import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../infra/constructs/service-function.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { deployedStacks } from './template-values.ts';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** The policy of docs/deploy.md that CloudFormation may be kept to. */
const guide = readFileSync(projectFile('docs/deploy.md'), 'utf8');
const blocks = [...guide.matchAll(/```json\n([^`]*)```/g)].map(([, text = '']) => JSON.parse(text));
const policy: readonly Statement[] = blocks.find(({ Statement: [first] }) => first.Sid !== undefined).Statement;

/** IAM's names of the services that CloudFormation calls otherwise. */
const SERVICES: Readonly<Record<string, string>> = { apigatewayv2: 'apigateway', cognito: 'cognito-idp' };

const types = [
  ...new Set(
    Object.values(CONFIGURATIONS).flatMap((settings) =>
      deployedStacks(settings).flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)),
    ),
  ),
].filter((type) => type.startsWith('AWS::'));

describe("the deployer's policy in docs/deploy.md", () => {
  it.each(types)('covers %s', (type) => {
    const name = type.split('::')[1]?.toLowerCase() ?? '';
    const service = SERVICES[name] ?? name;
    const statements = policy.filter(({ Action }) => Action.some((action) => action.startsWith(`${service}:`)));
    expect(statements).not.toEqual([]);
    const resources = statements.flatMap(({ Resource }) => Resource);
    expect(resources.some((arn) => arn === '*' || arn.includes(`:${service}:`))).toBe(true);
  });

  it('counts on the names that stacks give', () => {
    for (const { resources } of deployedStacks()) {
      for (const { Type, Properties } of Object.values(resources)) {
        // Else CloudFormation names it after the stack.
        const named = [Properties?.TableName, Properties?.BucketName, Properties?.FunctionName, Properties?.RoleName];
        const isByHand = Type.startsWith('AWS::') && !/Mapping|Permission|Policy|EventInvoke/.test(Type);
        if (isByHand) expect(named.filter((name) => typeof name === 'string')).toEqual([]);
      }
    }
  });
});
