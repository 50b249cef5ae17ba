import type { AuditEntry } from '../../../domain/audit.ts';
import type { AuditPage, AuditRange, IdentityStore } from '../../identity-store.ts';
import { auditKey, auditPrefix } from '../keys.ts';
import { type Item, keyItem, type Table } from '../table.ts';

const HOUR_MS = 3_600_000;
/** Hours that are asked for at the same time: most are empty. */
const HOURS_AT_ONCE = 24;

/** The audit, appended by the hour and read backwards. An entry's id makes its second write harmless. */
export function createAuditVerbs(table: Table): Pick<IdentityStore, 'appendAudit' | 'readAudit'> {
  const readHours = async (hours: readonly number[], range: AuditRange): Promise<readonly AuditEntry[]> => {
    const pages = await Promise.all(hours.map((hour) => table.query(auditPrefix(hour))));
    return pages.flatMap((items) => items.map(entryOf).filter(isWithin(range)).reverse());
  };
  return {
    appendAudit: async (entries) => {
      await table.writeMany(entries.map(itemOf), []);
    },
    readAudit: async (range, limit): Promise<AuditPage> => {
      const found: AuditEntry[] = [];
      const hours = hoursOf(range);
      for (let at = 0; at < hours.length && found.length <= limit; at += HOURS_AT_ONCE) {
        found.push(...(await readHours(hours.slice(at, at + HOURS_AT_ONCE), range)));
      }
      return { entries: found.slice(0, limit), hasMore: found.length > limit };
    },
  };
}

/** The hours of a range, the latest first; a position within it cuts off what is later. */
function hoursOf({ from, to, before }: AuditRange): readonly number[] {
  const last = before === undefined ? to : Math.min(to, timeOfId(before) + SKEW_MS);
  const first = Math.floor(from / HOUR_MS);
  const count = Math.max(0, Math.floor(last / HOUR_MS) - first + 1);
  return Array.from({ length: count }, (_, back) => (first + count - 1 - back) * HOUR_MS);
}

/** An id is made a moment before or after the time beside it is taken. */
const SKEW_MS = 1000;

const TIME_DIGITS = 12;
/** Ids begin with the time, in ms, as hex digits. */
const timeOfId = (id: string): number => Number.parseInt(id.slice(0, TIME_DIGITS), 16);

const isWithin =
  ({ from, to, before }: AuditRange) =>
  ({ time, id }: AuditEntry): boolean =>
    time >= from && time <= to && (before === undefined || id < before);

const itemOf = (entry: AuditEntry): Item => ({
  ...keyItem(auditKey(entry.time, entry.id)),
  j: { S: JSON.stringify(entry) },
});

/** The table holds what itemOf wrote. */
const entryOf = (item: Item): AuditEntry => {
  const entry = JSON.parse(item.j?.S ?? '') as AuditEntry;
  const { username, tokenId, subject, address } = entry;
  return { ...entry, username, tokenId, subject, address };
};
