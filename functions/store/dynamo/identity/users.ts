import { noUser, type User, userExists } from '../../../domain/user.ts';
import type { IdentityStore } from '../../identity-store.ts';
import { createCounter } from '../counter.ts';
import { createDocuments, type DocumentCodec, type DocumentPlatform } from '../documents.ts';
import { accountKey, sessionsPrefix, tokensPrefix, USERS, userKey } from '../keys.ts';
import { keyItem, keyOf } from '../table.ts';

type UserVerbs = Pick<
  IdentityStore,
  'createUser' | 'findUser' | 'listUsers' | 'updateUser' | 'deleteUser' | 'findLinkedUsername' | 'linkAccount'
>;

const userCodec: DocumentCodec<User> = {
  encode: (user) => JSON.stringify(user),
  // The table holds what encode wrote.
  decode: (json) => JSON.parse(json) as User,
  extra: () => ({}),
};

/** A user and all that was granted to them is one document: whoever reads it decides on one state of it. */
export function createUserVerbs(platform: DocumentPlatform): UserVerbs {
  const { table } = platform;
  const documents = createDocuments(userCodec, platform);
  const nextId = createCounter(table, 'user');
  return {
    createUser: async (user) => {
      const key = userKey(user.username);
      if (await documents.find(key)) throw userExists(user.username);
      const created: User = { ...user, id: await nextId(), grants: [], roles: [] };
      if (!(await documents.createIfAbsent(key, created))) throw userExists(user.username);
      return created;
    },
    findUser: (username) => documents.find(userKey(username)),
    listUsers: async () => {
      const users = await documents.assemble(await table.query(USERS));
      return users.toSorted((a, b) => a.id - b.id);
    },
    updateUser: async (username, change) => {
      const updated = await documents.update(userKey(username), change);
      // Nothing is written beside it that could be taken.
      if (updated === undefined || updated === 'taken') throw noUser(username);
      return updated;
    },
    findLinkedUsername: async (account) => (await table.get(accountKey(account)))?.un?.S,
    linkAccount: (account, username) => table.put({ ...keyItem(accountKey(account)), un: { S: username } }),
    deleteUser: async (username) => {
      const key = userKey(username);
      const stored = await documents.findStored(key);
      if (!stored) throw noUser(username);
      const [tokens, sessions] = await Promise.all([
        table.query(tokensPrefix(username)),
        table.query(sessionsPrefix(username)),
      ]);
      const { account } = stored.value;
      const links = account ? [accountKey(account)] : [];
      await table.writeMany([], [key, ...links, ...[...tokens, ...sessions].map(keyOf)]);
      if (stored.isSpilled) await documents.sweepGone(key, stored.version);
    },
  };
}
