import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { addTracklet } from '../../infra/tracklet.ts';

// The CDK's own rules take seconds; synth.test.ts runs them once. Those of cdk-nag are quick: a finding throws in synth.
process.env.CDK_VALIDATION = 'false';

const folder = mkdtempSync(join(tmpdir(), 'tracklet-infra-'));
// Several test files share a process, and so this folder.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A deployment with `settings`, such as `{ 'tracklet:stage': 'test' }`, as cdk.json has it; functions stay unbundled. */
export function newDeployment(settings: Readonly<Record<string, unknown>> = {}) {
  const context = { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...settings };
  const app = new App({ context, outdir: mkdtempSync(join(folder, 'cdk.out-')) });
  return { app, stacks: addTracklet(app) };
}

/** The templates of a deployment with `settings`. */
export function synthesise(settings: Readonly<Record<string, unknown>> = {}) {
  const { stacks } = newDeployment(settings);
  const { web, ops, users, waf } = stacks;
  const templateOf = (stack: Stack | undefined) => (stack ? Template.fromStack(stack) : Template.fromJSON({}));
  return {
    stacks,
    // Empty when there is no such stack.
    web: templateOf(web),
    ops: templateOf(ops),
    users: templateOf(users),
    waf: templateOf(waf),
    data: Template.fromStack(stacks.data),
    api: Template.fromStack(stacks.api),
    upkeep: Template.fromStack(stacks.upkeep),
  };
}
