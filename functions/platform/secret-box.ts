import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Keeps secrets of others from whoever reads the store. */
export interface SecretBox {
  /** `context` says whose secret it is: elsewhere it does not open. */
  readonly seal: (secret: string, context: string) => Promise<string>;
  /** Throws for what was sealed with another key, for another context, or changed since. */
  readonly open: (sealed: string, context: string) => Promise<string>;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with AES-256-GCM, by a key that is made of the text that `keyOf` gives, of whatever length. */
export function createSecretBox(keyOf: () => Promise<string>): SecretBox {
  const key = async () =>
    createHash('sha256')
      .update(`tracklet secret box ${await keyOf()}`)
      .digest();
  return {
    seal: async (secret, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, await key(), nonce).setAAD(Buffer.from(context));
      const bytes = [cipher.update(secret, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...bytes]).toString('base64url');
    },
    open: async (sealed, context) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, await key(), nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
