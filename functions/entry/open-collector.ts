import type { S3Client } from '@aws-sdk/client-s3';
import { proxiedPath } from '../api/artifacts/proxied-path.ts';
import { type Collector, createCollector } from '../artifacts/gc/collector.ts';
import { referringVersions } from '../artifacts/gc/referring-versions.ts';
import { createS3StoredFiles } from '../artifacts/gc/s3-stored-files.ts';
import type { Core } from './core.ts';

interface CollectorProps {
  readonly core: Core;
  readonly s3: S3Client;
  readonly bucketName: string;
  /** Hears of what failed and was answered as a part of a report. */
  readonly onFailure: (message: string, cause: unknown) => void;
}

/** Wires garbage collection. */
export function openCollector({ core, s3, bucketName, onFailure }: CollectorProps): Collector {
  const { store, removals, services } = core;
  return createCollector({
    store,
    removals,
    files: createS3StoredFiles(s3, bucketName),
    pathOf: (artifactUri) => proxiedPath(artifactUri, services.bucketRoot),
    isReferredTo: referringVersions(store),
    onFailure,
  });
}
