/** A header that downloads of users' files carry. */
export interface ArtifactHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it stands in for what the file was stored with; otherwise it is added where there is none. */
  readonly isForced: boolean;
}

/**
 * What keeps a user's HTML or SVG from running scripts on the origin of the dashboard. On AWS a response headers policy
 * of CloudFront adds them to what S3 answers, on a laptop the local front does. The edge stores each file with a
 * Content-Disposition that has its name; files that came another way get the one here.
 */
export const ARTIFACT_HEADERS: readonly ArtifactHeader[] = [
  { name: 'content-disposition', value: 'attachment', isForced: false },
  { name: 'content-security-policy', value: "sandbox; default-src 'none'", isForced: true },
  { name: 'x-content-type-options', value: 'nosniff', isForced: true },
];
