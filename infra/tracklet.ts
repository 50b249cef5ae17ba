import { type App, RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Config, readConfig } from './config.ts';
import type { EdgeKeys } from './constructs/edge-keys.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { UpkeepStack } from './stacks/upkeep.ts';
import { WebStack } from './stacks/web.ts';

/** The stacks of one deployment. */
export interface Tracklet {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly upkeep: UpkeepStack;
  /** Absent when the deployment is the API alone. */
  readonly web: WebStack | undefined;
}

/** Adds the stacks that the app's context asks for, under the rules of AwsSolutions; throws a ConfigError. */
export function addTracklet(app: App): Tracklet {
  const config = readConfig(app.node.getAllContext());
  const { stage, removalPolicy, logRetention, artifactAccess, costReport, events, upkeepMinutes, gcAfterDays } = config;
  const data = new DataStack(app, `Tracklet-${stage}-Data`, {
    removalPolicy,
    inPlaceOfTable: config.table,
    terminationProtection: removalPolicy === RemovalPolicy.RETAIN,
  });
  const { table, artifacts } = data;
  const shared = { table, artifacts, artifactAccess, costReport, events, logRetention, removalPolicy };
  const keys = config.web ? data.addEdge() : undefined;
  const { auth, defaultPermission, redaction, redactionPatterns } = config;
  const access = { auth, defaultPermission, redaction, redactionPatterns };
  const api = new ApiStack(app, `Tracklet-${stage}-Api`, { ...shared, ...access, keys });
  const upkeep = new UpkeepStack(app, `Tracklet-${stage}-Upkeep`, {
    ...shared,
    intervalMinutes: upkeepMinutes,
    gcAfterDays,
  });
  for (const stack of [api, upkeep]) stack.addStackDependency(data);
  const web = keys ? addWeb(app, config, { data, keys, api }) : undefined;
  for (const [name, text] of Object.entries({ 'tracklet:stage': stage, ...config.tags })) Tags.of(app).add(name, text);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, api, upkeep, web };
}

interface WebParts {
  readonly data: DataStack;
  readonly keys: EdgeKeys;
  readonly api: ApiStack;
}

/** Adds the distribution in front of data and API. */
function addWeb(app: App, config: Config, { data, keys, api }: WebParts): WebStack {
  const { stage, priceClass, webLog: hasLog, logRetention, removalPolicy } = config;
  const web = new WebStack(app, `Tracklet-${stage}-Web`, {
    artifacts: data.artifacts,
    keys,
    apiUrl: api.url,
    priceClass,
    hasLog,
    logRetention,
    removalPolicy,
  });
  for (const stack of [data, api]) web.addStackDependency(stack);
  return web;
}
