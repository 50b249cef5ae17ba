/** `node --import tsx test/infra/write-templates.ts FOLDER`: writes the templates of CONFIGURATIONS, each once. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIGURATIONS } from './configurations.ts';
import { newDeployment } from './new-deployment.ts';

const [to = '.'] = process.argv.slice(2);
// The deploy check makes those by itself, bundles and all.
const { default: _, users: __, ...others } = CONFIGURATIONS;
for (const settings of Object.values(others)) {
  const { directory } = newDeployment(settings).app.synth();
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.template.json'))) {
    const text = readFileSync(join(directory, name), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    writeFileSync(join(to, name.replace('.template', `.${hash}.template`)), text);
  }
}
