import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Bundles the page's modules: what loads at once, what several pages share, and a chunk for each page and for all else that is
 * imported when it is needed. Gives the files with their names, contents, entry points, and the files they import.
 */
export async function bundleScripts(root, entry, classNames) {
  const main = join(root, entry);
  const bundle = await rolldown({
    input: { main },
    platform: 'browser',
    tsconfig: join(root, 'tsconfig.json'),
    preserveEntrySignatures: false,
    plugins: [classNamesOf(root, classNames)],
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    // Libraries mark what runs in browsers: here, all.
    checks: { moduleLevelDirective: false },
  });
  const { output } = await bundle.generate({
    format: 'es',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    // One dot in each name: that before its type.
    chunkFileNames: ({ name }) => `${name.replaceAll('.', '-')}-[hash].js`,
    codeSplitting: {
      // The groups hold all that theirs import: no chunk waits for one that comes after it.
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'first visit', name: groupsOf(main, join(root, 'pages')) }],
    },
  });
  await bundle.close();
  return output.map(({ fileName, code, facadeModuleId, imports }) => ({
    name: fileName,
    contents: Buffer.from(code),
    entryPoint: facadeModuleId ? relative(join(root, '..'), facadeModuleId) : undefined,
    imports,
  }));
}

/**
 * Which chunk a module is in: `base` with all that the first module needs, `shared` with what more than one page does besides,
 * else what the bundler finds best. A first visit waits longer for many small files than for bytes that its page does not need.
 */
function groupsOf(main, pages) {
  let groups;
  return (id, context) => {
    groups ??= findGroups(main, pages, (module) => context.getModuleInfo(module));
    return groups.get(id);
  };
}

function findGroups(main, pages, getModuleInfo) {
  const atOnce = reachable([main], getModuleInfo);
  const isPage = (id) => id.startsWith(pages);
  const entries = [...atOnce].flatMap((id) => getModuleInfo(id).dynamicallyImportedIds).filter(isPage);
  const times = new Map();
  for (const entry of new Set(entries))
    for (const id of reachable([entry], getModuleInfo)) times.set(id, (times.get(id) ?? 0) + 1);
  const shared = [...times].flatMap(([id, count]) => (count > 1 ? [[id, 'shared']] : []));
  return new Map([...shared, ...[...atOnce].map((id) => [id, id === main ? undefined : 'base'])]);
}

/** The modules that some load at once, by whatever chain of imports, and themselves. */
function reachable(starts, getModuleInfo) {
  const found = new Set(starts);
  for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/** A style sheet is, to the script that imports it, its class names. */
const classNamesOf = (root, classNames) => ({
  name: 'class-names',
  load: {
    filter: { id: /\.module\.css$/ },
    handler: (id) => ({ code: `export default ${JSON.stringify(classNames[relative(root, id)])}`, moduleType: 'js' }),
  },
});
