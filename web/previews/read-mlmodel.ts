import { readYaml, type Yaml, type YamlMap } from './read-yaml.ts';

/** An input, an output or a param of a model. */
export interface SignatureField {
  /** Empty for a tensor without a name. */
  readonly name: string;
  readonly type: string;
  /** Such as `optional`, a shape or a default. */
  readonly note: string;
}

export interface Signature {
  readonly inputs: readonly SignatureField[];
  readonly outputs: readonly SignatureField[];
  readonly params: readonly SignatureField[];
}

export interface Flavor {
  readonly name: string;
  readonly facts: ReadonlyMap<string, string>;
}

/** What the file MLmodel tells of a model. */
export interface MlModel {
  readonly flavors: readonly Flavor[];
  /** undefined when the model was logged without one. */
  readonly signature: Signature | undefined;
  /** All that is a plain text, such as `run_id` and `mlflow_version`. */
  readonly facts: ReadonlyMap<string, string>;
}

/** Reads a file MLmodel; throws an Error for a text that is none. */
export function readMlModel(text: string): MlModel {
  const root = readYaml(text);
  if (!isMap(root)) throw new Error('MLmodel is no map');
  const { flavors, signature } = root;
  return {
    flavors: isMap(flavors) ? Object.entries(flavors).map(readFlavor) : [],
    signature: isMap(signature) ? readSignature(signature) : undefined,
    facts: plainFacts(root),
  };
}

const isMap = (value: Yaml | undefined): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plainFacts = (map: YamlMap): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(map).flatMap(([key, value]) => (typeof value === 'string' && isSaid(value) ? [[key, value]] : [])),
  );

const isSaid = (text: string): boolean => text !== '' && text !== 'null';

const readFlavor = ([name, value]: readonly [string, Yaml]): Flavor => ({
  name,
  facts: isMap(value) ? plainFacts(value) : new Map(),
});

const readSignature = ({ inputs, outputs, params }: YamlMap): Signature => ({
  inputs: readFields(inputs),
  outputs: readFields(outputs),
  params: readFields(params),
});

/** A side of a signature is JSON in a text (MLflow: models/signature.py). */
function readFields(value: Yaml | undefined): readonly SignatureField[] {
  if (typeof value !== 'string' || !isSaid(value)) return [];
  const fields: unknown = JSON.parse(value);
  return Array.isArray(fields) ? fields.map(readField) : [];
}

interface WireField {
  readonly name?: string;
  readonly type?: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly shape?: readonly number[] | null;
  readonly 'tensor-spec'?: { readonly dtype: string; readonly shape: readonly number[] };
  readonly items?: WireField;
  readonly properties?: Readonly<Record<string, WireField>>;
}

function readField(field: WireField): SignatureField {
  const notes = [
    field.required === false ? 'optional' : '',
    field.default === undefined ? '' : `default ${JSON.stringify(field.default)}`,
  ];
  return { name: field.name ?? '', type: typeText(field), note: notes.filter(Boolean).join(', ') };
}

function typeText({ type = '', items, properties, shape, 'tensor-spec': tensor }: WireField): string {
  if (tensor !== undefined) return `${tensor.dtype} (${tensor.shape.join(', ')})`;
  if (type === 'array' && items !== undefined) return `list of ${typeText(items)}`;
  if (properties !== undefined)
    return `{ ${Object.entries(properties)
      .map(([name, inner]) => `${name}: ${typeText(inner)}`)
      .join(', ')} }`;
  return shape ? `${type} (${shape.join(', ')})` : type;
}
