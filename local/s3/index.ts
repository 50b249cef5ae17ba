import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { ObjectStore } from './disk/object-store.ts';
import type { Change } from './disk/state.ts';
import { createGracefulStop } from './graceful-stop.ts';
import { holdOpen } from './hold-open.ts';
import { createS3Handler, createS3Server, type S3Handler } from './http-server.ts';
import { checkedBucketName } from './rules/bucket-name.ts';

// As the lifecycle rule of the deployed bucket has it.
const MAX_UPLOAD_AGE_MS = 7 * 24 * 3600 * 1000;

/** Where to keep objects, which buckets to have, and the one pair of keys that is let in. */
export type S3Options = {
  /** Made if absent; one server at a time. */
  readonly rootDir: string;
  /** Created if absent. */
  readonly buckets: readonly string[];
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Loopback, and nothing else. */
  readonly host?: '127.0.0.1';
  /** @default 0, a free one */
  readonly port?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
};

/** A running server. */
export type S3Handle = {
  readonly endpoint: string;
  /** Answers a request that came in at another server of this process, without a second connection. */
  readonly respond: S3Handler;
  /** Resolves when all is on disk and every socket closed; what `respond` is still at is waited for. */
  readonly stop: () => Promise<void>;
};

const prepareBuckets = async (store: ObjectStore, names: readonly string[], now: () => number): Promise<void> => {
  await store.commit((state) => {
    const absent = [...new Set(names.map(checkedBucketName))].filter((name) => !state.has(name));
    return absent.map((bucket) => ({ kind: 'create-bucket', bucket, createdMs: now() }));
  });
};

const endOldUploads = async (store: ObjectStore, now: () => number): Promise<void> => {
  await store.commit((state) => {
    const changes: Change[] = [];
    for (const { name, uploads } of state.values()) {
      for (const { id, startedMs } of uploads.values()) {
        if (startedMs < now() - MAX_UPLOAD_AGE_MS) changes.push({ kind: 'end-upload', bucket: name, uploadId: id });
      }
    }
    return changes;
  });
};

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Starts an S3 endpoint (path style, Signature Version 4) over a folder of this machine. */
export const startS3 = async (options: S3Options): Promise<S3Handle> => {
  const { buckets, credentials, host = '127.0.0.1', now = Date.now, port = 0, region = 'us-east-1' } = options;
  const newId = (): string => randomBytes(16).toString('hex');
  const store = await ObjectStore.open({ rootDir: resolve(options.rootDir), now, newId });
  try {
    await prepareBuckets(store, buckets, now);
    await endOldUploads(store, now);
    const handle = createS3Handler({ store, region, now, newId }, { credentials, region, now });
    const server = createS3Server(handle);
    const { run: respond, settled } = holdOpen(handle);
    const closeServer = createGracefulStop(server);
    const boundPort = await listen(server, host, port);
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopping ??= closeServer()
        .then(settled)
        .then(() => store.close());
      return stopping;
    };
    return { endpoint: `http://${host}:${boundPort}`, respond, stop };
  } catch (error) {
    await store.close();
    throw error;
  }
};
