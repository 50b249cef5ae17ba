import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING, projectFile } from '../../infra/constructs/service-function.ts';

const ALIAS = '--alias:';

/** The code of a function. */
export interface FunctionBundle {
  /** `index.mjs`, in a folder of its own. */
  readonly file: string;
  /** The modules of which something is in it, as paths from the project's folder, and how many bytes of each. */
  readonly modules: ReadonlyMap<string, number>;
}

/**
 * Bundles an entry of functions/entry into a folder as `cdk deploy` does, byte for byte (test/infra/synth.test.ts holds it to
 * that), but without starting npx for it.
 */
export async function bundleFunction(entry: string, folder: string): Promise<FunctionBundle> {
  const outfile = join(folder, basename(entry, '.lambda.ts'), 'index.mjs');
  const { format, mainFields, target, minify, sourceMap, sourcesContent, esbuildArgs = {} } = BUNDLING;
  if (format !== 'esm') throw new Error(`Bundles are ES modules, not ${format}`);
  const aliases = Object.entries(esbuildArgs).map(([flag, path]) => [flag.slice(ALIAS.length), String(path)] as const);
  const { metafile } = await build({
    absWorkingDir: projectFile(''),
    entryPoints: [projectFile(`functions/entry/${entry}`)],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    mainFields: [...(mainFields ?? [])],
    target,
    minify,
    sourcemap: sourceMap,
    sourcesContent,
    alias: Object.fromEntries(aliases),
    metafile: true,
    logLevel: 'silent',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const modules = inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [[path, bytesInOutput] as const] : [],
  );
  return { file: outfile, modules: new Map(modules) };
}
