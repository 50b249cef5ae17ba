// Who imports this brings the signatures for all regions that the store asks for.
import '@aws-sdk/signature-v4a';
import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  ListKeysCommand,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';

/** What the edge knows, as the one store of keys and values that its functions read. */
export interface EdgeStore {
  /** Changes with each write. */
  readonly getVersion: () => Promise<string>;
  readonly list: () => Promise<ReadonlyMap<string, string>>;
  /** Writes unless somebody else has since `version`, then it rejects; gives the version that it makes. */
  readonly write: (version: string, change: EdgeChange) => Promise<string>;
}

export interface EdgeChange {
  readonly puts: readonly (readonly [key: string, value: string])[];
  readonly deletes: readonly string[];
}

/** The store at the edge of an ARN, by default with the role's credentials. */
export function edgeStoreOnAws(arn: string, client = new CloudFrontKeyValueStoreClient()): EdgeStore {
  return {
    getVersion: async () => versionOf(await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }))),
    list: async () => {
      const found = new Map<string, string>();
      let nextToken: string | undefined;
      do {
        const page = await client.send(new ListKeysCommand({ KvsARN: arn, NextToken: nextToken }));
        for (const { Key: key = '', Value: value = '' } of page.Items ?? []) found.set(key, value);
        nextToken = page.NextToken;
      } while (nextToken !== undefined);
      return found;
    },
    write: async (version, { puts, deletes }) => {
      const written = await client.send(
        new UpdateKeysCommand({
          KvsARN: arn,
          IfMatch: version,
          Puts: puts.map(([key, value]) => ({ Key: key, Value: value })),
          Deletes: deletes.map((key) => ({ Key: key })),
        }),
      );
      return versionOf(written);
    },
  };
}

function versionOf({ ETag: version }: { readonly ETag?: string | undefined }): string {
  if (version === undefined) throw new Error('the store at the edge tells no version');
  return version;
}
