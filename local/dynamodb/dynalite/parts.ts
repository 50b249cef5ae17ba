import { createRequire } from 'node:module';

/**
 * Loads a part of dynalite. Not by `import`: now and then Node.js 20 gives what is imported from these CommonJS modules,
 * which require each other in circles, as undefined (seen where `node_modules` is a link).
 */
export const load = createRequire(import.meta.url);

type Database = typeof import('dynalite/db/index.js');
type Validations = typeof import('dynalite/validations/index.js');

export const { create, itemSize }: Database = load('dynalite/db/index.js');
export const { checkTypes, checkValidations }: Validations = load('dynalite/validations/index.js');
