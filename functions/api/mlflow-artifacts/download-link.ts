import { attachment } from '../../domain/attachment.ts';
import type { Services } from '../operation.ts';
import { sizeOfFile } from './no-such-file.ts';
import { passiveMimeTypeOf } from './passive-mime-type.ts';

/** How long a download by URL may take to begin, in seconds (MLflow: MLFLOW_PRESIGNED_DOWNLOAD_URL_TTL_SECONDS). */
export const DOWNLOAD_TTL_SECONDS = 300;

interface DownloadLink {
  readonly url: string;
  readonly sizeBytes: number;
}

/** What a download link is made with: the path of a file and where the caller reached us. */
interface WantedDownload {
  readonly path: string;
  readonly origin: string;
  readonly expiresInSeconds?: number;
}

/**
 * A URL that a file can be had from without us, as an attachment that no browser shows. Throws RESOURCE_DOES_NOT_EXIST
 * when there is no such file: S3 would say so in words that no client of MLflow reads.
 */
export async function downloadLink(
  { artifacts, linksFor }: Pick<Services, 'artifacts' | 'linksFor'>,
  { path, origin, expiresInSeconds = DOWNLOAD_TTL_SECONDS }: WantedDownload,
): Promise<DownloadLink> {
  const sizeBytes = await sizeOfFile(artifacts, path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const headers = {
    contentType: passiveMimeTypeOf(name),
    contentDisposition: attachment(name, name.normalize('NFKD')),
  };
  return { url: await linksFor(origin).download(path, headers, expiresInSeconds), sizeBytes };
}
