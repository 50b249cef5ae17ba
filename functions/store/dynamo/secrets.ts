import type { Store } from '../store.ts';
import { failedCondition } from './failures.ts';
import { secretKey } from './keys.ts';
import { keyItem, type Table } from './table.ts';

/** Secrets that every instance must share; the first to need one makes it. */
export function createSecretVerbs(table: Table, randomHex: (digits: number) => string): Pick<Store, 'getSecret'> {
  return {
    getSecret: async (name) => {
      const known = (await table.get(secretKey(name)))?.secret?.S;
      if (known !== undefined) return known;
      const secret = randomHex(64);
      try {
        await table.put(
          { ...keyItem(secretKey(name)), secret: { S: secret } },
          { expression: 'attribute_not_exists(pk)' },
        );
        return secret;
      } catch (error) {
        const { item } = failedCondition(error);
        if (item?.secret?.S === undefined) throw error;
        return item.secret.S;
      }
    },
  };
}
