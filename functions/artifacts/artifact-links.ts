/** What a download by URL is answered with: S3 says of itself neither what a file is nor that it is no page. */
export interface DownloadHeaders {
  readonly contentType: string;
  readonly contentDisposition: string;
}

/** A URL to PUT to, and the headers that must come with the body. */
export interface UploadLink {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A part that S3 has, as it answered the one who sent it. */
export interface UploadedPart {
  readonly partNumber: number;
  readonly etag: string;
}

/** Presigned work below the artifact root: bytes that pass by us. Paths are safe already, times in seconds. */
export interface ArtifactLinks {
  /** A URL to GET a file from, whole or by Range. */
  readonly download: (path: string, headers: DownloadHeaders, expiresInSeconds: number) => Promise<string>;
  /** A URL to PUT a file to; with a checksum (SHA-256 in base64) it takes no other bytes. */
  readonly upload: (path: string, expiresInSeconds: number, checksumSha256?: string) => Promise<UploadLink>;
  /** Starts an upload in parts and gives its id. */
  readonly startMultipart: (path: string) => Promise<string>;
  /** URLs to PUT parts 1 to `count` to. */
  readonly partUrls: (path: string, uploadId: string, count: number) => Promise<readonly string[]>;
  /**
   * Makes the file of its parts. Harmless when it was done before; throws RESOURCE_DOES_NOT_EXIST for an upload that is
   * not there, INVALID_PARAMETER_VALUE for parts that S3 does not have or take.
   */
  readonly completeMultipart: (path: string, uploadId: string, parts: readonly UploadedPart[]) => Promise<void>;
  /** Ends an upload and drops its parts; one that is not there is no error. */
  readonly abortMultipart: (path: string, uploadId: string) => Promise<void>;
}
