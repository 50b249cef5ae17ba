/** UTF-16 units of a filter; Tracklet's own bound, MLflow's parser gives up at 10,000 tokens. */
export const MAX_FILTER_LENGTH = 100_000;

/** Clauses of a filter; Tracklet's own bound, MLflow's SQLite joins 64 tables at most, one per metric, param or tag clause. */
export const MAX_CLAUSES = 500;

/** Items of an order_by; Tracklet's own bound, MLflow's SQLite joins 64 tables at most, one per metric, param or tag item. */
export const MAX_ORDER_BY_ITEMS = 100;

/** Characters of an order_by item; a key has at most 250. */
export const MAX_ORDER_BY_LENGTH = 1000;

/** UTF-16 units of a LIKE pattern (SQLite: SQLITE_MAX_LIKE_PATTERN_LENGTH, in bytes). */
export const MAX_LIKE_LENGTH = 50_000;

/** Characters between two `%` of a LIKE pattern that has `_`; Tracklet's own bound, it keeps the work per value linear. */
export const MAX_WILDCARD_PIECE_LENGTH = 1000;

/** UTF-16 units of the client's own text that a message repeats. */
export const MAX_QUOTED_LENGTH = 1000;
