import { newDeployment } from './new-deployment.ts';

/** Properties are what CloudFormation's language lets them be: their readers know. */
// biome-ignore lint/suspicious/noExplicitAny: a template is data whose every shape would have to be declared
type Properties = any;

/** A template, and what its expressions stand for. */
export interface Template {
  readonly resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
  /** What `Ref` gives for a resource of this stack. */
  readonly nameOf: (id: string) => string;
  /** An expression with a name in the place of what only a deployment knows, such as `arn:Tracklet-main-Data.Table/…`. */
  readonly resolve: (expression: unknown) => string;
  /** The same of one expression or a list of them. */
  readonly resolveAll: (expressions: unknown) => readonly string[];
}

/** The templates of a deployment with `settings`; values of one that another imports are the same in both. */
export function deployedStacks(settings: Readonly<Record<string, unknown>> = {}): readonly Template[] {
  const { stacks } = newDeployment(settings).app.synth();
  const exported = new Map<string, () => string>();
  const templates = stacks.map(({ stackName, template }) => {
    const nameOf = (id: string) => `${stackName}.${id}`;
    const resolve = (expression: unknown): string => resolveIn(expression, nameOf, exported);
    const resolveAll = (expressions: unknown) => [expressions].flat().map(resolve);
    for (const { Export, Value } of Object.values<Properties>(template.Outputs ?? {})) {
      if (Export) exported.set(Export.Name, () => resolve(Value));
    }
    return { resources: template.Resources, nameOf, resolve, resolveAll };
  });
  return templates;
}

/** CloudFormation's functions, as far as the templates use them. */
function resolveIn(
  expression: unknown,
  nameOf: (id: string) => string,
  exported: ReadonlyMap<string, () => string>,
): string {
  if (typeof expression !== 'object' || expression === null) return String(expression);
  const resolve = (inner: unknown) => resolveIn(inner, nameOf, exported);
  const [name, given]: readonly [string, Properties] = Object.entries(expression)[0] ?? ['', undefined];
  switch (name) {
    case 'Ref':
      return given.startsWith('AWS::') ? given : nameOf(given);
    case 'Fn::GetAtt':
      return given[1] === 'Arn' ? `arn:${nameOf(given[0])}` : `${nameOf(given[0])}.${given[1]}`;
    case 'Fn::ImportValue':
      return exported.get(given)?.() ?? fail(`Nothing exports ${given}`);
    case 'Fn::Join':
      return given[1].map(resolve).join(given[0]);
    default:
      return fail(`No function of CloudFormation is known in ${JSON.stringify(expression)}`);
  }
}

function fail(why: string): never {
  throw new Error(why);
}
