import { Stack } from 'aws-cdk-lib';
import { type IKeyValueStore, ImportSource, KeyValueStore } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { IDENTITY_ENV } from '../../functions/entry/env.ts';
import type { ServiceFunction } from './service-function.ts';

/**
 * What the edge starts with: tokens are asked for, and as no key is known, every token is refused and whatever has none goes
 * on to the API, which asks who calls. So nobody reaches files before the functions put a key in.
 *
 * It never changes: CloudFormation refuses to update an import, and an import anew would be a store without its keys and
 * revocations.
 */
const FIRST_CONTENT = { data: [{ key: 'mode', value: 'tokens' }] };

const WRITE_ACTIONS = [
  'cloudfront-keyvaluestore:DescribeKeyValueStore',
  'cloudfront-keyvaluestore:ListKeys',
  'cloudfront-keyvaluestore:UpdateKeys',
];

/**
 * What the edge knows: `mode`, `key/<key id>` to verify tokens with, `revoked/<token id>`, and where there are users `all/…`
 * (see functions/edge). A copy, made to be read at the edge, of what the functions keep; so it goes with its stack. It lies
 * with the data and not with the distribution, for the functions that write it stand before the distribution.
 */
export class EdgeKeys extends Construct {
  readonly store: IKeyValueStore;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { stackName, region } = Stack.of(this);
    this.store = new KeyValueStore(this, 'Store', {
      // CloudFront's names are one space over all regions of an account.
      keyValueStoreName: `${stackName}-${region}-edge-keys`,
      comment: 'Tracklet: keys and revocations of tokens, for the edge',
      source: ImportSource.fromInline(JSON.stringify(FIRST_CONTENT)),
    });
  }

  /** Lets `service`, which makes and revokes tokens, tell the edge of keys and revocations. Nobody else may. */
  grantRotate(service: ServiceFunction): void {
    service.addEnvironment(IDENTITY_ENV.edgeKeys, this.store.keyValueStoreArn);
    service.allow(WRITE_ACTIONS, [this.store.keyValueStoreArn]);
  }
}
