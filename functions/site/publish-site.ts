import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { deleteKeys, listPages } from '../artifacts/s3-objects.ts';

const PAGE = 'index.html';
/** Made by the build beside the files for the laptop's server; CloudFront compresses by itself. */
const NOT_PUBLISHED = /\.(?:gz|br)$|^outputs\.json$/;
/** Files whose names change with their contents (web/build/build-web.js). */
const NEVER_CHANGES = /^assets\//;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
};

/**
 * Puts the files of `folder` into a bucket, the page after all that it names. Files of earlier builds stay: a tab that was
 * opened before still loads its parts. Gives the number of files; throws when there is no page.
 */
export async function publishSite(s3: S3Client, folder: string, bucketName: string): Promise<number> {
  const keys = await keysIn(folder);
  if (!keys.includes(PAGE)) throw new Error(`${folder} has no ${PAGE}`);
  const put = async (key: string): Promise<void> => {
    const Body = await readFile(join(folder, key));
    const about = { ContentType: contentTypeOf(key), CacheControl: cacheControlOf(key) };
    await s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body, ...about }));
  };
  await Promise.all(keys.filter((key) => key !== PAGE).map(put));
  await put(PAGE);
  return keys.length;
}

/** Deletes all files, so that the bucket can be deleted. */
export async function emptySite(s3: S3Client, bucketName: string): Promise<void> {
  for await (const { Contents = [] } of listPages(s3, bucketName, '')) {
    const keys = Contents.flatMap(({ Key }) => Key ?? []);
    await deleteKeys(s3, bucketName, keys);
  }
}

async function keysIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((key) => !NOT_PUBLISHED.test(key));
}

const contentTypeOf = (key: string): string =>
  CONTENT_TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** `no-cache`: kept, but asked for again each time, which S3 answers by the ETag. */
const cacheControlOf = (key: string): string =>
  NEVER_CHANGES.test(key) ? 'public, max-age=31536000, immutable' : 'no-cache';
