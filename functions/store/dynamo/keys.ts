/**
 * The one place where keys of the table are built and parsed; `keys/` has a file for each area.
 *
 * | what                       | pk                        | sk                              |
 * | experiment                 | EXPERIMENTS#<0 to f>      | <experiment id>                 |
 * | name claim                 | NAME#experiment#<name>, NAME#model#<name> | claim           |
 * | counter, secret            | COUNTERS / SECRETS        | <name>                          |
 * | run, live                  | RUNS#<experiment>#<shard> | L#<run id>#doc, L#<run id>#latest[#n] |
 * | run, archived              | as the live one           | A#<run id>                      |
 * | segments of archived runs  | SEGMENTS#<experiment>     | manifest                        |
 * | metric history, appended   | METRICS#<run id>          | S#<sortable id>                 |
 * | metric history, shared parts and their index | as above | P#<seq>, S~ (right behind what is appended) |
 * | metric history, chunks of a metric and their index | as above | C#<sha256 of key>#<seq>, X#<sha256 of key> |
 * | dataset                    | DATASETS#<experiment>     | <sha256 of name and digest>     |
 * | logged model, its metrics  | MODELS#<experiment>#<shard> | <model id>#doc, <model id>#M#<sortable id> |
 * | registered model           | REGISTERED#<0 to f>       | <registered model id>           |
 * | version of it              | VERSIONS#<0 to f>         | <registered model id>#<version> |
 * | reference of a version     | REFERENCES#<kind>#<id>    | <registered model id>#<version> |
 * | registered model, deleted, whose versions are still to be removed | REMOVED | <registered model id> |
 * | overflow of a document     | as its document           | <sk>~<generation>~<part>        |
 * | promotion policy of all models | POLICIES              | default                         |
 * | promotion request          | PROMOTIONS#<0 to f>       | R#<registered model id>#<sortable id> |
 * | claim of an open request   | as above                  | O#<registered model id>#<version>#<sha256 of target> |
 * | promotion, kept for ever   | as above                  | H#<registered model id>#<number> |
 * | saved view                 | VIEWS#<experiment>        | <view id>                       |
 * | webhook                    | WEBHOOKS                  | <webhook id>                    |
 * | delivery to webhooks       | DELIVERIES                | <due time>#<event id>[#<webhook id>] |
 * | delivery that was given up | DEAD-LETTERS              | <event id>#<webhook id>         |
 * | work: a run that was written to | WORK#<shard>         | <run id>                        |
 * | work: a damaged archive    | WORK#damaged              | <experiment id>                 |
 * | how much of the only writer's journal is in the table | JOURNAL | applied |
 * | user with their grants     | USERS                     | <sha256 of name>                |
 * | all roles                  | ROLES                     | book                            |
 * | token's record             | TOKENS#<sha256 of user>   | <token id>                      |
 * | session                    | SESSIONS#<sha256 of user> | <sha256 of its secret>          |
 * | account at a provider      | ACCOUNT#<sha256 of issuer and subject> | user               |
 * | audit entry                | AUDIT#<hour, as 2026-07-31T09> | <sortable id>              |
 *
 * A run id is 32 hex digits: 12 of its experiment, 2 of its shard, 18 random; so a run is one read away from its id.
 * A logged model's id is `m-` and the same.
 */
export * from './keys/deliveries.ts';
export * from './keys/experiments.ts';
export * from './keys/home.ts';
export * from './keys/identity.ts';
export * from './keys/key.ts';
export * from './keys/logged-models.ts';
export * from './keys/metrics.ts';
export * from './keys/overflow.ts';
export * from './keys/promotions.ts';
export * from './keys/registry.ts';
export * from './keys/runs.ts';
export * from './keys/work.ts';
