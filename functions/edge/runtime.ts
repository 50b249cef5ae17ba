import cloudfront from 'cloudfront';
// The runtime knows this module by no other name.
// biome-ignore lint/style/useNodejsImportProtocol: see above
import nodeCrypto from 'crypto';

/** The modules of CloudFront Functions' runtime, each imported here alone: the build puts these imports first. */
export const cf = cloudfront;
export const crypto = nodeCrypto;
