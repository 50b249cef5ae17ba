import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { addTracklet } from '../../infra/tracklet.ts';

// The CDK's own rules take seconds; synth.test.ts runs them once. Those of cdk-nag are quick: a finding throws in synth.
process.env.CDK_VALIDATION = 'false';

/** A deployment with `settings`, such as `{ 'tracklet:stage': 'test' }`, as cdk.json has it; functions stay unbundled. */
export function newDeployment(settings: Readonly<Record<string, unknown>> = {}) {
  const app = new App({ context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...settings } });
  return { app, stacks: addTracklet(app) };
}

/** The templates of a deployment with `settings`. */
export function synthesise(settings: Readonly<Record<string, unknown>> = {}) {
  const { stacks } = newDeployment(settings);
  return { stacks, data: Template.fromStack(stacks.data), api: Template.fromStack(stacks.api) };
}
