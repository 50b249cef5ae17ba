/** What the runtime of CloudFront Functions brings, as far as it is used here. */
declare module 'cloudfront' {
  interface KeyValueStore {
    /** Throws when there is no such key. */
    get(key: string): Promise<string>;
    exists(key: string): Promise<boolean>;
  }
  interface OriginGroup {
    readonly originIds: readonly { readonly originId: string }[];
    readonly failoverCriteria: { readonly statusCodes: readonly number[] };
  }
  const cf: {
    kvs(): KeyValueStore;
    selectRequestOriginById(originId: string): void;
    createRequestOriginGroup(group: OriginGroup): void;
  };
  // biome-ignore lint/style/noDefaultExport: so does the runtime
  export default cf;
}
