/** A text as Python writes it. JSON's escapes are Python's, too. */
export const python = (text: string): string => JSON.stringify(text);

/** Texts as a list of Python's, in one line. */
export const pythonList = (texts: readonly string[]): string => `[${texts.map(python).join(', ')}]`;

/** A call over several lines: a name it is kept under, what is called, and its arguments. */
export const pythonCall = (result: string, called: string, args: readonly string[]): readonly string[] =>
  args.length === 0
    ? [`${result} = ${called}()`]
    : [`${result} = ${called}(`, ...args.map((argument) => `    ${argument},`), ')'];

/** What all snippets begin with: the server at an address. */
export const pythonHead = (address: string, ...modules: readonly string[]): readonly string[] => [
  'import mlflow',
  ...modules.map((module) => `import ${module}`),
  '',
  `mlflow.set_tracking_uri(${python(address)})`,
];

interface EntitySearch {
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly view?: string;
}

/** The arguments of MLflow's searches for experiments and models; what is absent is MLflow's own default. */
export const searchArguments = ({ filter, orderBy, view = 'ACTIVE_ONLY' }: EntitySearch): readonly string[] => [
  ...(view === 'ACTIVE_ONLY' ? [] : [`view_type=mlflow.entities.ViewType.${view}`]),
  ...(filter === '' ? [] : [`filter_string=${python(filter)}`]),
  ...(orderBy.length === 0 ? [] : [`order_by=${pythonList(orderBy)}`]),
];

/** The lines of a snippet as a text. */
export const pythonText = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
