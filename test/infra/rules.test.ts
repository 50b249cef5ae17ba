import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { CONFIGURATIONS } from './configurations.ts';
import { newDeployment } from './new-deployment.ts';

/** What AwsSolutions finds and nobody argued for. */
function findingsOf(app: App): unknown {
  const report = readFileSync(join(app.synth().directory, 'validation-report.json'), 'utf8');
  return JSON.parse(report).pluginReports;
}

describe('the rules of AwsSolutions', () => {
  it.each(Object.entries(CONFIGURATIONS))('find nothing in the deployment %s', (_, settings) => {
    expect(findingsOf(newDeployment(settings).app)).toEqual([]);
  });

  it('stop a deployment that breaks them', () => {
    const { app, stacks } = newDeployment();
    new Bucket(stacks.data, 'Careless');
    expect(() => app.synth()).toThrow('AwsSolutions-S10');
  });
});
