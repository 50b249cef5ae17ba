import { deployedStacks, type Template } from './template-values.ts';

/** What a policy allows, with names in the place of what only a deployment knows. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The partitions of the table that it is limited to. @default all */
  readonly leadingKeys?: readonly string[];
}

/** A function as the templates say it. */
export interface DeployedFunction {
  readonly service: string;
  /** Its file in functions/entry. */
  readonly entry: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly Statement[];
  /** Whether Lambda reads the table's stream for it. */
  readonly hearsStream: boolean;
}

/** The functions of a deployment by the beginnings of their logical ids, and their entries. */
const ENTRIES = {
  TrackingService: 'tracking.lambda.ts',
  ArtifactService: 'artifacts.lambda.ts',
  RegistryService: 'registry.lambda.ts',
  IdentityService: 'identity.lambda.ts',
  IdentityUpkeepService: 'identity-upkeep.lambda.ts',
  WriteNoter: 'note-writes.lambda.ts',
  Upkeep: 'upkeep.lambda.ts',
  Deliverer: 'deliver.lambda.ts',
  SitePublisher: 'publish-site.lambda.ts',
} as const;

/** The functions of a deployment with `settings`; throws when there is one that has no entry here. */
export function deployedFunctions(settings: Readonly<Record<string, unknown>> = {}): readonly DeployedFunction[] {
  return deployedStacks(settings).flatMap((stack) =>
    Object.entries(stack.resources)
      // The CDK's own custom resources, which empty buckets, are not ours.
      .filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Function' && Properties.Runtime === 'nodejs24.x')
      .filter(([id]) => !id.startsWith('Custom'))
      .map(([id, { Properties }]) => read(stack, id, Properties)),
  );
}

function read(stack: Template, id: string, properties: Template['resources'][string]['Properties']): DeployedFunction {
  const found = Object.entries(ENTRIES).find(([service]) => id.startsWith(`${service}Function`));
  if (!found) throw new Error(`No entry is known of the function ${id}`);
  const [service, entry] = found;
  const roleArn = String(stack.resolve(properties.Role));
  const policies = Object.values(stack.resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Policy' && stack.resolveAll(Properties.Roles).some((role) => roleArn === `arn:${role}`),
  );
  const mappings = Object.values(stack.resources).filter(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::EventSourceMapping' && stack.resolve(Properties.FunctionName) === stack.nameOf(id),
  );
  const variables = Object.entries(properties.Environment.Variables);
  return {
    service,
    entry,
    memoryMb: properties.MemorySize,
    timeoutMs: properties.Timeout * 1000,
    variables: Object.fromEntries(variables.map(([name, value]) => [name, stack.resolve(value)])),
    statements: policies.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.map((statement: StatementResource) => readStatement(stack, statement)),
    ),
    hearsStream: mappings.length > 0,
  };
}

interface StatementResource {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly 'ForAllValues:StringLike'?: { readonly 'dynamodb:LeadingKeys'?: readonly string[] } };
}

function readStatement(stack: Template, { Action, Resource, Condition }: StatementResource): Statement {
  const leadingKeys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return {
    actions: [Action].flat(),
    resources: stack.resolveAll(Resource),
    ...(leadingKeys && { leadingKeys: [leadingKeys].flat() }),
  };
}
