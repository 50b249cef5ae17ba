var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// local/dynamodb/dynalite/is-item.ts
var isItem;
var init_is_item = __esm({
  "local/dynamodb/dynalite/is-item.ts"() {
    "use strict";
    isItem = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  }
});

// local/dynamodb/dynalite/refusal.ts
var Refusal, validationError, refusalBody, isRefusalOf, isRefusal;
var init_refusal = __esm({
  "local/dynamodb/dynalite/refusal.ts"() {
    "use strict";
    Refusal = class extends Error {
      statusCode = 400;
      body;
      constructor(type, message2, more = {}) {
        super(message2);
        this.name = "Refusal";
        this.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: message2, ...more };
      }
    };
    validationError = (message2) => new Refusal("ValidationException", message2);
    refusalBody = (error) => isRefusal(error) ? error.body : void 0;
    isRefusalOf = (type, error) => refusalBody(error)?.__type.endsWith(`#${type}`) ?? false;
    isRefusal = (error) => error instanceof Error && "statusCode" in error && "body" in error;
  }
});

// local/dynamodb/dynalite/http-front.ts
import { randomUUID } from "node:crypto";
import { once as once4 } from "node:events";
import { createServer as createServer3 } from "node:http";
var MAX_REQUEST_BYTES, startHttpFront, readBody, serve, answerTo, parse;
var init_http_front = __esm({
  "local/dynamodb/dynalite/http-front.ts"() {
    "use strict";
    init_is_item();
    init_refusal();
    MAX_REQUEST_BYTES = 16 * 1024 * 1024;
    startHttpFront = async (options) => {
      const underWay = /* @__PURE__ */ new Set();
      const server = createServer3(async (request14, response) => {
        const body = await readBody(request14);
        if (body === void 0 || response.closed) return;
        const exchange = serve(request14, body, response, options).finally(() => underWay.delete(exchange));
        underWay.add(exchange);
      });
      server.keepAliveTimeout = 0;
      server.listen(0, "127.0.0.1");
      await once4(server, "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("A TCP server has a port");
      const close2 = async () => {
        const closed = once4(server, "close");
        server.close();
        await Promise.all(underWay);
        server.closeAllConnections();
        await closed;
      };
      return { endpoint: `http://127.0.0.1:${address.port}`, close: close2 };
    };
    readBody = async (request14) => {
      const chunks = [];
      let sizeBytes = 0;
      try {
        for await (const chunk2 of request14) {
          sizeBytes += chunk2.length;
          if (sizeBytes <= MAX_REQUEST_BYTES) chunks.push(chunk2);
        }
      } catch {
        return void 0;
      }
      return sizeBytes > MAX_REQUEST_BYTES ? "" : Buffer.concat(chunks).toString();
    };
    serve = async (request14, body, response, options) => {
      const closed = new Promise((resolve2) => response.once("close", resolve2));
      const answer4 = await answerTo(String(request14.headers["x-amz-target"]), body, options);
      response.writeHead(answer4.status, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() });
      response.end(JSON.stringify(answer4.body));
      await closed;
    };
    answerTo = async (target, body, { operations: operations2, log: log2 }) => {
      try {
        const operation = operations2.get(target.split(".")[1] ?? "");
        if (!operation) throw new Refusal("UnknownOperationException", `Unknown operation: ${target}`);
        return { status: 200, body: await operation(parse(body)) };
      } catch (error) {
        const refusal = refusalBody(error);
        if (refusal) return { status: 400, body: refusal };
        log2(`DynamoDB (dynalite) failed at ${target}: ${error instanceof Error ? error.stack : String(error)}`);
        return { status: 500, body: { __type: "com.amazonaws.dynamodb.v20120810#InternalServerError" } };
      }
    };
    parse = (body) => {
      try {
        const value = JSON.parse(body);
        if (isItem(value)) return value;
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
      throw new Refusal("SerializationException", "The request is not a JSON object, or larger than 16 MB");
    };
  }
});

// local/dynamodb/dynalite/actions.ts
import { createRequire as createRequire2 } from "node:module";
import { checkTypes, checkValidations } from "dynalite/validations/index.js";
var load, prepareAction, withoutPrototype, withoutPrototypes;
var init_actions = __esm({
  "local/dynamodb/dynalite/actions.ts"() {
    "use strict";
    init_is_item();
    load = createRequire2(import.meta.url);
    prepareAction = (action, input, store) => {
      const run2 = load(`dynalite/actions/${action}.js`);
      const { types, custom } = load(`dynalite/validations/${action}.js`);
      const data = checkTypes(input, types);
      checkValidations(data, types, custom, store);
      const ready = withoutPrototypes(data);
      return (over) => new Promise((resolve2, reject) => {
        run2(over, ready, (error, output2) => error ? reject(error) : resolve2(output2 ?? {}));
      });
    };
    withoutPrototype = (item) => Object.assign(/* @__PURE__ */ Object.create(null), item);
    withoutPrototypes = (data) => {
      const { Key: key } = data;
      return isItem(key) ? { ...data, Key: withoutPrototype(key) } : data;
    };
  }
});

// local/dynamodb/dynalite/queue.ts
var createQueue;
var init_queue = __esm({
  "local/dynamodb/dynalite/queue.ts"() {
    "use strict";
    createQueue = () => {
      let tail = Promise.resolve();
      return (job) => {
        const result = tail.then(job);
        tail = result.catch(() => void 0);
        return result;
      };
    };
  }
});

// local/dynamodb/dynalite/time-to-live.ts
var updateTimeToLive, describeTimeToLive, deleteTable, requireTable, keyOf4;
var init_time_to_live = __esm({
  "local/dynamodb/dynalite/time-to-live.ts"() {
    "use strict";
    init_actions();
    init_is_item();
    init_refusal();
    updateTimeToLive = async (store, input) => {
      const { TableName, TimeToLiveSpecification } = input;
      if (!isItem(TimeToLiveSpecification)) throw validationError("UpdateTimeToLive needs a TimeToLiveSpecification");
      await requireTable(store, TableName);
      await store.db.put(keyOf4(TableName), TimeToLiveSpecification);
      return { TimeToLiveSpecification };
    };
    describeTimeToLive = async (store, input) => {
      await requireTable(store, input.TableName);
      const setting = await store.db.get(keyOf4(input.TableName));
      const isEnabled = isItem(setting) && setting.Enabled === true;
      return {
        TimeToLiveDescription: isEnabled ? { TimeToLiveStatus: "ENABLED", AttributeName: setting.AttributeName } : { TimeToLiveStatus: "DISABLED" }
      };
    };
    deleteTable = async (store, input) => {
      const { TableName } = input;
      const output2 = await prepareAction("deleteTable", input, store)(store);
      await store.db.del(keyOf4(TableName));
      return output2;
    };
    requireTable = (store, TableName) => prepareAction("describeTable", { TableName }, store)(store);
    keyOf4 = (table) => `ttl~${table}`;
  }
});

// local/dynamodb/dynalite/attempt.ts
var NO_REASON, attemptAll, attempt, reasonOf, cancelled;
var init_attempt = __esm({
  "local/dynamodb/dynalite/attempt.ts"() {
    "use strict";
    init_refusal();
    NO_REASON = { Code: "None" };
    attemptAll = async (recorder, parts) => {
      const outcomes = [];
      for (const part of parts) outcomes.push(await attempt(recorder, part));
      if (recorder.hasRepeatedItem) {
        throw validationError("Transaction request cannot include multiple operations on one item");
      }
      const reasons = outcomes.map(({ reason }) => reason);
      if (reasons.some((reason) => reason !== NO_REASON)) throw cancelled(reasons);
      return outcomes.map(({ output: output2 }) => output2);
    };
    attempt = async (recorder, part) => {
      try {
        return { reason: NO_REASON, output: await part.run(recorder.store({ isDry: part.isDry })) };
      } catch (error) {
        return { reason: reasonOf(error, part.returnsOldItem ? recorder.lastItem : void 0), output: {} };
      }
    };
    reasonOf = (error, oldItem) => {
      const Message = refusalBody(error)?.message;
      if (isRefusalOf("ConditionalCheckFailedException", error)) {
        return { Code: "ConditionalCheckFailed", Message, Item: oldItem };
      }
      if (isRefusalOf("ValidationException", error)) return { Code: "ValidationError", Message };
      throw error;
    };
    cancelled = (reasons) => {
      const codes = reasons.map(({ Code }) => Code).join(", ");
      const message2 = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
      return new Refusal("TransactionCanceledException", message2, { CancellationReasons: reasons });
    };
  }
});

// local/dynamodb/dynalite/recorder.ts
import { itemSize } from "dynalite/db/index.js";
var Recorder;
var init_recorder = __esm({
  "local/dynamodb/dynalite/recorder.ts"() {
    "use strict";
    init_actions();
    Recorder = class {
      #base;
      #writes = /* @__PURE__ */ new Map();
      #items = /* @__PURE__ */ new Set();
      #sizeBytes = 0;
      #hasRepeatedItem = false;
      #lastItem;
      constructor(base) {
        this.#base = base;
      }
      /** The store for an action to run over; with `isDry` what it writes is dropped. */
      store({ isDry = false } = {}) {
        const base = this.#base;
        return {
          ...base,
          getItemDb: (table) => this.#subDb(`item-${table}~`, base.getItemDb(table), isDry),
          getIndexDb: (kind, table, index) => this.#subDb(`index-${kind.toLowerCase()}~${table}~${index}~`, base.getIndexDb(kind, table, index), isDry)
        };
      }
      /** The item as the last action found it. */
      get lastItem() {
        return this.#lastItem;
      }
      /** Whether two actions worked on one item. */
      get hasRepeatedItem() {
        return this.#hasRepeatedItem;
      }
      /** The size of all that was put, in bytes, index entries included. */
      get sizeBytes() {
        return this.#sizeBytes;
      }
      /** Writes all that was recorded in one LevelDB batch: should the process die, all of it is there or none. */
      async commit() {
        if (this.#writes.size > 0) await this.#base.db.batch([...this.#writes.values()]);
      }
      #subDb(prefix, base, isDry) {
        const record = (key, write2) => {
          if (!isDry) this.#writes.set(key, write2);
        };
        return {
          lock: (_key, work) => work((done) => done),
          get: (key, done) => {
            this.#hasRepeatedItem ||= this.#items.has(prefix + key);
            this.#items.add(prefix + key);
            base.get(key, (error, item) => {
              this.#lastItem = item && withoutPrototype(item);
              done(error, this.#lastItem);
            });
          },
          put: (key, value, done) => {
            this.#sizeBytes += itemSize(value);
            record(prefix + key, { type: "put", key: prefix + key, value });
            done();
          },
          del: (key, done) => {
            record(prefix + key, { type: "del", key: prefix + key });
            done();
          }
        };
      }
    };
  }
});

// local/dynamodb/dynalite/transaction-request.ts
var MAX_PARTS, readParts, readPart, consumedBy;
var init_transaction_request = __esm({
  "local/dynamodb/dynalite/transaction-request.ts"() {
    "use strict";
    init_is_item();
    init_refusal();
    MAX_PARTS = 100;
    readParts = (input, kinds) => {
      const { TransactItems: entries, ReturnConsumedCapacity } = input;
      if (!Array.isArray(entries) || entries.length === 0) {
        throw validationError("TransactItems must have at least one entry");
      }
      if (entries.length > MAX_PARTS) {
        throw validationError(`Member must have length less than or equal to ${MAX_PARTS}: TransactItems`);
      }
      return entries.map((entry) => readPart(entry, kinds, { ReturnConsumedCapacity }));
    };
    readPart = (entry, kinds, shared) => {
      const found = kinds.flatMap((kind) => {
        const fields = isItem(entry) ? entry[kind] : void 0;
        return isItem(fields) ? [{ kind, fields: { ...fields, ...shared } }] : [];
      });
      const [part] = found;
      if (part && found.length === 1) return part;
      throw validationError(`TransactItems can only contain one of ${kinds.join(", ")}`);
    };
    consumedBy = (outputs, unit) => {
      const unitsOf = /* @__PURE__ */ new Map();
      for (const { ConsumedCapacity: consumed } of outputs) {
        if (!isItem(consumed)) return void 0;
        const { TableName, CapacityUnits } = consumed;
        unitsOf.set(TableName, (unitsOf.get(TableName) ?? 0) + 2 * Number(CapacityUnits));
      }
      return [...unitsOf].map(([TableName, units]) => ({ TableName, CapacityUnits: units, [unit]: units }));
    };
  }
});

// local/dynamodb/dynalite/transact-get.ts
var transactGet;
var init_transact_get = __esm({
  "local/dynamodb/dynalite/transact-get.ts"() {
    "use strict";
    init_actions();
    init_attempt();
    init_recorder();
    init_transaction_request();
    transactGet = async (store, input) => {
      const parts = readParts(input, ["Get"]).map(({ fields }) => ({
        run: prepareAction("getItem", { ...fields, ConsistentRead: true }, store),
        isDry: true,
        returnsOldItem: false
      }));
      const outputs = await attemptAll(new Recorder(store), parts);
      return {
        Responses: outputs.map(({ Item }) => ({ Item })),
        ConsumedCapacity: consumedBy(outputs, "ReadCapacityUnits")
      };
    };
  }
});

// local/dynamodb/dynalite/transact-write.ts
import { createHash as createHash3 } from "node:crypto";
var MAX_TRANSACTION_BYTES, KEPT_TOKENS, ACTION_OF, KINDS, createTransactWrite, replay, forgetOldest, write, preparePart;
var init_transact_write = __esm({
  "local/dynamodb/dynalite/transact-write.ts"() {
    "use strict";
    init_actions();
    init_attempt();
    init_recorder();
    init_refusal();
    init_transaction_request();
    MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
    KEPT_TOKENS = 1e4;
    ACTION_OF = { Put: "putItem", Update: "updateItem", Delete: "deleteItem", ConditionCheck: "deleteItem" };
    KINDS = ["Put", "Update", "Delete", "ConditionCheck"];
    createTransactWrite = (store) => {
      const committed = /* @__PURE__ */ new Map();
      return async (input) => {
        const { ClientRequestToken: token } = input;
        if (typeof token !== "string") return write(store, input);
        const fingerprint = createHash3("sha256").update(JSON.stringify(input.TransactItems)).digest("base64");
        const earlier = committed.get(token);
        if (earlier) return replay(earlier, fingerprint);
        const output2 = await write(store, input);
        committed.set(token, { fingerprint, output: output2 });
        forgetOldest(committed);
        return output2;
      };
    };
    replay = (earlier, fingerprint) => {
      if (earlier.fingerprint === fingerprint) return earlier.output;
      const message2 = "The client request token was used before with other parameters";
      throw new Refusal("IdempotentParameterMismatchException", message2);
    };
    forgetOldest = (committed) => {
      const [oldest] = committed.keys();
      if (committed.size > KEPT_TOKENS && oldest !== void 0) committed.delete(oldest);
    };
    write = async (store, input) => {
      const parts = readParts(input, KINDS).map((part) => preparePart(part, store));
      const recorder = new Recorder(store);
      const outputs = await attemptAll(recorder, parts);
      if (recorder.sizeBytes > MAX_TRANSACTION_BYTES) {
        throw validationError("The items of a transaction cannot have more than 4 MB together");
      }
      await recorder.commit();
      return { ConsumedCapacity: consumedBy(outputs, "WriteCapacityUnits") };
    };
    preparePart = ({ kind, fields }, store) => {
      const isDry = kind === "ConditionCheck";
      if (isDry && fields.ConditionExpression === void 0) throw validationError("A ConditionCheck has a condition");
      const returnsOldItem = fields.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
      return { run: prepareAction(ACTION_OF[kind], fields, store), isDry, returnsOldItem };
    };
  }
});

// local/dynamodb/dynalite/write-item.ts
var writeItem, withOldItem;
var init_write_item = __esm({
  "local/dynamodb/dynalite/write-item.ts"() {
    "use strict";
    init_actions();
    init_recorder();
    init_refusal();
    writeItem = async (action, store, input) => {
      const returnsOldItem = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
      const run2 = prepareAction(action, input, store);
      const recorder = new Recorder(store);
      try {
        const output2 = await run2(recorder.store());
        await recorder.commit();
        return output2;
      } catch (error) {
        throw returnsOldItem ? withOldItem(error, recorder.lastItem) : error;
      }
    };
    withOldItem = (error, oldItem) => {
      const type = "ConditionalCheckFailedException";
      if (!oldItem || !isRefusalOf(type, error)) return error;
      return new Refusal(type, "The conditional request failed", { Item: oldItem });
    };
  }
});

// local/dynamodb/dynalite/operations.ts
var createOperations;
var init_operations = __esm({
  "local/dynamodb/dynalite/operations.ts"() {
    "use strict";
    init_actions();
    init_queue();
    init_time_to_live();
    init_transact_get();
    init_transact_write();
    init_write_item();
    createOperations = (store) => {
      const alone = createQueue();
      const transactWrite = createTransactWrite(store);
      const pass = (action) => {
        return async (input) => prepareAction(action, input, store)(store);
      };
      const passAlone = (action) => {
        return (input) => alone(async () => prepareAction(action, input, store)(store));
      };
      const write2 = (action) => {
        return (input) => alone(() => writeItem(action, store, input));
      };
      return /* @__PURE__ */ new Map([
        ["GetItem", pass("getItem")],
        ["BatchGetItem", pass("batchGetItem")],
        ["Query", pass("query")],
        ["Scan", pass("scan")],
        ["PutItem", write2("putItem")],
        ["UpdateItem", write2("updateItem")],
        ["DeleteItem", write2("deleteItem")],
        ["BatchWriteItem", write2("batchWriteItem")],
        ["TransactWriteItems", (input) => alone(() => transactWrite(input))],
        ["TransactGetItems", (input) => alone(() => transactGet(store, input))],
        ["CreateTable", passAlone("createTable")],
        ["UpdateTable", passAlone("updateTable")],
        ["DeleteTable", (input) => alone(() => deleteTable(store, input))],
        ["DescribeTable", pass("describeTable")],
        ["ListTables", pass("listTables")],
        ["UpdateTimeToLive", (input) => updateTimeToLive(store, input)],
        ["DescribeTimeToLive", (input) => describeTimeToLive(store, input)]
      ]);
    };
  }
});

// local/dynamodb/dynalite/start-dynalite.ts
var start_dynalite_exports = {};
__export(start_dynalite_exports, {
  startDynalite: () => startDynalite
});
import { create } from "dynalite/db/index.js";
var TABLE_CHANGE_MS, startDynalite, finishTableChanges;
var init_start_dynalite = __esm({
  "local/dynamodb/dynalite/start-dynalite.ts"() {
    "use strict";
    init_http_front();
    init_operations();
    TABLE_CHANGE_MS = 1;
    startDynalite = async ({ path, log: log2 }) => {
      const ms = { createTableMs: TABLE_CHANGE_MS, deleteTableMs: TABLE_CHANGE_MS, updateTableMs: TABLE_CHANGE_MS };
      const store = create({ path, ...ms });
      await store.db.open();
      await finishTableChanges(store);
      const front = await startHttpFront({ operations: createOperations(store), log: log2 });
      let stopping;
      const stop2 = () => {
        stopping ??= front.close().then(() => store.db.close());
        return stopping;
      };
      return { endpoint: front.endpoint, pid: void 0, exited: new Promise(() => void 0), stop: stop2 };
    };
    finishTableChanges = async (store) => {
      for await (const [key, table] of store.db.iterator({ gte: "table~", lt: "table~\uFFFF" })) {
        if (table.TableStatus === "DELETING") await store.db.del(key);
        else if (table.TableStatus !== "ACTIVE") await store.db.put(key, { ...table, TableStatus: "ACTIVE" });
      }
    };
  }
});

// local/command-error.ts
var CommandError = class extends Error {
  exitCode;
  constructor(message2, exitCode = 2) {
    super(message2);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
};

// local/serve.ts
import { serve as listen2 } from "@hono/node-server";

// functions/domain/errors.ts
var HTTP_STATUS_OF = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  RESOURCE_CONFLICT: 409,
  REQUEST_TOO_LARGE: 413,
  RANGE_NOT_SATISFIABLE: 416,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503
};
var MlflowError = class extends Error {
  code;
  constructor(code, message2, options) {
    super(message2, options);
    this.name = "MlflowError";
    this.code = code;
  }
  get status() {
    return HTTP_STATUS_OF[this.code];
  }
};
var invalidParameter = (message2, cause) => new MlflowError("INVALID_PARAMETER_VALUE", message2, { cause });
var doesNotExist = (message2) => new MlflowError("RESOURCE_DOES_NOT_EXIST", message2);
var alreadyExists = (message2) => new MlflowError("RESOURCE_ALREADY_EXISTS", message2);
var badRequest = (message2) => new MlflowError("BAD_REQUEST", message2);

// functions/domain/percent.ts
var ESCAPES = /(?:%[0-9a-fA-F]{2})+/g;
var utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
var percentDecode = (text3) => text3.replace(
  ESCAPES,
  (escapes) => utf8.decode(Uint8Array.from(escapes.slice(1).split("%"), (digits) => Number.parseInt(digits, 16)))
);
var MAX_ROUNDS = 10;
function decodings(text3) {
  const forms = [text3];
  let form = text3;
  while (forms.length <= MAX_ROUNDS) {
    const decoded = percentDecode(form);
    if (decoded === form) return forms;
    forms.push(decoded);
    form = decoded;
  }
  return void 0;
}

// functions/domain/artifact-path.ts
function safeArtifactPath(path) {
  const safe = findSafePath(path);
  if (safe === void 0) throw invalidParameter("Invalid path");
  return safe;
}
function findSafePath(path) {
  const forms = decodings(path);
  if (forms === void 0 || forms.some(leavesRoot)) return void 0;
  const relative = path.endsWith("/") ? path.slice(0, -1) : path;
  if (relative === "") return "";
  const segments = relative.split("/");
  if (segments.includes("")) return void 0;
  return segments.filter((segment) => segment !== ".").join("/");
}
var ABSOLUTE = /^\s*(?:\.[/\\])*(?:[/\\]|[A-Za-z]:|file:)/i;
var SEPARATORS = /[/\\]/;
var PARENT = /^\s*\.\.\s*(?:[?;]|$)/;
var UNSPEAKABLE = /[\p{Cc}\p{Cs}]/u;
var leavesRoot = (path) => path.includes("#") || ABSOLUTE.test(path) || UNSPEAKABLE.test(path) || path.split(SEPARATORS).some((segment) => PARENT.test(segment));

// functions/domain/code-points.ts
function compareCodePoints(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const unitA = a.charCodeAt(at);
    const unitB = b.charCodeAt(at);
    if (unitA !== unitB) return rankOf(unitA) - rankOf(unitB);
  }
  return a.length - b.length;
}
var rankOf = (unit) => unit >= 55296 && unit <= 57343 ? unit + 65536 : unit;

// functions/domain/python-json.ts
var DEFAULT_LAYOUT = { comma: ", ", colon: ": ", sortKeys: false };
var COMPACT_LAYOUT = { comma: ",", colon: ":", sortKeys: true };
function pythonJson(value, layout) {
  if (value === void 0 || value === null) return "null";
  if (typeof value === "string") return jsonString(value);
  if (typeof value === "number") return jsonNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, layout)).join(layout.comma)}]`;
  if (typeof value === "object") return jsonObject(Object.entries(value), layout);
  return String(value);
}
function jsonObject(entries, layout) {
  const ordered = layout.sortKeys ? entries.toSorted(([a], [b]) => compareCodePoints(a, b)) : entries;
  const members = ordered.map(([key, value]) => `${jsonString(key)}${layout.colon}${pythonJson(value, layout)}`);
  return `{${members.join(layout.comma)}}`;
}
var jsonString = (text3) => JSON.stringify(text3).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
function jsonNumber(value) {
  if (!Number.isFinite(value)) return String(value);
  return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
}
function pythonFloat(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [digits, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

// functions/domain/messages.ts
function invalidValue(path, value, detail) {
  const refused = `Invalid value ${pythonJson(value, COMPACT_LAYOUT)} for parameter '${path}' supplied`;
  return detail ? `${refused}: ${detail}` : `${refused}.`;
}
var missingValue = (path) => `Missing value for required parameter '${path}'.`;
var exceedsMaximumLength = (path, limit) => `'${path}' exceeds the maximum length of ${limit} characters`;
var NAMED_ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "	": "\\t" };
function pythonRepr(value) {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replace(/[\\'\p{C}\p{Z}]/gu, (char) => {
    if (char === " ") return char;
    if (char === "'") return quote === "'" ? "\\'" : char;
    return NAMED_ESCAPES[char] ?? numericEscape(char);
  });
  return `${quote}${escaped}${quote}`;
}
function numericEscape(char) {
  const hex = Number(char.codePointAt(0)).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
var pythonReprOfList = (values) => `[${values.map(pythonRepr).join(", ")}]`;

// functions/api/mlflow-artifacts/mime-type.ts
var TEXT_EXTENSIONS = new Set(
  "txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb mlmodel mlproject".split(
    " "
  )
);
var MIME_TYPES = {
  avi: "video/x-msvideo",
  bmp: "image/bmp",
  gif: "image/gif",
  gz: "application/gzip",
  htm: "text/html",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  tar: "application/x-tar",
  tif: "image/tiff",
  tiff: "image/tiff",
  wav: "audio/x-wav",
  webm: "video/webm",
  webp: "image/webp",
  zip: "application/zip"
};
function mimeTypeOf(name) {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (TEXT_EXTENSIONS.has(extension)) return "text/plain; charset=utf-8";
  return Object.hasOwn(MIME_TYPES, extension) && MIME_TYPES[extension] || "application/octet-stream";
}

// functions/api/mlflow-artifacts/artifact-response.ts
async function artifactResponse(artifacts, path, request14) {
  const content = await artifacts.find(path, request14.headers.get("range") ?? void 0);
  if (!content) throw doesNotExist(`No such artifact: '${path}'`);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const headers = new Headers({
    "content-type": mimeTypeOf(name),
    "content-length": String(content.sizeBytes),
    "content-disposition": attachment(name),
    "accept-ranges": "bytes"
  });
  if (content.contentRange !== void 0) headers.set("content-range", content.contentRange);
  return new Response(content.body, { status: content.contentRange === void 0 ? 200 : 206, headers });
}
function attachment(name) {
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const extended = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, percentEncode);
  return ascii === name ? `attachment; filename="${ascii}"` : `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}
var percentEncode = (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

// functions/domain/uri.ts
var SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/;
var AUTHORITY = /^\/\/[^/]*/;
function parseUri(text3) {
  const [beforeFragment, fragment] = cutAt(text3, "#");
  const [beforeQuery, query] = cutAt(beforeFragment, "?");
  const scheme = SCHEME.exec(beforeQuery)?.[0];
  const rest = scheme === void 0 ? beforeQuery : beforeQuery.slice(scheme.length + 1);
  const authority = AUTHORITY.exec(rest)?.[0];
  return {
    scheme: scheme?.toLowerCase() ?? "",
    authority: authority?.slice(2),
    path: authority === void 0 ? rest : rest.slice(authority.length),
    query,
    fragment
  };
}
function cutAt(text3, mark) {
  const at = text3.indexOf(mark);
  return at < 0 ? [text3, ""] : [text3.slice(0, at), text3.slice(at + 1)];
}
function formatUri({ scheme, authority, path, query, fragment }) {
  const head = scheme && `${scheme}:`;
  const host = authority === void 0 ? "" : `//${authority}`;
  return `${head}${host}${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
}
function validateQuery(query) {
  const forms = decodings(query);
  if (forms === void 0 || forms.some((form) => form.includes(".."))) throw invalidParameter("Invalid query string");
}
function appendToUriPath(root, ...segments) {
  const uri = parseUri(root);
  validateQuery(uri.query);
  if (uri.scheme === "") return segments.reduce(joinPath, root);
  const isBare = uri.authority !== void 0 && uri.path === "";
  return formatUri({ ...uri, path: segments.reduce(joinPath, isBare ? "/" : uri.path) });
}
function joinPath(path, segment) {
  if (path === "") return segment;
  return `${path.replace(/\/$/, "")}/${segment.replace(/^\/+/, "")}`;
}

// functions/api/artifacts/proxied-path.ts
function proxiedPath(artifactUri) {
  const { scheme, authority, path } = parseUri(artifactUri);
  if (scheme === "mlflow-artifacts" && !authority) return path.replace(/^\/+/, "");
  throw invalidParameter(`The artifacts at '${artifactUri}' are not kept by this server; open that location directly.`);
}

// functions/api/artifacts/get-artifact.ts
var getArtifact = {
  kind: "raw",
  method: "GET",
  paths: ["/get-artifact"],
  respond: async ({ request: request14, query }, { store, artifacts }) => {
    const runId2 = query.get("run_id") || query.get("run_uuid");
    const path = query.get("path");
    if (!runId2) throw invalidParameter(missingValue("run_id"));
    if (!path) throw invalidParameter(missingValue("path"));
    const safe = safeArtifactPath(path);
    const { run: run2 } = await store.getRun(runId2);
    return artifactResponse(artifacts, `${proxiedPath(run2.artifactUri)}/${safe}`, request14);
  }
};

// functions/domain/run-status.ts
var RUN_STATUSES = {
  RUNNING: 1,
  SCHEDULED: 2,
  FINISHED: 3,
  FAILED: 4,
  KILLED: 5
};
var LOGGED_MODEL_STATUSES = {
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3
};

// functions/protocol/message.ts
import * as z from "zod";
var repeatedFields = /* @__PURE__ */ new WeakSet();
function required(field) {
  return field.transform((value, context) => {
    if (value !== void 0 && value !== "") return value;
    context.issues.push({ code: "custom", input: value, params: { kind: "missing" } });
    return z.NEVER;
  });
}
function list(item, description) {
  const field = z.preprocess((raw) => raw ?? [], z.array(item)).meta({ description });
  repeatedFields.add(field);
  return field;
}
function requiredList(item, description) {
  const field = z.unknown().optional().superRefine((raw, context) => {
    if (raw === void 0 || raw === null) {
      context.addIssue({ code: "custom", input: raw, params: { kind: "missing" } });
    }
  }).pipe(z.array(item)).meta({ description });
  repeatedFields.add(field);
  return field;
}
var isRepeated = (field) => repeatedFields.has(field);
var camelCase = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
function message(shape, synonyms = {}) {
  const aliases = Object.keys(shape).map((name) => ({ name, alias: camelCase(name) })).filter(({ name, alias }) => name !== alias);
  const standIns = Object.entries(synonyms).map(([alias, name]) => ({ name, alias }));
  const parser = z.preprocess((raw, context) => {
    if (!isObject(raw)) return raw;
    const named = aliases.some(({ alias }) => alias in raw) ? renameAliases(raw, aliases, context) : raw;
    return standIns.some(({ alias }) => alias in named) ? fillIn(named, standIns) : named;
  }, z.object(shape));
  const spare = Object.fromEntries(standIns.map(({ alias }) => [alias, z.unknown()]));
  return Object.assign(parser, { fields: { ...shape, ...spare } });
}
function renameAliases(raw, aliases, context) {
  const renamed = { ...raw };
  for (const { name, alias } of aliases) {
    if (!Object.hasOwn(raw, alias)) continue;
    if (Object.hasOwn(raw, name)) {
      context.addIssue({ code: "custom", input: raw, params: { kind: "twice", name, alias } });
    }
    renamed[name] = raw[alias];
  }
  return renamed;
}
function fillIn(raw, standIns) {
  const missing = standIns.filter(({ name }) => raw[name] === void 0 || raw[name] === null);
  return { ...raw, ...Object.fromEntries(missing.map(({ name, alias }) => [name, raw[alias]])) };
}
var isObject = (raw) => typeof raw === "object" && raw !== null && !Array.isArray(raw);

// functions/protocol/scalars.ts
import * as z2 from "zod";
var REJECTED = /* @__PURE__ */ Symbol("rejected");
function scalar(decode2, docs) {
  return z2.unknown().optional().transform((raw, context) => {
    if (raw === void 0 || raw === null) return void 0;
    const value = decode2(raw);
    if (value !== REJECTED) return value;
    context.issues.push({ code: "custom", input: raw, params: { kind: "type" } });
    return z2.NEVER;
  }).meta(docs);
}
var INTEGRAL_FLOAT = /^[+-]?\d+(\.0*)?([eE][+]?\d+)?$/;
var INTEGER = /^[+-]?\d+$/;
var DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
function integerWithin(min, max) {
  return (raw) => {
    const value = toInteger(raw);
    if (value === void 0 || value < min || value > max) return REJECTED;
    const small = Number(value);
    return Number.isSafeInteger(small) ? small : BigInt(value);
  };
}
function toInteger(raw) {
  if (typeof raw === "bigint") return raw;
  if (typeof raw === "number") return Number.isInteger(raw) ? raw : void 0;
  if (typeof raw !== "string") return void 0;
  if (INTEGER.test(raw)) return BigInt(raw.replace(/^\+/, ""));
  return INTEGRAL_FLOAT.test(raw) ? toInteger(Number(raw)) : void 0;
}
var NAMED_DOUBLES = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY
};
var decodeDouble = (raw) => {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : REJECTED;
  if (typeof raw === "bigint" || typeof raw === "boolean") return Number(raw);
  if (typeof raw !== "string") return REJECTED;
  const named = Object.hasOwn(NAMED_DOUBLES, raw) ? NAMED_DOUBLES[raw] : void 0;
  if (named !== void 0) return named;
  return DECIMAL.test(raw) && Number.isFinite(Number(raw)) ? Number(raw) : REJECTED;
};
var decodeText = (raw) => typeof raw === "string" ? raw : REJECTED;
var decodeFlag = (raw) => {
  if (typeof raw === "boolean") return raw;
  const word = typeof raw === "string" ? raw.toLowerCase() : void 0;
  return word === "true" ? true : word === "false" ? false : REJECTED;
};
var INT32 = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
var INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
var decodeInt64 = integerWithin(INT64.min, INT64.max);
var decodeInt32 = integerWithin(INT32.min, INT32.max);
var text = (description) => scalar(decodeText, { type: "string", description });
var int64 = (description) => scalar(decodeInt64, { type: "integer", format: "int64", description });
var int32 = (description) => scalar((raw) => mapDecoded(decodeInt32(raw), Number), { type: "integer", format: "int32", description });
var double = (description) => scalar(decodeDouble, { type: "number", format: "double", description });
var flag = (description) => scalar(decodeFlag, { type: "boolean", description });
function choice(numbers, description) {
  const names = Object.keys(numbers).filter((name) => Object.hasOwn(numbers, name));
  const decode2 = (raw) => names.find((name) => name === raw || numbers[name] === raw) ?? REJECTED;
  return scalar(decode2, { type: "string", enum: names, description });
}
function mapDecoded(value, change) {
  return value === REJECTED ? REJECTED : change(value);
}

// functions/protocol/common.ts
var textOrEmpty = (description) => text(description).transform((value) => value ?? "");
var requiredText = (description) => required(text(description));
var keyValue = message({ key: textOrEmpty("Name"), value: textOrEmpty("Value") });
var keyedValue = message({ key: requiredText("Name"), value: textOrEmpty("Value") });
var experimentId = requiredText("Experiment id, an integer as a string");
var runId = requiredText("Run id, 32 hex digits");
var pageToken = text("Token of an earlier answer; its next page is wanted");
var RUN_UUID = { run_uuid: "run_id" };
var viewType = choice({ ACTIVE_ONLY: 1, DELETED_ONLY: 2, ALL: 3 }, "Which lifecycle stages to show");
var runStatus = choice(RUN_STATUSES, "Status of a run");
var loggedModelStatus = choice(LOGGED_MODEL_STATUSES, "Status of a logged model");

// functions/protocol/decode-message.ts
var SEE_DOCS = " See the API docs for more information about request parameters.";
function pythonTypeOf(value) {
  if (value === null || value === void 0) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value === "bigint") return "int";
  return Array.isArray(value) ? "list" : "dict";
}
function jsonPath(path) {
  return path.map((part, at) => typeof part === "number" ? `[${part}]` : `${at > 0 ? "." : ""}${String(part)}`).join("");
}
function valueAt(raw, path) {
  return path.reduce(
    (value, part) => typeof value === "object" && value !== null ? Reflect.get(value, part) : void 0,
    raw
  );
}
function rejection(issue, raw) {
  const path = jsonPath(issue.path);
  const params = issue.code === "custom" && issue.params || {};
  if (params.kind === "missing") return invalidParameter(missingValue(path) + SEE_DOCS);
  if (params.kind === "twice") {
    return invalidParameter(`Request specifies both '${params.name}' and '${params.alias}'; provide only one of them.`);
  }
  if (path === "") return invalidParameter("Invalid request body: it must be a JSON object.");
  const value = valueAt(raw, issue.path);
  return invalidParameter(invalidValue(path, value, ` Hint: Value was of type '${pythonTypeOf(value)}'.`) + SEE_DOCS);
}
function decodeMessage(schema, raw) {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw first ? rejection(first, raw) : result.error;
}

// functions/api/operation.ts
var prefixed = (since, path, audience = "all") => audience === "ajax" ? [`/ajax-api/${since}${path}`] : [`/api/${since}${path}`, `/ajax-api/${since}${path}`];
function defineOperation(spec) {
  return {
    kind: "json",
    method: spec.method,
    paths: prefixed(spec.since, spec.path, spec.audience),
    request: spec.request,
    respond: (raw, services) => spec.handle(decodeMessage(spec.request, raw), services)
  };
}

// functions/api/artifacts/list-below.ts
var trimSlashes = (path) => path.replace(/^\/+|\/+$/g, "");
async function listBelow(artifacts, rootUri, path) {
  const folder = trimSlashes(path === void 0 ? "" : safeArtifactPath(path));
  const root = proxiedPath(rootUri);
  const entries = await artifacts.list(folder === "" ? root : `${root}/${folder}`);
  const files = entries.map(({ path: name, isDir, sizeBytes }) => ({
    path: folder === "" ? name : `${folder}/${name}`,
    is_dir: isDir,
    file_size: sizeBytes || void 0
  }));
  return { root_uri: rootUri, files: files.length > 0 ? files : void 0 };
}

// functions/api/artifacts/list.ts
var request = message(
  { run_id: runId, path: text("Folder below the run\u2019s artifact root"), page_token: pageToken },
  RUN_UUID
);
var listArtifacts = defineOperation({
  method: "GET",
  path: "/mlflow/artifacts/list",
  since: "2.0",
  request,
  handle: async ({ run_id: id, path }, { store, artifacts }) => {
    const { run: run2 } = await store.getRun(id);
    return listBelow(artifacts, run2.artifactUri, path);
  }
});

// functions/domain/limits.ts
var MAX_METRICS_PER_BATCH = 1e3;
var MAX_PARAMS_PER_BATCH = 100;
var MAX_TAGS_PER_BATCH = 100;
var MAX_ENTITIES_PER_BATCH = 1e3;
var MAX_DATASETS_PER_BATCH = 1e3;
var MAX_KEY_LENGTH = 250;
var MAX_PARAM_VALUE_LENGTH = 6e3;
var MAX_RUN_TAG_VALUE_LENGTH = 8e3;
var MAX_EXPERIMENT_TAG_VALUE_LENGTH = 2e4;
var MAX_CUSTOM_VIEWS_PER_EXPERIMENT = 50;
var MAX_TRACE_ARCHIVAL_RETENTION_LENGTH = 32;
var MAX_EXPERIMENT_NAME_LENGTH = 500;
var MAX_ARTIFACT_LOCATION_LENGTH = 2048;
var MAX_SEARCH_RESULTS = 5e4;
var MAX_HISTORY_RUNS = 100;
var MAX_HISTORY_RESULTS = 25e3;
var MAX_SAMPLED_RESULTS = 2500;
var MAX_DATASET_NAME_LENGTH = 500;
var MAX_DATASET_DIGEST_LENGTH = 36;
var MAX_DATASET_SOURCE_LENGTH = 65535;
var MAX_DATASET_SCHEMA_LENGTH = 1048575;
var MAX_DATASET_PROFILE_LENGTH = 16777215;
var MAX_INPUT_TAG_KEY_LENGTH = 255;
var MAX_INPUT_TAG_VALUE_LENGTH = 500;
var MAX_DATASET_SEARCH_EXPERIMENTS = 20;
var MAX_DATASET_SUMMARIES = 1e3;
var DEFAULT_LOGGED_MODEL_RESULTS = 50;
var MAX_LOGGED_MODEL_RESULTS = 1e3;

// functions/domain/names.ts
function lengthOf(text3) {
  let length = 0;
  for (let at = 0; at < text3.length; at += isPairAt(text3, at) ? 2 : 1) length += 1;
  return length;
}
function truncate(text3, limit) {
  if (text3.length <= limit) return text3;
  let end = 0;
  for (let length = 0; length < limit && end < text3.length; length += 1) end += isPairAt(text3, end) ? 2 : 1;
  return text3.slice(0, end);
}
var isPairAt = (text3, at) => Number(text3.codePointAt(at)) > 65535;
function validateLength(path, text3, limit) {
  if (text3.length > limit && lengthOf(text3) > limit) throw invalidParameter(exceedsMaximumLength(path, limit));
}
function posixNormalize(path) {
  const root = rootOf(path);
  const kept = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const last = kept.at(-1);
    if (part !== ".." || last === ".." || last === void 0 && root === "") kept.push(part);
    else kept.pop();
  }
  return root + kept.join("/") || ".";
}
function rootOf(path) {
  if (!path.startsWith("/")) return "";
  return path.startsWith("//") && !path.startsWith("///") ? "//" : "/";
}
var NAME = /^[/\p{L}\p{N}_.\- :]*\n?$/u;
var BAD_CHARACTERS = "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).";
var badPath = (normal) => `Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to ${pythonRepr(normal)}`;
function validateUniquePath(name, path) {
  const normal = posixNormalize(name);
  const leaves = normal === "." || normal.startsWith("..") || normal.startsWith("/");
  if (normal !== name || leaves) throw invalidParameter(invalidValue(path, name, badPath(normal)));
}
function validateName(name, path) {
  if (!NAME.test(name)) throw invalidParameter(invalidValue(path, name, BAD_CHARACTERS));
  validateUniquePath(name, path);
}
var validateMetricName = (name, path = "name") => validateName(name, path);
var validateParamName = (name, path = "key") => validateName(name, path);
var validateTagName = (name, path = "key") => validateName(name, path);
var fieldPath = (path, field) => path === "" ? field : `${path}.${field}`;

// functions/domain/artifact-location.ts
var HOST_SCHEMES = new Set(
  "ftp sftp hdfs viewfs http https mlflow-artifacts r2 b2 abfss".split(" ")
);
var PARAMS_SCHEMES = /* @__PURE__ */ new Set(["", "ftp", "http", "https", "sftp"]);
var BUCKET_SCHEMES = /* @__PURE__ */ new Set(["s3", "gs", "wasbs"]);
var PATH_SCHEMES = /* @__PURE__ */ new Set(["mlflow-artifacts", "dbfs"]);
function validateArtifactLocation(location, parameter) {
  const uri = parseUri(location);
  if (uri.fragment !== "" || hasParams(uri)) {
    throw invalidParameter(`'${parameter}' URL can't include fragments or params.`);
  }
  validateQuery(uri.query);
  if (namesHost(uri)) throw invalidParameter(foreignHost(uri.scheme, parameter));
  if (location.startsWith("runs:")) {
    throw invalidParameter(`Artifact location cannot be a runs:/ URI. Given: '${location}'`);
  }
  if (lengthOf(location) > MAX_ARTIFACT_LOCATION_LENGTH) throw invalidParameter(TOO_LONG);
  validateRoot(uri, location, parameter);
}
function hasParams({ scheme, path }) {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return PARAMS_SCHEMES.has(scheme) && last.indexOf(";") >= 0 && last.indexOf(";") < last.length - 1;
}
var namesHost = ({ scheme, authority }) => HOST_SCHEMES.has(scheme) && (scheme !== "mlflow-artifacts" || Boolean(authority));
var foreignHost = (scheme, parameter) => `'${parameter}' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the tracking server's configured artifact storage, so the server would connect to the host named in the URI. Set the MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.`;
var TOO_LONG = `Invalid artifact path length. The length of the artifact path cannot be greater than ${MAX_ARTIFACT_LOCATION_LENGTH} characters. To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.`;
function validateRoot({ scheme, authority = "", path }, location, parameter) {
  const isBucket = BUCKET_SCHEMES.has(scheme) && authority !== "";
  const isRooted = PATH_SCHEMES.has(scheme) && authority === "" && path.startsWith("/");
  if (!isBucket && !isRooted) {
    const detail = "the location must be mlflow-artifacts:/<path>, s3://<bucket>/<path>, or of gs, wasbs or dbfs.";
    throw invalidParameter(invalidValue(parameter, location, detail));
  }
  if (findSafePath(isBucket ? authority + path : path.slice(1)) === void 0) {
    const detail = "the location's path must not leave its root, and have no empty segments.";
    throw invalidParameter(invalidValue(parameter, location, detail));
  }
}

// functions/domain/python-strip.ts
var BLANK_CONTROLS = "	\n\v\f\r\x85";
var isBlank = (char) => BLANK_CONTROLS.includes(char) || new RegExp("\\p{Z}", "u").test(char);
function pythonStrip(text3) {
  let start2 = 0;
  let end = text3.length;
  while (start2 < end && isBlank(text3.charAt(start2))) start2 += 1;
  while (end > start2 && isBlank(text3.charAt(end - 1))) end -= 1;
  return text3.slice(start2, end);
}

// functions/domain/experiment.ts
function validateExperimentName(name) {
  if (name === "") throw invalidParameter(`Invalid experiment name: '${name}'`);
  validateLength("name", name, MAX_EXPERIMENT_NAME_LENGTH);
}
var PYTHON_INTEGER = /^[+-]?\d+(_\d+)*$/;
function parseExperimentId(text3) {
  const digits = pythonStrip(text3);
  if (PYTHON_INTEGER.test(digits)) return Number(digits.replaceAll("_", "")) + 0;
  throw invalidParameter(`Invalid experiment ID '${text3}'. Experiment ID must be a valid integer.`);
}

// functions/domain/trace-archival-tag.ts
var RETENTION_TAG = "mlflow.trace.archivalRetention";
var ARCHIVE_NOW_TAG = "mlflow.trace.archiveNow";
var DURATION = /^[1-9][0-9]*[mhd]$/;
function validateTraceArchivalTag(key, value) {
  if (key === RETENTION_TAG) validateRetention(parseConfig(value));
  if (key === ARCHIVE_NOW_TAG) validateArchiveNow(parseConfig(value));
}
function validateRetention(config) {
  if (config.get("type") !== "duration") throw invalidParameter("Trace archival config must use type 'duration'.");
  validateDuration(config.get("value"));
}
function validateArchiveNow(config) {
  const olderThan = config.get("older_than");
  if (olderThan !== void 0 && olderThan !== null) validateDuration(olderThan);
}
function parseConfig(text3) {
  const config = parseOrUndefined(text3);
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw invalidParameter("Trace archival config must be encoded as a JSON object.");
  }
  return new Map(Object.entries(config));
}
function parseOrUndefined(text3) {
  try {
    return JSON.parse(text3);
  } catch {
    return void 0;
  }
}
function validateDuration(value) {
  const trimmed = typeof value === "string" ? pythonStrip(value) : "";
  if (lengthOf(trimmed) > MAX_TRACE_ARCHIVAL_RETENTION_LENGTH) {
    throw invalidParameter("Trace archival duration must be at most 32 characters.");
  }
  if (DURATION.test(trimmed)) return;
  throw invalidParameter(
    "Trace archival retention must be in the form `<int><unit>`, where unit is one of 'm', 'h', or 'd'."
  );
}

// functions/domain/tag.ts
function validateRunTag(key, value, path = "") {
  const keyPath = fieldPath(path, "key");
  validateTagName(key, keyPath);
  validateLength(keyPath, key, MAX_KEY_LENGTH);
  return { key, value: truncate(value, MAX_RUN_TAG_VALUE_LENGTH) };
}
function validateExperimentTag(key, value) {
  validateTagName(key, "key");
  validateLength("key", key, MAX_KEY_LENGTH);
  validateLength("value", value, MAX_EXPERIMENT_TAG_VALUE_LENGTH);
  validateTraceArchivalTag(key, value);
}
var CUSTOM_VIEW_PREFIX = "mlflow.customView.view";
var isCustomView = (key) => key.startsWith(CUSTOM_VIEW_PREFIX);
var countCustomViews = (keys) => [...keys].filter(isCustomView).length;
var tooManyCustomViews = (experiment) => invalidParameter(
  `Unable to create another custom view${experiment}; the maximum number of custom views per experiment is ${MAX_CUSTOM_VIEWS_PER_EXPERIMENT}. Delete an existing custom view before creating a new one.`
);
function validateCustomViewCount(keys) {
  if (countCustomViews(keys) > MAX_CUSTOM_VIEWS_PER_EXPERIMENT) throw tooManyCustomViews("");
}
function validateCustomViewWrite(experimentId2, existingKeys, key) {
  if (!isCustomView(key)) return;
  const existing = new Set(existingKeys);
  if (existing.has(key) || countCustomViews(existing) < MAX_CUSTOM_VIEWS_PER_EXPERIMENT) return;
  throw tooManyCustomViews(` for experiment ${experimentId2}`);
}

// functions/api/experiments/create.ts
var request2 = message({
  name: requiredText("Name, unique among active and deleted experiments"),
  artifact_location: text("Where its runs keep their artifacts; the server chooses when absent"),
  tags: list(keyValue, "Tags")
});
var createExperiment = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/create",
  since: "2.0",
  request: request2,
  handle: async ({ name, artifact_location: location, tags }, { store, clock, artifactRoot }) => {
    validateCustomViewCount(tags.map(({ key }) => key));
    if (location) validateArtifactLocation(location, "artifact_location");
    validateExperimentName(name);
    for (const { key, value } of tags) validateExperimentTag(key, value);
    const experimentId2 = await store.createExperiment({
      name,
      locationOf: (id) => location || appendToUriPath(artifactRoot, id),
      tags: new Map(tags.map(({ key, value }) => [key, value])),
      now: clock()
    });
    return { experiment_id: experimentId2 };
  }
});

// functions/api/experiments/change-stage.ts
var changeStage = (stage, now2) => (experiment) => {
  if (experiment.stage === stage) throw doesNotExist(`No Experiment with id=${experiment.experimentId} exists`);
  return { ...experiment, stage, stageGeneration: experiment.stageGeneration + 1, lastUpdateTime: now2 };
};

// functions/api/experiments/delete.ts
var deleteExperiment = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/delete",
  since: "2.0",
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store, clock }) => {
    await store.updateExperiment(String(parseExperimentId(input.experiment_id)), changeStage("deleted", clock()));
    return {};
  }
});

// functions/domain/lifecycle.ts
var stageOfRun = (run2, experiment) => run2.stageGeneration === experiment.stageGeneration ? run2.stage : experiment.stage;
function stageMatches(view, stage) {
  if (view === "ALL") return true;
  return view === "ACTIVE_ONLY" === (stage === "active");
}
var notActive = (entity, stage) => invalidParameter(`The ${entity} must be in the 'active' state. Current state is ${stage}.`);
function checkExperimentActive({ experimentId: experimentId2, stage }) {
  if (stage !== "active") throw notActive(`experiment ${experimentId2}`, stage);
}
function checkRunActive({ runId: runId2, stage }) {
  if (stage !== "active") throw notActive(`run ${runId2}`, stage);
}

// functions/api/experiments/delete-experiment-tag.ts
var deleteExperimentTag = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/delete-experiment-tag",
  since: "2.0",
  request: message({ experiment_id: experimentId, key: requiredText("Name") }),
  handle: async ({ experiment_id: id, key }, { store }) => {
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      checkExperimentActive(experiment);
      const tags = new Map(experiment.tags);
      if (!tags.delete(key)) throw doesNotExist(`No tag with name: ${key} in experiment with id ${id}`);
      return { ...experiment, tags };
    });
    return {};
  }
});

// functions/protocol/json.ts
import { isSafeNumber, parse as parseLossless, stringify as stringifyLossless } from "lossless-json";
var MAYBE_UNSAFE_INTEGER = /(?<![\d.])\d{16,}(?![\d.eE])/;
function parseJson(text3) {
  if (!MAYBE_UNSAFE_INTEGER.test(text3)) return JSON.parse(text3);
  return parseLossless(
    text3,
    void 0,
    (digits) => /^-?\d+$/.test(digits) && !isSafeNumber(digits) ? BigInt(digits) : Number(digits)
  );
}
function stringifyJson(value) {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    return stringifyLossless(value) ?? "null";
  }
}
function wireDouble(value) {
  return Number.isFinite(value) ? value : String(value);
}

// functions/protocol/entities.ts
var orOmit = (items) => items.length > 0 ? items : void 0;
var wireEntries = (entries) => orOmit([...entries].map(([key, value]) => ({ key, value })));
function wireExperiment(experiment) {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.stage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: wireEntries(experiment.tags),
    workspace: "default"
  };
}
function wireRunInfo(run2, stage) {
  return {
    run_uuid: run2.runId,
    run_id: run2.runId,
    run_name: run2.runName,
    experiment_id: run2.experimentId,
    user_id: run2.userId,
    status: run2.status,
    start_time: run2.startTime,
    end_time: run2.endTime || void 0,
    artifact_uri: run2.artifactUri,
    lifecycle_stage: stage
  };
}
function wireMetric(point) {
  return { key: point.key, value: wireDouble(point.value), timestamp: point.timestamp, step: point.step };
}
var wireMetricOfRun = (runId2) => (point) => ({ ...wireMetric(point), run_id: runId2 });
var wireRunData = (view) => ({
  metrics: orOmit(view.metrics.map(wireMetric)),
  params: wireEntries(view.run.params),
  tags: wireEntries(view.run.tags)
});
function wireDatasetInput(link3, dataset3) {
  return {
    tags: orOmit(link3.tags),
    dataset: {
      name: link3.name,
      digest: link3.digest,
      source_type: dataset3?.sourceType,
      source: dataset3?.source,
      schema: dataset3?.schema,
      profile: dataset3?.profile
    }
  };
}
var wireDatasetInputs = (run2, datasets) => orOmit(run2.datasets.map((link3) => wireDatasetInput(link3, datasets(link3))));
var wireOutputs = (run2) => ({
  model_outputs: orOmit(run2.modelOutputs.map(({ modelId: modelId2, step }) => ({ model_id: modelId2, step })))
});
var wireNewRun = (view) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: {}
});
var wireFoundRun = (view, datasets) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: { dataset_inputs: wireDatasetInputs(view.run, datasets) },
  outputs: wireOutputs(view.run)
});
var wireRun = (view, datasets) => ({
  info: wireRunInfo(view.run, view.stage),
  data: wireRunData(view),
  inputs: {
    dataset_inputs: wireDatasetInputs(view.run, datasets),
    model_inputs: orOmit(view.run.modelInputs.map((modelId2) => ({ model_id: modelId2 })))
  },
  outputs: wireOutputs(view.run)
});
var wireModelMetric = (modelId2) => (metric) => ({
  ...wireMetric(metric),
  model_id: modelId2,
  dataset_name: metric.datasetName,
  dataset_digest: metric.datasetDigest,
  run_id: metric.runId
});
var wireLoggedModel = ({ model, metrics }) => ({
  info: {
    model_id: model.modelId,
    experiment_id: model.experimentId,
    name: model.name,
    creation_timestamp_ms: model.creationTime,
    last_updated_timestamp_ms: model.lastUpdateTime,
    artifact_uri: model.artifactUri,
    status: model.status,
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    tags: wireEntries(model.tags)
  },
  data: {
    params: wireEntries(model.params),
    metrics: orOmit(metrics.map(wireModelMetric(model.modelId)))
  }
});

// functions/api/experiments/get.ts
var getExperiment = defineOperation({
  method: "GET",
  path: "/mlflow/experiments/get",
  since: "2.0",
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store }) => {
    const id = parseExperimentId(input.experiment_id);
    return { experiment: wireExperiment(await store.getExperiment(String(id))) };
  }
});

// functions/api/experiments/get-by-name.ts
var getExperimentByName = defineOperation({
  method: "GET",
  path: "/mlflow/experiments/get-by-name",
  since: "2.0",
  request: message({ experiment_name: requiredText("Name of the experiment; deleted ones are found, too") }),
  handle: async ({ experiment_name: name }, { store }) => {
    const experiment = await store.findExperimentByName(name);
    if (!experiment) throw doesNotExist(`Could not find experiment with name '${name}'`);
    return { experiment: wireExperiment(experiment) };
  }
});

// functions/api/experiments/restore.ts
var restoreExperiment = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/restore",
  since: "2.0",
  request: message({ experiment_id: experimentId }),
  handle: async (input, { store, clock }) => {
    await store.updateExperiment(String(parseExperimentId(input.experiment_id)), changeStage("active", clock()));
    return {};
  }
});

// ../../tmp/w/stub/search.ts
var parseFilter = (e, t) => ({});
var compileFilter = (f) => () => true;
var parseOrderBy = (e, i) => ({});
var sortKeyOf = (o, r) => [r.attribute("run_id") ?? r.attribute("experiment_id") ?? r.attribute("model_id")];
var compareSortKeys = (o, a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;

// functions/api/page-of.ts
async function pageOf(request14) {
  const { rows, keyOf: keyOf5, compare: compare2, maxResults, pageToken: pageToken2, list: list2, tokens } = request14;
  const keyed = rows.map((row) => ({ row, key: keyOf5(row) })).sort((a, b) => compare2(a.key, b.key));
  const after = pageToken2 ? await tokens.open(list2, pageToken2) : void 0;
  const rest = after === void 0 ? keyed : keyed.filter(({ key }) => compare2(key, after) > 0);
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  const hasMore = last !== void 0 && rest.length > page.length;
  return {
    rows: page.map(({ row }) => row),
    nextPageToken: hasMore ? await tokens.seal(list2, last.key) : void 0
  };
}
function checkMaxResults(maxResults) {
  const invalid = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be `;
  if (maxResults < 1) throw invalidParameter(`${invalid}a positive integer`);
  if (maxResults > MAX_SEARCH_RESULTS) throw invalidParameter(`${invalid}at most ${MAX_SEARCH_RESULTS}`);
}

// functions/api/experiments/search.ts
var request3 = message({
  max_results: int64("Experiments in a page, 1 to 50000; must be given"),
  page_token: pageToken,
  filter: text('Filter, such as name LIKE "a%" AND tags.team = "x"'),
  order_by: list(
    text('Such as "name DESC"').transform((item) => item ?? ""),
    "Keys to sort by"
  ),
  view_type: viewType
});
var rowOf = (experiment) => ({
  attribute: (name) => attributesOf(experiment)[name],
  tag: (key) => experiment.tags.get(key)
});
var attributesOf = (experiment) => ({
  name: experiment.name,
  experiment_id: experiment.experimentId,
  creation_time: experiment.creationTime,
  last_update_time: experiment.lastUpdateTime
});
var searchBy = (method) => defineOperation({
  method,
  path: "/mlflow/experiments/search",
  since: "2.0",
  request: request3,
  handle: async (input, { store, tokens }) => {
    const maxResults = Number(input.max_results ?? 0);
    checkMaxResults(maxResults);
    const matches2 = compileFilter(parseFilter("experiments", input.filter ?? ""));
    const orderBy = parseOrderBy("experiments", input.order_by);
    const view = input.view_type ?? "ACTIVE_ONLY";
    const experiments = (await store.listExperiments()).filter(({ stage }) => stageMatches(view, stage)).map((experiment) => ({ experiment, row: rowOf(experiment) })).filter(({ row }) => matches2(row));
    const page = await pageOf({
      rows: experiments,
      keyOf: ({ row }) => sortKeyOf(orderBy, row),
      compare: (a, b) => compareSortKeys(orderBy, a, b),
      maxResults,
      pageToken: input.page_token,
      list: `experiments ${JSON.stringify(input.order_by)}`,
      tokens
    });
    return {
      experiments: page.rows.length > 0 ? page.rows.map(({ experiment }) => wireExperiment(experiment)) : void 0,
      next_page_token: page.nextPageToken
    };
  }
});
var searchExperiments = [searchBy("POST"), searchBy("GET")];

// functions/api/experiments/search-datasets.ts
var CONTEXT_TAG = "mlflow.data.context";
var searchDatasets = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/search-datasets",
  since: "2.0",
  audience: "ajax",
  request: message({ experiment_ids: list(textOrEmpty("Experiment id"), "Experiments, at most 20") }),
  handle: async ({ experiment_ids: ids }, { store }) => {
    if (ids.length === 0) throw invalidParameter("SearchDatasets request must specify at least one experiment_id.");
    if (ids.length > MAX_DATASET_SEARCH_EXPERIMENTS) {
      throw invalidParameter(
        `SearchDatasets request cannot specify more than ${MAX_DATASET_SEARCH_EXPERIMENTS} experiment_ids. Received ${ids.length} experiment_ids.`
      );
    }
    const distinctIds = [...new Set(ids.map((id) => String(parseExperimentId(id))))];
    const runs = (await Promise.all(distinctIds.map(store.listRuns))).flat();
    const summaries = /* @__PURE__ */ new Map();
    for (const { run: run2 } of runs) {
      for (const { name, digest, tags } of run2.datasets) {
        const context = tags.find(({ key }) => key === CONTEXT_TAG)?.value;
        const summary = { experiment_id: run2.experimentId, name, digest, context };
        summaries.set(JSON.stringify(summary), summary);
      }
    }
    return { dataset_summaries: [...summaries.values()].slice(0, MAX_DATASET_SUMMARIES) };
  }
});

// functions/api/experiments/set-experiment-tag.ts
var setExperimentTag = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/set-experiment-tag",
  since: "2.0",
  request: message({ experiment_id: experimentId, key: requiredText("Name"), value: textOrEmpty("Value") }),
  handle: async ({ experiment_id: id, key, value }, { store }) => {
    validateExperimentTag(key, value);
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      validateCustomViewWrite(experiment.experimentId, experiment.tags.keys(), key);
      checkExperimentActive(experiment);
      return { ...experiment, tags: new Map(experiment.tags).set(key, value) };
    });
    return {};
  }
});

// functions/api/experiments/update.ts
var updateExperiment = defineOperation({
  method: "POST",
  path: "/mlflow/experiments/update",
  since: "2.0",
  request: message({ experiment_id: experimentId, new_name: requiredText("New name") }),
  handle: async ({ experiment_id: id, new_name: name }, { store, clock }) => {
    validateExperimentName(name);
    const now2 = clock();
    await store.updateExperiment(String(parseExperimentId(id)), (experiment) => {
      if (experiment.stage !== "active") throw invalidParameter("Cannot rename a non-active experiment.");
      return { ...experiment, name, lastUpdateTime: now2 };
    });
    return {};
  }
});

// functions/domain/logged-model.ts
var FORBIDDEN_IN_NAMES = ["/", ":", ".", "%", '"', "'"];
function validateLoggedModelName(name) {
  if (name === void 0) return;
  if (name !== "" && !FORBIDDEN_IN_NAMES.some((char) => name.includes(char))) return;
  throw invalidParameter(
    `Invalid model name (${pythonRepr(name)}) provided. Model name must be a non-empty string and cannot contain the following characters: (${FORBIDDEN_IN_NAMES.map(pythonRepr).join(", ")})`
  );
}
var isJsonObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var MANDATORY_FIELDS = ["artifact_path", "flavors", "utc_time_created", "run_id"];
function checkLoggedModelJson(modelJson) {
  const parsed = parseModel(modelJson);
  const model = isJsonObject(parsed) ? parsed : {};
  const missing = MANDATORY_FIELDS.filter((field) => !Object.hasOwn(model, field));
  if (missing.length === 0) return model;
  throw invalidParameter(`Model json is missing mandatory fields: {${missing.map(pythonRepr).join(", ")}}`);
}
function parseModel(modelJson) {
  try {
    return JSON.parse(modelJson);
  } catch (cause) {
    throw invalidParameter(`Malformed model info. 
 ${modelJson} 
 is not a valid JSON.`, cause);
  }
}
function appendModelHistory(previousTagValue, model) {
  const history = previousTagValue === void 0 ? [] : parseHistory(previousTagValue);
  return pythonJson([...history, historyEntryOf(model)], DEFAULT_LAYOUT);
}
function parseHistory(tagValue) {
  const history = parseOrUndefined2(tagValue);
  if (Array.isArray(history)) return history;
  throw invalidParameter("Cannot record the model: the tag 'mlflow.log-model.history' does not hold a JSON list.");
}
function parseOrUndefined2(text3) {
  try {
    return JSON.parse(text3);
  } catch {
    return void 0;
  }
}
function historyEntryOf(model) {
  return {
    ...presentField(model, "run_id"),
    ...presentField(model, "artifact_path"),
    utc_time_created: textOf(model.utc_time_created),
    model_uuid: model.model_uuid ?? null,
    flavors: flavorsOf(model.flavors)
  };
}
var presentField = (model, field) => isAbsent(model[field]) ? {} : { [field]: model[field] };
var isAbsent = (value) => value === void 0 || value === null;
function textOf(value) {
  if (isAbsent(value)) return "";
  return typeof value === "string" ? value : pythonJson(value, DEFAULT_LAYOUT);
}
var flavorsOf = (flavors) => isJsonObject(flavors) ? mapEntries(flavors, ([name, flavor]) => [[name, withoutConfig(flavor)]]) : {};
var withoutConfig = (flavor) => isJsonObject(flavor) ? mapEntries(flavor, (entry) => entry[0] === "config" ? [] : [entry]) : flavor;
var mapEntries = (object2, change) => Object.fromEntries(Object.entries(object2).flatMap(change));

// functions/domain/run-name.ts
var RUN_NAME_TAG = "mlflow.runName";
function runNameOf(runName, tags) {
  const tagged = tags.find((tag) => tag.key === RUN_NAME_TAG)?.value;
  if (runName && tagged && runName !== tagged) {
    throw invalidParameter(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${runName}', mlflow.runName='${tagged}').`
    );
  }
  return runName || tagged || void 0;
}
var words = (text3) => text3.trim().split(/\s+/);
var ADJECTIVES = words(`
  airy amber ample azure balmy brave breezy brisk candid cheerful cheery clear cobalt comfy copper coral cosy
  creamy crisp curly dear deft dewy downy dreamy eager early earnest easy elated emerald epic fabled fair famed
  festive fine fleet floral fluffy fond fresh frosty genial giddy glad gleaming glossy golden graceful grand
  grassy hale handy happy hardy hearty honest humble indigo ivory jade jaunty jolly jovial joyful keen kind leafy
  light lilac limber lively lofty loyal lucid lucky lunar lush mellow merry mild minty misty modest neat nifty
  noble opal patient peachy perky plucky plush poised proud quaint quiet radiant rapid ready rosy ruby sandy savvy
  serene shiny silver sleek smart smooth snappy snug solar spry stable starry steady stellar sturdy sunlit sunny
  superb sweet swift tender tidy topaz tranquil trusty velvet verdant vernal vivid warm winged wise witty young
  zany zesty zippy
`);
var NOUNS = words(`
  acorn almond anchor apple arbor arch aspen atlas aurora autumn bamboo banjo basil bay beacon beech berry birch
  blossom bridge brook cabin canal candle canoe canyon canvas castle cedar cello cherry chime cliff clover coast
  cocoa comet compass cosmos cove crater creek crystal cypress dahlia daisy dawn delta dune dusk echo elm ember
  fable feather fern fiddle field fjord flute forest fossil galaxy garden geyser ginger glacier glade glen grove
  guitar harbor harp harvest hazel heath hill holly honey horizon iris island ivy jasmine jetty juniper kayak
  kettle lagoon lake lantern larch laurel lemon lily lotus lute magnet maple marina market meadow melody melon
  mesa meteor mill mirror moon mosaic nebula nectar nest oak oasis ocean olive onyx orbit orchard orchid palm
  papaya peach peak pebble pecan peony petal piano pier pine planet plum poem pond poplar poppy prairie prism
  puzzle quarry quartz quill quilt rain rainbow reef ridge river rocket saddle saffron sail sequoia shell shore
  sky snow sonnet spark spring spruce star stream summit sun sunset temple thicket thistle thyme tide timber torch
  tower trail tulip tundra valley vanilla village violet violin vista walnut waltz water wave willow wind winter
  yarrow zephyr
`);
var NUMBERS = 1e3;
function generateRunName(random2) {
  const below = (count) => Math.floor(random2() * count);
  return `${ADJECTIVES[below(ADJECTIVES.length)]}-${NOUNS[below(NOUNS.length)]}-${below(NUMBERS)}`;
}

// functions/api/logged-models/add-params.ts
function addParams(logged, params) {
  const merged = new Map(logged);
  for (const { key, value } of params) {
    const known = merged.get(key);
    if (known !== void 0 && known !== value) {
      throw badRequest(`Param '${key}' was already logged with value '${known}'; it cannot become '${value}'.`);
    }
    merged.set(key, value);
  }
  return merged;
}

// functions/api/logged-models/create.ts
var request4 = message({
  experiment_id: experimentId,
  name: textOrEmpty("Name; a random one when absent"),
  model_type: textOrEmpty("Type, such as LLM or Agent"),
  source_run_id: textOrEmpty("Run that made the model"),
  params: list(keyValue, "Params"),
  tags: list(keyValue, "Tags")
});
var createLoggedModel = defineOperation({
  method: "POST",
  path: "/mlflow/logged-models",
  since: "2.0",
  request: request4,
  handle: async (input, { store, clock, random: random2 }) => {
    validateLoggedModelName(input.name || void 0);
    const experiment = await store.getExperiment(String(parseExperimentId(input.experiment_id)));
    checkExperimentActive(experiment);
    const modelId2 = store.newModelId(experiment.experimentId);
    const now2 = clock();
    const model = {
      modelId: modelId2,
      experimentId: experiment.experimentId,
      name: input.name || generateRunName(random2),
      artifactUri: appendToUriPath(experiment.artifactLocation, "models", modelId2, "artifacts"),
      status: "LOGGED_MODEL_PENDING",
      modelType: input.model_type,
      sourceRunId: input.source_run_id,
      creationTime: now2,
      lastUpdateTime: now2,
      isDeleted: false,
      params: addParams(/* @__PURE__ */ new Map(), input.params),
      tags: new Map(input.tags.map(({ key, value }) => [key, value]))
    };
    await store.createLoggedModel(model);
    return { model: wireLoggedModel({ model, metrics: [] }) };
  }
});

// functions/api/logged-models/model-reference.ts
var modelId = requiredText("Logged model id");
async function getLoggedModel(store, id, allowDeleted = false) {
  const view = await store.findLoggedModel(id);
  if (!view || view.model.isDeleted && !allowDeleted) {
    throw doesNotExist(`Logged model with ID '${id}' not found.`);
  }
  return view;
}

// functions/api/logged-models/delete.ts
var deleteLoggedModel = defineOperation({
  method: "DELETE",
  path: "/mlflow/logged-models/:model_id",
  since: "2.0",
  request: message({ model_id: modelId }),
  handle: async (input, { store, clock }) => {
    const now2 = clock();
    await store.updateLoggedModel(input.model_id, (model) => ({ ...model, isDeleted: true, lastUpdateTime: now2 }));
    return {};
  }
});

// functions/api/logged-models/delete-tag.ts
var deleteModelTag = defineOperation({
  method: "DELETE",
  path: "/mlflow/logged-models/:model_id/tags/:tag_key",
  since: "2.0",
  request: message({ model_id: modelId, tag_key: requiredText("Name of the tag") }),
  handle: async ({ model_id: id, tag_key: key }, { store }) => {
    await store.updateLoggedModel(id, (model) => {
      const tags = new Map(model.tags);
      if (!tags.delete(key)) {
        throw doesNotExist(`No tag with key ${pythonRepr(key)} found for model with ID ${pythonRepr(id)}.`);
      }
      return { ...model, tags };
    });
    return {};
  }
});

// functions/api/logged-models/finalize.ts
var finalizeLoggedModel = defineOperation({
  method: "PATCH",
  path: "/mlflow/logged-models/:model_id",
  since: "2.0",
  request: message({ model_id: modelId, status: required(loggedModelStatus) }),
  handle: async ({ model_id: id, status }, { store, clock }) => {
    const now2 = clock();
    await store.updateLoggedModel(id, (model) => ({ ...model, status, lastUpdateTime: now2 }));
    return { model: wireLoggedModel(await getLoggedModel(store, id, true)) };
  }
});

// functions/api/logged-models/get.ts
var getModel = defineOperation({
  method: "GET",
  path: "/mlflow/logged-models/:model_id",
  since: "2.0",
  request: message({ model_id: modelId, allow_deleted: flag("Whether a deleted model may be the answer") }),
  handle: async (input, { store }) => ({
    model: wireLoggedModel(await getLoggedModel(store, input.model_id, input.allow_deleted))
  })
});

// functions/api/logged-models/get-artifact-file.ts
var getModelArtifactFile = {
  kind: "raw",
  method: "GET",
  paths: prefixed("2.0", "/mlflow/logged-models/:model_id/artifacts/files", "ajax"),
  respond: async ({ request: request14, params, query }, { store, artifacts }) => {
    const path = query.get("artifact_file_path");
    if (!path) throw invalidParameter(missingValue("artifact_file_path"));
    const safe = safeArtifactPath(path);
    const { model } = await getLoggedModel(store, params.model_id ?? "");
    return artifactResponse(artifacts, `${proxiedPath(model.artifactUri)}/${safe}`, request14);
  }
};

// functions/api/logged-models/list-artifacts.ts
var listModelArtifacts = defineOperation({
  method: "GET",
  path: "/mlflow/logged-models/:model_id/artifacts/directories",
  since: "2.0",
  request: message({ model_id: modelId, artifact_directory_path: text("Folder below the model\u2019s artifact root") }),
  handle: async (input, { store, artifacts }) => {
    const { model } = await getLoggedModel(store, input.model_id);
    return listBelow(artifacts, model.artifactUri, input.artifact_directory_path);
  }
});

// functions/api/logged-models/log-params.ts
var logModelParams = defineOperation({
  method: "POST",
  path: "/mlflow/logged-models/:model_id/params",
  since: "2.0",
  request: message({ model_id: modelId, params: list(keyValue, "Params") }),
  handle: async ({ model_id: id, params }, { store }) => {
    await store.updateLoggedModel(id, (model) => ({ ...model, params: addParams(model.params, params) }));
    return {};
  }
});

// functions/api/logged-models/search.ts
var dataset = message({
  dataset_name: textOrEmpty("Name"),
  dataset_digest: text("Digest; any when absent")
});
var order = message({
  field_name: textOrEmpty("metrics.<key>, or an attribute such as creation_timestamp"),
  ascending: flag("Default true"),
  dataset_name: text("Only metrics on this dataset count"),
  dataset_digest: text("And of this digest")
});
var request5 = message({
  experiment_ids: requiredList(textOrEmpty("Experiment id"), "Experiments to search"),
  filter: text("Filter, such as metrics.accuracy > 0.9"),
  datasets: list(dataset, "Only metrics on these datasets count in the filter"),
  max_results: int32("Models in a page; 50 when absent"),
  order_by: list(order, "Keys to sort by"),
  page_token: pageToken
});
var ATTRIBUTES = {
  model_id: (model) => model.modelId,
  name: (model) => model.name,
  model_type: (model) => model.modelType,
  source_run_id: (model) => model.sourceRunId,
  status: (model) => model.status,
  experiment_id: (model) => model.experimentId,
  artifact_location: (model) => model.artifactUri,
  lifecycle_stage: (model) => model.isDeleted ? "deleted" : "active",
  creation_timestamp_ms: (model) => model.creationTime,
  last_updated_timestamp_ms: (model) => model.lastUpdateTime
};
var rowOf2 = ({ model, metrics }) => ({
  attribute: (name) => ATTRIBUTES[name]?.(model),
  param: (key) => model.params.get(key),
  tag: (key) => model.tags.get(key),
  metrics: () => metrics
});
var searchLoggedModels = defineOperation({
  method: "POST",
  path: "/mlflow/logged-models/search",
  since: "2.0",
  request: request5,
  handle: async (input, { store, tokens }) => {
    if (input.datasets.some(({ dataset_name: name }) => name === "")) {
      throw invalidParameter("`dataset_name` in the `datasets` clause must be specified.");
    }
    const matches2 = compileFilter(parseFilter("loggedModels", input.filter ?? ""), input.datasets);
    const orderBy = parseOrderBy("loggedModels", input.order_by);
    const experimentIds = [...new Set(input.experiment_ids.map((id) => String(parseExperimentId(id))))];
    const models = (await Promise.all(experimentIds.map(store.listLoggedModels))).flat().filter(({ model }) => !model.isDeleted).map((view) => ({ view, row: rowOf2(view) })).filter(({ row }) => matches2(row));
    const page = await pageOf({
      rows: models,
      keyOf: ({ row }) => sortKeyOf(orderBy, row),
      compare: (a, b) => compareSortKeys(orderBy, a, b),
      maxResults: Math.min(input.max_results || DEFAULT_LOGGED_MODEL_RESULTS, MAX_LOGGED_MODEL_RESULTS),
      pageToken: input.page_token,
      // MLflow refuses a token whose experiments, filter or order changed (SearchLoggedModelsPaginationToken).
      list: `models ${JSON.stringify([experimentIds, input.filter ?? "", input.order_by])}`,
      tokens
    });
    return {
      models: page.rows.length > 0 ? page.rows.map(({ view }) => wireLoggedModel(view)) : void 0,
      next_page_token: page.nextPageToken
    };
  }
});

// functions/api/logged-models/set-tags.ts
var setModelTags = defineOperation({
  method: "PATCH",
  path: "/mlflow/logged-models/:model_id/tags",
  since: "2.0",
  request: message({ model_id: modelId, tags: list(keyValue, "Tags; the last of a key counts") }),
  handle: async ({ model_id: id, tags }, { store }) => {
    await store.updateLoggedModel(id, (model) => ({
      ...model,
      tags: new Map([...model.tags, ...tags.map(({ key, value }) => [key, value])])
    }));
    return {};
  }
});

// functions/domain/int64.ts
var INT64_MIN = -(2n ** 63n);
var INT64_MAX = 2n ** 63n - 1n;
function normalizeInt64(value) {
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}
function compareInt64(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// functions/domain/metric.ts
function validateMetric(point, path = "") {
  const { key, value, timestamp } = point;
  validateMetricName(key, fieldPath(path, "name"));
  if (timestamp < 0) {
    const detail = `metric '${key}' (value=${pythonFloat(value)}). Timestamp must be a nonnegative long (64-bit integer) `;
    throw invalidParameter(invalidValue(fieldPath(path, "timestamp"), timestamp, detail));
  }
  validateLength("Metric name", key, MAX_KEY_LENGTH);
}
function storedValue(value) {
  if (value === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  if (value === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
  return value === 0 ? 0 : value;
}
var orderedValue = (value) => Number.isNaN(value) ? 0 : storedValue(value);
var compareValues = (a, b) => orderedValue(a.value) - orderedValue(b.value);
var compareFlags = (a, b) => Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
var isNewer = (candidate, current) => (compareInt64(candidate.step, current.step) || compareInt64(candidate.timestamp, current.timestamp) || compareValues(candidate, current)) > 0;
var compareByTime = (a, b) => compareInt64(a.timestamp, b.timestamp) || compareInt64(a.step, b.step) || compareValues(a, b) || compareFlags(a, b);
var compareByStep = (a, b) => compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValues(a, b) || compareFlags(a, b);
function sampleEvenly(points, maxResults) {
  const ordered = points.toSorted(compareByStep);
  const buckets = Math.max(1, maxResults);
  if (ordered.length <= buckets) return ordered;
  const size = Math.floor(ordered.length / buckets);
  const larger = ordered.length % buckets;
  const firsts = new Set(Array.from({ length: buckets - 1 }, (_, bucket) => bucket * size + Math.min(bucket, larger)));
  return ordered.filter((_, at) => firsts.has(at) || at === ordered.length - 1);
}

// functions/api/metrics/page-points.ts
var positionOf = ({ timestamp, step, value }) => [
  String(timestamp),
  String(step),
  String(value)
];
var toInt64 = (digits) => normalizeInt64(BigInt(digits));
var pointAt = (key, [timestamp, step, value]) => ({
  key,
  timestamp: toInt64(timestamp),
  step: toInt64(step),
  value: Number(value)
});

// functions/api/metrics/get-history.ts
var request6 = message(
  {
    run_id: runId,
    metric_key: requiredText("Name of the metric"),
    page_token: pageToken,
    max_results: int32("Points in a page; all of them when absent")
  },
  RUN_UUID
);
var getHistory = defineOperation({
  method: "GET",
  path: "/mlflow/metrics/get-history",
  since: "2.0",
  request: request6,
  handle: async ({ run_id: id, metric_key: key, page_token: token, max_results: maxResults }, { store, tokens }) => {
    if (maxResults !== void 0 && maxResults <= 0) {
      throw invalidParameter(
        `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`
      );
    }
    const list2 = `history ${id} ${key}`;
    const after = token ? pointAt(key, await tokens.open(list2, token)) : void 0;
    const points = (await store.readMetricHistory(id, key)).toSorted(compareByTime);
    const rest = after ? points.filter((point) => compareByTime(point, after) > 0) : points;
    const page = rest.slice(0, maxResults);
    const last = page.at(-1);
    const hasMore = last !== void 0 && rest.length > page.length;
    return {
      metrics: page.length > 0 ? page.map(wireMetric) : void 0,
      next_page_token: hasMore ? await tokens.seal(list2, positionOf(last)) : void 0
    };
  }
});

// functions/api/metrics/get-history-bulk.ts
var request7 = message({
  run_id: list(textOrEmpty("Run id"), "Runs, at most 100"),
  metric_key: text("Name of the metric"),
  max_results: int64("Points in all, at most 25000")
});
var getHistoryBulk = defineOperation({
  method: "GET",
  path: "/mlflow/metrics/get-history-bulk",
  since: "2.0",
  audience: "ajax",
  request: request7,
  handle: async ({ run_id: runIds, metric_key: key, max_results: maxResults }, { store }) => {
    checkRunIds(runIds);
    if (key === void 0) throw invalidParameter("GetMetricHistoryBulk request must specify a metric_key.");
    const limit = Math.min(Number(maxResults ?? MAX_HISTORY_RESULTS), MAX_HISTORY_RESULTS);
    const histories = [...new Set(runIds)].sort().map(async (runId2) => {
      const points = await store.readMetricHistory(runId2, key);
      return points.toSorted(compareByTime).map(wireMetricOfRun(runId2));
    });
    return { metrics: (await Promise.all(histories)).flat().slice(0, limit) };
  }
});
function checkRunIds(runIds) {
  if (runIds.length === 0) throw invalidParameter("GetMetricHistoryBulk request must specify at least one run_id.");
  if (runIds.length > MAX_HISTORY_RUNS) {
    throw invalidParameter(
      `GetMetricHistoryBulk request cannot specify more than ${MAX_HISTORY_RUNS} run_ids. Received ${runIds.length} run_ids.`
    );
  }
}

// functions/api/metrics/get-history-bulk-interval.ts
var SEE_DOCS2 = " See the API docs for more information about request parameters.";
var request8 = message({
  run_ids: requiredList(textOrEmpty("Run id"), "Runs, at most 100"),
  metric_key: requiredText("Name of the metric"),
  start_step: int32("First step; with end_step or not at all"),
  end_step: int32("Last step"),
  max_results: int32("Points of each run, at most 2500")
});
var getHistoryBulkInterval = defineOperation({
  method: "GET",
  path: "/mlflow/metrics/get-history-bulk-interval",
  since: "2.0",
  request: request8,
  handle: async (input, { store }) => {
    const maxResults = input.max_results ?? MAX_SAMPLED_RESULTS;
    checkLimits(input.run_ids.length, maxResults);
    const interval = intervalOf(input.start_step, input.end_step);
    const isWithin = ({ step }) => !interval || step >= interval.start && step <= interval.end;
    const samples = input.run_ids.map(async (runId2) => {
      const points = await store.readMetricHistory(runId2, input.metric_key);
      return sampleEvenly(points.filter(isWithin), maxResults).map(wireMetricOfRun(runId2));
    });
    const metrics = (await Promise.all(samples)).flat();
    return { metrics: metrics.length > 0 ? metrics : void 0 };
  }
});
function checkLimits(runs, maxResults) {
  if (runs > MAX_HISTORY_RUNS) {
    throw invalidParameter(
      `GetMetricHistoryBulkInterval request must specify at most ${MAX_HISTORY_RUNS} run_ids. Received ${runs} run_ids.${SEE_DOCS2}`
    );
  }
  if (maxResults < 1 || maxResults > MAX_SAMPLED_RESULTS) {
    throw invalidParameter(`max_results must be between 1 and ${MAX_SAMPLED_RESULTS}.${SEE_DOCS2}`);
  }
}
function intervalOf(start2, end) {
  if (start2 === void 0 && end === void 0) return void 0;
  if (start2 === void 0 || end === void 0) {
    throw invalidParameter("If either start step or end step are specified, both must be specified.");
  }
  if (start2 > end) {
    throw invalidParameter(`end_step must be greater than start_step. Found start_step=${start2} and end_step=${end}.`);
  }
  return { start: start2, end };
}

// functions/api/mlflow-artifacts/list.ts
var listProxied = defineOperation({
  method: "GET",
  path: "/mlflow-artifacts/artifacts",
  since: "2.0",
  request: message({ path: text("Folder below the artifact root") }),
  handle: async ({ path }, { artifacts }) => {
    const folder = path === void 0 ? "" : safeArtifactPath(path).replace(/^\/+|\/+$/g, "");
    const files = (await artifacts.list(folder)).map(({ path: name, isDir, sizeBytes }) => ({
      path: name,
      is_dir: isDir,
      file_size: sizeBytes || void 0
    }));
    return files.length > 0 ? { files } : {};
  }
});

// functions/api/mlflow-artifacts/proxied-artifact.ts
var PATH = "/mlflow-artifacts/artifacts/";
var paths = prefixed("2.0", `${PATH}*`);
function pathOf({ request: request14 }) {
  const { pathname } = new URL(request14.url);
  const encoded = pathname.slice(pathname.indexOf(PATH) + PATH.length);
  return safeArtifactPath(decode(encoded));
}
function decode(encoded) {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw invalidParameter("Invalid path", cause);
  }
}
var json = (body) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
var downloadProxied = {
  kind: "raw",
  method: "GET",
  paths,
  respond: async (request14, { artifacts }) => artifactResponse(artifacts, pathOf(request14), request14.request)
};
var uploadProxied = {
  kind: "raw",
  method: "PUT",
  paths,
  respond: async (raw, { artifacts }) => {
    const path = pathOf(raw);
    if (path === "" || path.endsWith("/")) throw invalidParameter("Invalid path");
    const length = raw.request.headers.get("content-length");
    await artifacts.put(path, { body: raw.request.body, sizeBytes: length === null ? void 0 : Number(length) });
    return json({});
  }
};
var deleteProxied = {
  kind: "raw",
  method: "DELETE",
  paths,
  respond: async (request14, { artifacts }) => {
    const path = pathOf(request14).replace(/\/+$/, "");
    if (path === "") throw invalidParameter("Invalid path");
    await artifacts.remove(path);
    return json({});
  }
};

// functions/api/runs/create.ts
var DEFAULT_EXPERIMENT_ID = "0";
var request9 = message({
  experiment_id: text("Experiment the run belongs to; the default one when absent"),
  user_id: textOrEmpty("User who made the run"),
  run_name: textOrEmpty("Name; a random one when absent"),
  start_time: int64("When the run started, in ms since the epoch"),
  tags: list(keyValue, "Tags; neither length nor characters are checked here")
});
var createRun = defineOperation({
  method: "POST",
  path: "/mlflow/runs/create",
  since: "2.0",
  request: request9,
  handle: async (input, { store, random: random2 }) => {
    const experimentId2 = String(parseExperimentId(input.experiment_id || DEFAULT_EXPERIMENT_ID));
    const experiment = await store.getExperiment(experimentId2);
    checkExperimentActive(experiment);
    const runName = runNameOf(input.run_name, input.tags) ?? generateRunName(random2);
    const tags = new Map(input.tags.map(({ key, value }) => [key, value]));
    const runId2 = store.newRunId(experimentId2);
    const run2 = {
      runId: runId2,
      experimentId: experimentId2,
      runName,
      userId: input.user_id,
      status: "RUNNING",
      startTime: input.start_time ?? 0,
      endTime: void 0,
      artifactUri: appendToUriPath(experiment.artifactLocation, runId2, "artifacts"),
      stage: "active",
      stageGeneration: experiment.stageGeneration,
      deletedTime: void 0,
      params: /* @__PURE__ */ new Map(),
      tags: tags.set(RUN_NAME_TAG, runName),
      datasets: [],
      modelInputs: [],
      modelOutputs: []
    };
    await store.createRun(run2);
    return { run: wireNewRun({ run: run2, stage: "active", metrics: [] }) };
  }
});

// functions/api/runs/delete.ts
var deleteRun = defineOperation({
  method: "POST",
  path: "/mlflow/runs/delete",
  since: "2.0",
  request: message({ run_id: runId }),
  handle: async (input, { store, clock }) => {
    const now2 = clock();
    await store.updateRun(input.run_id, (run2) => ({ ...run2, stage: "deleted", deletedTime: now2 }));
    return {};
  }
});

// functions/api/runs/delete-tag.ts
var deleteTag = defineOperation({
  method: "POST",
  path: "/mlflow/runs/delete-tag",
  since: "2.0",
  request: message({ run_id: runId, key: requiredText("Name") }),
  handle: async ({ run_id: id, key }, { store }) => {
    await store.updateRun(id, (run2) => {
      checkRunActive(run2);
      const tags = new Map(run2.tags);
      if (!tags.delete(key)) throw doesNotExist(`No tag with name: ${key} in run with id ${id}`);
      return { ...run2, tags };
    });
    return {};
  }
});

// functions/api/runs/look-up-datasets.ts
var keyOf = ({ name, digest }) => JSON.stringify([name, digest]);
async function lookUpDatasets(store, views) {
  const wanted = /* @__PURE__ */ new Map();
  for (const { run: run2 } of views) {
    if (run2.datasets.length === 0) continue;
    const ofExperiment = wanted.get(run2.experimentId) ?? /* @__PURE__ */ new Map();
    wanted.set(run2.experimentId, ofExperiment);
    for (const link3 of run2.datasets) ofExperiment.set(keyOf(link3), link3);
  }
  const found = [...wanted].map(async ([experimentId2, keys]) => {
    const datasets = await store.getDatasets(experimentId2, [...keys.values()]);
    return [experimentId2, new Map(datasets.map((dataset3) => [keyOf(dataset3), dataset3]))];
  });
  const datasetsOf = new Map(await Promise.all(found));
  return (experimentId2) => (link3) => datasetsOf.get(experimentId2)?.get(keyOf(link3));
}

// functions/api/runs/get.ts
var getRun = defineOperation({
  method: "GET",
  path: "/mlflow/runs/get",
  since: "2.0",
  request: message({ run_id: runId }, RUN_UUID),
  handle: async (input, { store }) => {
    const view = await store.getRun(input.run_id);
    const datasets = await lookUpDatasets(store, [view]);
    return { run: wireRun(view, datasets(view.run.experimentId)) };
  }
});

// functions/domain/batch.ts
function validateLimit(entities, limit, count) {
  if (count <= limit) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${entities}. Got ${count} ${entities}. Please split up ${entities} across multiple requests and try again.`
  );
}
function validateBatchLimits({ metrics, params, tags }) {
  validateLimit("metrics", MAX_METRICS_PER_BATCH, metrics);
  validateLimit("params", MAX_PARAMS_PER_BATCH, params);
  validateLimit("tags", MAX_TAGS_PER_BATCH, tags);
  validateLimit("metrics, params, and tags", MAX_ENTITIES_PER_BATCH, metrics + params + tags);
}
var validateDatasetLimit = (datasets) => validateLimit("datasets", MAX_DATASETS_PER_BATCH, datasets);
var RUN_ID = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}\n?$/u;
function validateRunId(runId2, path = "run_id") {
  if (!RUN_ID.test(runId2)) throw invalidParameter(invalidValue(path, runId2));
}

// functions/domain/param.ts
function validateParam(key, value, path = "") {
  validateParamName(key, fieldPath(path, "key"));
  validateLength("Param key", key, MAX_KEY_LENGTH);
  return { key, value: truncate(value, MAX_PARAM_VALUE_LENGTH) };
}
function validateUniqueParamKeys(params) {
  const seen = /* @__PURE__ */ new Set();
  const repeated = [];
  for (const { key } of params) {
    if (seen.has(key)) repeated.push(key);
    seen.add(key);
  }
  if (repeated.length === 0) return;
  throw invalidParameter(
    `Duplicate parameter keys have been submitted: ${pythonReprOfList(repeated)}. Please ensure the request contains only one param value per param key.`
  );
}
var conflictingParam = (runId2, key, oldValue, newValue) => invalidParameter(
  `Changing param values is not allowed. Param with key='${key}' was already logged with value='${oldValue}' for run ID='${runId2}'. Attempted logging new value '${newValue}'.`
);
function conflictingParams(runId2, conflicts) {
  const listed = conflicts.map(
    ({ key, oldValue, newValue }) => `{'key': ${pythonRepr(key)}, 'old_value': ${pythonRepr(oldValue)}, 'new_value': ${pythonRepr(newValue)}}`
  );
  return invalidParameter(
    `Changing param values is not allowed. Params were already logged='[${listed.join(", ")}]' for run ID='${runId2}'.`
  );
}

// functions/api/runs/metric-input.ts
var metricFields = {
  key: requiredText("Name"),
  value: required(double("Value; NaN is allowed, infinities become the largest double")),
  timestamp: required(int64("When it was measured, in ms since the epoch")),
  step: int64("Step; 0 when absent"),
  model_id: text("Logged model the value belongs to"),
  dataset_name: text("Dataset the value was measured on"),
  dataset_digest: text("Digest of that dataset")
};
var pointOf = ({ key, value, timestamp, step }) => ({
  key,
  value: storedValue(value),
  timestamp,
  step: step ?? 0
});
var modelMetricOf = (runId2, metric) => ({
  ...pointOf(metric),
  // A model's values have no flag for NaN in MLflow: they read back as 0 (MLflow: _log_model_metrics).
  value: Number.isNaN(metric.value) ? 0 : storedValue(metric.value),
  runId: runId2,
  datasetName: metric.dataset_name || void 0,
  datasetDigest: metric.dataset_digest || void 0
});
function groupByModel(runId2, metrics) {
  const groups = /* @__PURE__ */ new Map();
  for (const metric of metrics) {
    if (!metric.model_id) continue;
    const group = groups.get(metric.model_id) ?? [];
    groups.set(metric.model_id, group);
    group.push(modelMetricOf(runId2, metric));
  }
  return groups;
}

// functions/api/runs/log-metrics.ts
async function checkModels(store, metrics) {
  const modelIds = [...new Set(metrics.flatMap(({ model_id: modelId2 }) => modelId2 ? [modelId2] : []))];
  const models = await Promise.all(modelIds.map(store.findLoggedModel));
  const missing = modelIds.find((_, at) => models[at] === void 0);
  if (missing !== void 0) throw invalidParameter(`Logged model with ID '${missing}' not found.`);
}
async function logMetrics(store, run2, metrics) {
  await store.appendMetrics(run2, metrics.map(pointOf));
  const ofModels = [...groupByModel(run2.runId, metrics)];
  await Promise.all(ofModels.map(([modelId2, ofModel]) => store.appendModelMetrics(modelId2, ofModel)));
}

// functions/api/runs/rename-run.ts
var renameRun = (run2, runName) => ({
  ...run2,
  runName,
  tags: new Map(run2.tags).set(RUN_NAME_TAG, runName)
});

// functions/api/runs/set-tags.ts
function setTags(run2, tags) {
  const others = tags.filter(({ key }) => key !== RUN_NAME_TAG);
  const runName = tags.findLast(({ key, value }) => key === RUN_NAME_TAG && value !== "")?.value;
  const merged = new Map(run2.tags);
  for (const { key, value } of others) merged.set(key, value);
  const isSame = [...merged].every(([key, value]) => run2.tags.get(key) === value) && runName === void 0;
  if (isSame) return run2;
  const tagged = { ...run2, tags: merged };
  return runName === void 0 ? tagged : renameRun(tagged, runName);
}

// functions/api/runs/log-batch.ts
var request10 = message({
  run_id: runId,
  metrics: list(message(metricFields), "Metrics, at most 1000"),
  params: list(keyedValue, "Params, at most 100"),
  tags: list(keyedValue, "Tags, at most 100")
});
function validateBatch({ metrics, params, tags }) {
  metrics.forEach((metric, at) => {
    validateMetric(pointOf(metric), `metrics[${at}]`);
  });
  const validParams = params.map(({ key, value }, at) => validateParam(key, value, `params[${at}]`));
  const validTags = tags.map(({ key, value }, at) => validateRunTag(key, value, `tags[${at}]`));
  validateBatchLimits({ metrics: metrics.length, params: params.length, tags: tags.length });
  validateUniqueParamKeys(validParams);
  return { metrics, params: validParams, tags: validTags };
}
function addToRun(run2, { params, tags }) {
  checkRunActive(run2);
  const conflicts = params.flatMap(({ key, value }) => {
    const logged = run2.params.get(key);
    return logged === void 0 || logged === value ? [] : [{ key, oldValue: logged, newValue: value }];
  });
  if (conflicts.length > 0) throw conflictingParams(run2.runId, conflicts);
  const fresh = params.filter(({ key }) => !run2.params.has(key)).map(({ key, value }) => [key, value]);
  const withParams = fresh.length === 0 ? run2 : { ...run2, params: new Map([...run2.params, ...fresh]) };
  return setTags(withParams, tags);
}
var logBatch = defineOperation({
  method: "POST",
  path: "/mlflow/runs/log-batch",
  since: "2.0",
  request: request10,
  handle: async (input, { store }) => {
    validateRunId(input.run_id);
    const batch = validateBatch(input);
    await checkModels(store, batch.metrics);
    const run2 = await writeDocument(store, input.run_id, batch);
    await logMetrics(store, run2, batch.metrics);
    return {};
  }
});
async function writeDocument(store, id, batch) {
  if (batch.params.length > 0 || batch.tags.length > 0) return store.updateRun(id, (run3) => addToRun(run3, batch));
  const run2 = await store.getRunState(id);
  checkRunActive(run2);
  return run2;
}

// functions/domain/dataset.ts
function validateDatasetInput({ dataset: dataset3, tags }) {
  validateLength("name", dataset3.name, MAX_DATASET_NAME_LENGTH);
  validateLength("digest", dataset3.digest, MAX_DATASET_DIGEST_LENGTH);
  validateLength("source", dataset3.source, MAX_DATASET_SOURCE_LENGTH);
  validateLength("schema", dataset3.schema ?? "", MAX_DATASET_SCHEMA_LENGTH);
  validateLength("profile", dataset3.profile ?? "", MAX_DATASET_PROFILE_LENGTH);
  for (const tag of tags) {
    validateLength("key", tag.key, MAX_INPUT_TAG_KEY_LENGTH);
    validateLength("value", tag.value, MAX_INPUT_TAG_VALUE_LENGTH);
  }
}
function dedupeDatasetInputs(inputs) {
  const seen = /* @__PURE__ */ new Set();
  return inputs.filter(({ dataset: dataset3 }) => {
    const key = JSON.stringify([dataset3.name, dataset3.digest]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

// functions/api/runs/log-inputs.ts
var dataset2 = message({
  name: textOrEmpty("Name"),
  digest: textOrEmpty("Digest of its content"),
  source_type: textOrEmpty("Kind of source"),
  source: textOrEmpty("Where it comes from, as JSON"),
  schema: text("Schema, as JSON"),
  profile: text("Profile, as JSON")
});
var request11 = message({
  run_id: runId,
  datasets: list(message({ dataset: dataset2, tags: list(keyValue, "Tags of the input, its context among them") }), "Datasets"),
  models: list(message({ model_id: requiredText("Logged model id") }), "Logged models that the run reads")
});
function linkInputs(run2, inputs, modelIds) {
  checkRunActive(run2);
  const isLinked = (input) => run2.datasets.some(({ name, digest }) => name === input.dataset.name && digest === input.dataset.digest);
  const links = inputs.filter((input) => !isLinked(input)).map(({ dataset: { name, digest }, tags }) => ({ name, digest, tags }));
  const models = [...new Set(modelIds)].filter((modelId2) => !run2.modelInputs.includes(modelId2));
  if (links.length === 0 && models.length === 0) return run2;
  return { ...run2, datasets: [...run2.datasets, ...links], modelInputs: [...run2.modelInputs, ...models] };
}
var logInputs = defineOperation({
  method: "POST",
  path: "/mlflow/runs/log-inputs",
  since: "2.0",
  request: request11,
  handle: async (input, { store }) => {
    validateRunId(input.run_id);
    const given = input.datasets.map(
      ({ dataset: { source_type: sourceType, ...rest }, tags }) => ({
        dataset: { ...rest, sourceType, schema: rest.schema, profile: rest.profile },
        tags
      })
    );
    validateDatasetLimit(given.length);
    given.forEach(validateDatasetInput);
    const inputs = dedupeDatasetInputs(given);
    const run2 = await store.getRunState(input.run_id);
    checkRunActive(run2);
    await store.putDatasets(
      run2.experimentId,
      inputs.map(({ dataset: one }) => one)
    );
    const modelIds = input.models.map(({ model_id: modelId2 }) => modelId2);
    await store.updateRun(run2.runId, (current) => linkInputs(current, inputs, modelIds));
    return {};
  }
});

// functions/api/runs/log-metric.ts
var logMetric = defineOperation({
  method: "POST",
  path: "/mlflow/runs/log-metric",
  since: "2.0",
  request: message({ run_id: runId, ...metricFields }, RUN_UUID),
  handle: async (input, { store }) => {
    validateMetric(pointOf(input));
    const run2 = await store.getRunState(input.run_id);
    checkRunActive(run2);
    await checkModels(store, [input]);
    await logMetrics(store, run2, [input]);
    return {};
  }
});

// functions/api/runs/log-model.ts
var HISTORY_TAG = "mlflow.log-model.history";
var logModel = defineOperation({
  method: "POST",
  path: "/mlflow/runs/log-model",
  since: "2.0",
  request: message({ run_id: runId, model_json: requiredText("The MLmodel file as JSON") }),
  handle: async (input, { store }) => {
    const model = checkLoggedModelJson(input.model_json);
    await store.updateRun(input.run_id, (run2) => {
      checkRunActive(run2);
      const value = appendModelHistory(run2.tags.get(HISTORY_TAG), model);
      validateRunTag(HISTORY_TAG, value);
      return setTags(run2, [{ key: HISTORY_TAG, value }]);
    });
    return {};
  }
});

// functions/api/runs/log-parameter.ts
var logParameter = defineOperation({
  method: "POST",
  path: "/mlflow/runs/log-parameter",
  since: "2.0",
  request: message({ run_id: runId, key: requiredText("Name"), value: textOrEmpty("Value") }, RUN_UUID),
  handle: async (input, { store }) => {
    const { key, value } = validateParam(input.key, input.value);
    await store.updateRun(input.run_id, (run2) => {
      checkRunActive(run2);
      const logged = run2.params.get(key);
      if (logged === value) return run2;
      if (logged !== void 0) throw conflictingParam(run2.runId, key, logged, value);
      return { ...run2, params: new Map(run2.params).set(key, value) };
    });
    return {};
  }
});

// functions/api/runs/outputs.ts
var output = message({ model_id: requiredText("Logged model id"), step: int64("Step at which it was made") });
var logOutputs = defineOperation({
  method: "POST",
  path: "/mlflow/runs/outputs",
  since: "2.0",
  request: message({ run_id: runId, models: requiredList(output, "Logged models that the run made") }),
  handle: async (input, { store }) => {
    const outputs = input.models.map(({ model_id: modelId2, step }) => ({ modelId: modelId2, step: step ?? 0 }));
    await store.updateRun(input.run_id, (run2) => {
      checkRunActive(run2);
      const known = new Set(run2.modelOutputs.map(({ modelId: modelId2 }) => modelId2));
      for (const { modelId: modelId2 } of outputs) {
        if (known.has(modelId2)) throw badRequest(`Model '${modelId2}' is already an output of run '${run2.runId}'.`);
        known.add(modelId2);
      }
      return outputs.length === 0 ? run2 : { ...run2, modelOutputs: [...run2.modelOutputs, ...outputs] };
    });
    return {};
  }
});

// functions/api/runs/restore.ts
var restoreRun = defineOperation({
  method: "POST",
  path: "/mlflow/runs/restore",
  since: "2.0",
  request: message({ run_id: runId }),
  handle: async (input, { store }) => {
    await store.updateRun(input.run_id, (run2) => ({ ...run2, stage: "active", deletedTime: void 0 }));
    return {};
  }
});

// functions/api/runs/run-row.ts
var CONTEXT_TAG2 = "mlflow.data.context";
function runRow({ run: run2, metrics }) {
  let byKey;
  return {
    attribute: (name) => ATTRIBUTES2[name]?.(run2),
    metric: (key) => {
      byKey ??= new Map(metrics.map((point) => [point.key, point.value]));
      return byKey.get(key);
    },
    param: (key) => run2.params.get(key),
    tag: (key) => run2.tags.get(key),
    datasets: () => run2.datasets.map(({ name, digest, tags }) => ({
      name,
      digest,
      context: tags.find(({ key }) => key === CONTEXT_TAG2)?.value
    }))
  };
}
var ATTRIBUTES2 = {
  run_id: (run2) => run2.runId,
  run_name: (run2) => run2.runName,
  user_id: (run2) => run2.userId,
  status: (run2) => run2.status,
  artifact_uri: (run2) => run2.artifactUri,
  start_time: (run2) => run2.startTime,
  end_time: (run2) => run2.endTime
};

// functions/api/runs/search.ts
var DEFAULT_MAX_RESULTS = 1e3;
var request12 = message({
  experiment_ids: list(textOrEmpty("Experiment id"), "Experiments to search; none finds nothing"),
  filter: text('Filter, such as metrics.loss < 0.1 AND params.lr = "0.01"'),
  run_view_type: viewType,
  max_results: int32("Runs in a page, 1 to 50000; 1000 when absent"),
  order_by: list(textOrEmpty('Such as "metrics.loss ASC"'), "Keys to sort by"),
  page_token: pageToken
});
var searchRuns = defineOperation({
  method: "POST",
  path: "/mlflow/runs/search",
  since: "2.0",
  request: request12,
  handle: async (input, { store, tokens }) => {
    const maxResults = input.max_results ?? DEFAULT_MAX_RESULTS;
    checkUpperBound(maxResults);
    checkMaxResults(maxResults);
    const matches2 = compileFilter(parseFilter("runs", input.filter ?? ""));
    const orderBy = parseOrderBy("runs", input.order_by);
    const experimentIds = [...new Set(input.experiment_ids.map((id) => String(parseExperimentId(id))))];
    const view = input.run_view_type ?? "ACTIVE_ONLY";
    const found = (await Promise.all(experimentIds.map(store.listRuns))).flat().filter(({ stage }) => stageMatches(view, stage)).map((run2) => ({ run: run2, row: runRow(run2) })).filter(({ row }) => matches2(row));
    const page = await pageOf({
      rows: found,
      keyOf: ({ row }) => sortKeyOf(orderBy, row),
      compare: (a, b) => compareSortKeys(orderBy, a, b),
      maxResults,
      pageToken: input.page_token,
      list: `runs ${JSON.stringify(input.order_by)}`,
      tokens
    });
    const views = page.rows.map(({ run: run2 }) => run2);
    const datasets = await lookUpDatasets(store, views);
    return {
      runs: views.length > 0 ? views.map((run2) => wireFoundRun(run2, datasets(run2.run.experimentId))) : void 0,
      next_page_token: page.nextPageToken
    };
  }
});
function checkUpperBound(maxResults) {
  if (maxResults <= MAX_SEARCH_RESULTS) return;
  const hint = " Hint: Value was of type 'int'. See the API docs for more information about request parameters.";
  throw invalidParameter(invalidValue("max_results", maxResults, hint));
}

// functions/api/runs/set-tag.ts
var setTag = defineOperation({
  method: "POST",
  path: "/mlflow/runs/set-tag",
  since: "2.0",
  request: message({ run_id: runId, key: requiredText("Name"), value: textOrEmpty("Value") }, RUN_UUID),
  handle: async (input, { store }) => {
    const tag = validateRunTag(input.key, input.value);
    await store.updateRun(input.run_id, (run2) => {
      checkRunActive(run2);
      return setTags(run2, [tag]);
    });
    return {};
  }
});

// functions/api/runs/update.ts
var request13 = message(
  {
    run_id: runId,
    status: runStatus,
    end_time: int64("When the run ended, in ms since the epoch"),
    run_name: text("New name; an empty one changes nothing")
  },
  RUN_UUID
);
var changeRun = ({ status, endTime, runName }) => (run2) => {
  checkRunActive(run2);
  const changed = { ...run2, status: status ?? run2.status, endTime: endTime ?? run2.endTime };
  return runName ? renameRun(changed, runName) : changed;
};
var updateRun = defineOperation({
  method: "POST",
  path: "/mlflow/runs/update",
  since: "2.0",
  request: request13,
  handle: async (input, { store }) => {
    const change = { status: input.status, endTime: input.end_time, runName: input.run_name };
    const run2 = await store.updateRun(input.run_id, changeRun(change));
    return { run_info: wireRunInfo(run2, run2.stage) };
  }
});

// functions/api/service/health.ts
var text2 = (body) => new Response(body, { headers: { "content-type": "text/plain; charset=utf-8" } });
var health = { kind: "raw", method: "GET", paths: ["/health"], respond: async () => text2("OK") };
var MLFLOW_VERSION = "3.17.2";
var version = {
  kind: "raw",
  method: "GET",
  paths: ["/version"],
  respond: async () => text2(MLFLOW_VERSION)
};

// functions/api/service/server-info.ts
var serverInfo = defineOperation({
  method: "GET",
  path: "/mlflow/server-info",
  since: "3.0",
  request: message({}),
  handle: async () => ({
    // The client only asks whether it is a FileStore; ours is as able as its SqlStore.
    store_type: "SqlStore",
    workspaces_enabled: false,
    trace_archival_enabled: false,
    multipart_uploads_enabled: false,
    multipart_downloads_enabled: false,
    presigned_upload_run_id_supported: false,
    presigned_upload_model_id_supported: false,
    features_enabled: { gateway: false }
  })
});

// functions/api/index.ts
var serviceOperations = [health, version, serverInfo];
var trackingOperations = [
  createExperiment,
  getExperiment,
  getExperimentByName,
  ...searchExperiments,
  deleteExperiment,
  restoreExperiment,
  updateExperiment,
  setExperimentTag,
  deleteExperimentTag,
  searchDatasets,
  createRun,
  getRun,
  updateRun,
  deleteRun,
  restoreRun,
  searchRuns,
  logMetric,
  logBatch,
  logParameter,
  setTag,
  deleteTag,
  logInputs,
  logOutputs,
  logModel,
  getHistory,
  getHistoryBulk,
  getHistoryBulkInterval,
  createLoggedModel,
  searchLoggedModels,
  getModel,
  finalizeLoggedModel,
  deleteLoggedModel,
  setModelTags,
  deleteModelTag,
  logModelParams
];
var artifactOperations = [
  listArtifacts,
  getArtifact,
  listModelArtifacts,
  getModelArtifactFile,
  listProxied,
  downloadProxied,
  uploadProxied,
  deleteProxied
];
var operations = [...serviceOperations, ...trackingOperations, ...artifactOperations];

// functions/entry/services.ts
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";

// functions/artifacts/s3-artifact-store.ts
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand as PutObjectCommand2,
  S3ServiceException
} from "@aws-sdk/client-s3";

// functions/artifacts/put-in-parts.ts
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand
} from "@aws-sdk/client-s3";
var PART_BYTES = 8 * 1024 * 1024;
async function putInParts(client, target, body) {
  const parts = partsOf(body);
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  if (first.done || second.done) {
    await client.send(new PutObjectCommand({ ...target, Body: first.value ?? new Uint8Array() }));
    return;
  }
  await uploadParts(client, target, concat(first.value, second.value, parts));
}
async function uploadParts(client, target, parts) {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const upload = { ...target, UploadId };
  try {
    const done = [];
    for await (const part of parts) {
      const PartNumber = done.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: part }));
      done.push({ PartNumber, ETag });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: done } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}
async function* concat(first, second, rest) {
  yield first;
  yield second;
  yield* rest;
}
async function* partsOf(body) {
  let chunks = [];
  let size = 0;
  for await (const chunk2 of body) {
    chunks.push(chunk2);
    size += chunk2.length;
    while (size >= PART_BYTES) {
      const joined = Buffer.concat(chunks);
      yield joined.subarray(0, PART_BYTES);
      chunks = [joined.subarray(PART_BYTES)];
      size = joined.length - PART_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(chunks);
  return void 0;
}

// functions/artifacts/s3-artifact-store.ts
var ROOT = "artifacts/";
var keyOf2 = (path) => ROOT + path;
var folderOf = (path) => path === "" ? ROOT : `${keyOf2(path)}/`;
function createS3ArtifactStore(client, bucket) {
  const pages = (prefix, delimiter) => listPages(client, bucket, prefix, delimiter);
  return {
    put: async (path, { body, sizeBytes }) => {
      if (body === null || sizeBytes === 0) {
        await client.send(new PutObjectCommand2({ Bucket: bucket, Key: keyOf2(path), Body: "" }));
      } else if (sizeBytes === void 0 || sizeBytes > MAX_SINGLE_PUT_BYTES) {
        await putInParts(client, { Bucket: bucket, Key: keyOf2(path) }, body);
      } else {
        const input = { Bucket: bucket, Key: keyOf2(path), Body: body, ContentLength: sizeBytes };
        await client.send(new PutObjectCommand2(input));
      }
    },
    find: (path, range) => findObject(client, { Bucket: bucket, Key: keyOf2(path), Range: range }),
    list: async (path) => {
      const folder = folderOf(path);
      const entries = [];
      for await (const page of pages(folder, "/")) entries.push(...entriesOf(page, folder));
      return entries.sort((a, b) => a.path < b.path ? -1 : 1);
    },
    remove: async (path) => {
      await deleteKeys(client, bucket, [keyOf2(path)]);
      for await (const page of pages(folderOf(path))) {
        await deleteKeys(
          client,
          bucket,
          (page.Contents ?? []).flatMap(({ Key }) => Key === void 0 ? [] : [Key])
        );
      }
    }
  };
}
var MAX_SINGLE_PUT_BYTES = 5e9;
async function findObject(client, input) {
  try {
    const { Body, ContentLength, ContentRange } = await client.send(new GetObjectCommand(input));
    if (!Body) return void 0;
    const body = Body.transformToWebStream();
    return { body, sizeBytes: ContentLength ?? 0, contentRange: ContentRange };
  } catch (error) {
    if (error instanceof NoSuchKey) return void 0;
    if (error instanceof S3ServiceException && error.name === "InvalidRange") {
      throw new MlflowError("RANGE_NOT_SATISFIABLE", `Range ${input.Range} lies outside the file.`, { cause: error });
    }
    throw error;
  }
}
async function* listPages(client, bucket, prefix, delimiter) {
  let token;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token })
    );
    yield page;
    token = page.NextContinuationToken;
  } while (token !== void 0);
}
function entriesOf(page, folder) {
  const folders = (page.CommonPrefixes ?? []).map(({ Prefix = "" }) => ({
    path: Prefix.slice(folder.length, -1),
    isDir: true,
    sizeBytes: void 0
  }));
  const files = (page.Contents ?? []).map(({ Key = "", Size }) => ({
    path: Key.slice(folder.length),
    isDir: false,
    sizeBytes: Size
  }));
  return [...folders, ...files].filter(({ path }) => path !== "");
}
async function deleteKeys(client, bucket, keys) {
  if (keys.length === 0) return;
  const objects = keys.map((Key) => ({ Key }));
  const answer4 = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } })
  );
  const [failed] = answer4.Errors ?? [];
  if (failed) throw new MlflowError("TEMPORARILY_UNAVAILABLE", `Could not delete: ${failed.Code}.`);
}

// functions/domain/page-token.ts
var BASE64URL = /^[A-Za-z0-9_-]+$/;
function createPageTokens(sign) {
  const signatureOf = (list2, body) => sign(`${list2}
${body}`);
  return {
    seal: async (list2, position) => {
      const body = toBase64Url(JSON.stringify(position));
      return `${body}.${await signatureOf(list2, body)}`;
    },
    open: async (list2, token) => {
      const [body = "", signature = "", ...rest] = token.split(".");
      if (rest.length > 0 || !BASE64URL.test(body)) throw invalidToken();
      if (await signatureOf(list2, body) !== signature) throw invalidToken();
      return JSON.parse(fromBase64Url(body));
    }
  };
}
var invalidToken = () => invalidParameter("Invalid page token, could not base64-decode");
var toBase64Url = (text3) => btoa(String.fromCharCode(...new TextEncoder().encode(text3))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
var fromBase64Url = (text3) => new TextDecoder().decode(
  Uint8Array.from(atob(text3.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0))
);

// functions/platform/system.ts
import { createHmac, randomBytes } from "node:crypto";
var now = () => Date.now();
var random = () => Math.random();
var randomHex = (digits) => randomBytes(Math.ceil(digits / 2)).toString("hex").slice(0, digits);
var newSortableId = () => Date.now().toString(16).padStart(12, "0") + randomHex(20);
var sleep = (ms) => new Promise((resolve2) => setTimeout(resolve2, ms));
var hmacSha256 = (key, text3) => createHmac("sha256", key).update(text3).digest("base64url");

// functions/store/dynamo/codecs/dataset-codec.ts
var datasetCodec = {
  encode: (dataset3) => JSON.stringify(dataset3),
  decode: (json2) => {
    const stored = JSON.parse(json2);
    return { ...stored, schema: stored.schema, profile: stored.profile };
  },
  extra: () => ({})
};

// functions/store/dynamo/document-item.ts
import { deflateRawSync, inflateRawSync } from "node:zlib";

// functions/store/dynamo/keys.ts
import { createHash } from "node:crypto";
var ENTITY_ID = /^([0-9a-f]{12})([0-9a-f]{2})[0-9a-f]{18}$/;
var MODEL_PREFIX = "m-";
var MAX_SORT_KEY_BYTES = 1e3;
var hashOf = (text3) => createHash("sha256").update(text3).digest("hex");
var RUN_SHARDS = 1;
var EXPERIMENTS = { pk: "EXPERIMENTS", skPrefix: "" };
var experimentKey = (experimentId2) => ({ pk: EXPERIMENTS.pk, sk: experimentId2 });
function experimentNameKey(name) {
  const isShort = Buffer.byteLength(name) <= MAX_SORT_KEY_BYTES;
  return isShort ? { pk: "NAME#experiment", sk: name } : { pk: "NAME-HASH#experiment", sk: hashOf(name) };
}
var counterKey = (name) => ({ pk: "COUNTERS", sk: name });
var secretKey = (name) => ({ pk: "SECRETS", sk: name });
function homeOf(id) {
  const match = ENTITY_ID.exec(id);
  const [, experiment = "", shard = ""] = match ?? [];
  return match ? { experimentId: String(Number.parseInt(experiment, 16)), shard: Number.parseInt(shard, 16) } : void 0;
}
var homeOfRun = (runId2) => homeOf(runId2);
var homeOfModel = (modelId2) => modelId2.startsWith(MODEL_PREFIX) ? homeOf(modelId2.slice(MODEL_PREFIX.length)) : void 0;
function runIdFor(experimentId2, randomHex2) {
  const experiment = Number(experimentId2).toString(16).padStart(12, "0");
  const shard = (Number.parseInt(randomHex2.slice(0, 2), 16) % RUN_SHARDS).toString(16).padStart(2, "0");
  return `${experiment}${shard}${randomHex2.slice(2, 20)}`;
}
var modelIdFor = (experimentId2, randomHex2) => MODEL_PREFIX + runIdFor(experimentId2, randomHex2);
var runsPartition = ({ experimentId: experimentId2, shard }) => `RUNS#${experimentId2}#${shard}`;
var modelsPartition = ({ experimentId: experimentId2, shard }) => `MODELS#${experimentId2}#${shard}`;
var runDocumentKey = (home, runId2) => ({ pk: runsPartition(home), sk: `L#${runId2}#doc` });
var liveRunPrefix = (home, runId2) => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId2}#`
});
var latestKey = (home, runId2, part) => ({
  pk: runsPartition(home),
  sk: part === 0 ? `L#${runId2}#latest` : `L#${runId2}#latest#${part}`
});
var shardsOf = (experimentId2) => Array.from({ length: RUN_SHARDS }, (_, shard) => ({ experimentId: experimentId2, shard }));
var liveRunsPrefixes = (experimentId2) => shardsOf(experimentId2).map((home) => ({ pk: runsPartition(home), skPrefix: "L#" }));
function parseRunSortKey(sk) {
  const [, runId2 = "", kind = ""] = sk.split("#");
  return { runId: runId2, kind: kind.startsWith("latest") ? "latest" : "doc" };
}
var metricHistoryPrefix = (ownerId) => ({ pk: `METRICS#${ownerId}`, skPrefix: "S#" });
var metricAppendKey = (ownerId, sortableId) => ({
  pk: `METRICS#${ownerId}`,
  sk: `S#${sortableId}`
});
var datasetKey = (experimentId2, name, digest) => ({
  pk: `DATASETS#${experimentId2}`,
  sk: hashOf(JSON.stringify([name, digest]))
});
var modelDocumentKey = (home, modelId2) => ({
  pk: modelsPartition(home),
  sk: `${modelId2}#doc`
});
var modelPrefix = (home, modelId2) => ({
  pk: modelsPartition(home),
  skPrefix: `${modelId2}#`
});
var modelMetricKey = (home, modelId2, sortableId) => ({
  pk: modelsPartition(home),
  sk: `${modelId2}#M#${sortableId}`
});
var modelsPrefixes = (experimentId2) => shardsOf(experimentId2).map((home) => ({ pk: modelsPartition(home), skPrefix: MODEL_PREFIX }));
function parseModelSortKey(sk) {
  const [modelId2 = "", kind = ""] = sk.split("#");
  return { modelId: modelId2, kind: kind === "M" ? "metrics" : "doc" };
}
var OVERFLOW_MARK = "~";
var overflowKey = (document, generation, part) => ({
  pk: document.pk,
  sk: `${document.sk}${OVERFLOW_MARK}${generation}${OVERFLOW_MARK}${String(part).padStart(4, "0")}`
});
var overflowPrefix = (document, generation = "") => ({
  pk: document.pk,
  skPrefix: `${document.sk}${OVERFLOW_MARK}${generation}`
});

// functions/store/dynamo/table.ts
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand
} from "@aws-sdk/client-dynamodb";
var MAX_BATCH_GET = 100;
var MAX_BATCH_WRITE = 25;
var MAX_BATCH_WRITE_LARGE = 10;
var keyItem = ({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } });
var keyOf3 = (item) => ({ pk: item.pk?.S ?? "", sk: item.sk?.S ?? "" });
var conditionInput = (condition) => condition && {
  ConditionExpression: condition.expression,
  ExpressionAttributeNames: condition.names && { ...condition.names },
  ExpressionAttributeValues: condition.values && { ...condition.values },
  ReturnValuesOnConditionCheckFailure: "ALL_OLD"
};
function openTable(client, name, retry) {
  const getBatch = (keys) => getAll(client, name, keys, retry);
  return {
    name,
    get: async (key) => (await client.send(new GetItemCommand({ TableName: name, Key: keyItem(key), ConsistentRead: true }))).Item,
    getMany: async (keys) => (await Promise.all(chunk(keys, MAX_BATCH_GET).map(getBatch))).flat(),
    query: (prefix) => queryAll(client, name, prefix),
    put: async (item, condition) => {
      await client.send(new PutItemCommand({ TableName: name, Item: { ...item }, ...conditionInput(condition) }));
    },
    update: async (key, update) => {
      const command = new UpdateItemCommand({ TableName: name, Key: keyItem(key), ...update });
      return (await client.send(command)).Attributes ?? {};
    },
    transact: async (items) => {
      await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    },
    writeMany: async (puts, deletes) => {
      const size = puts.length > 0 ? MAX_BATCH_WRITE_LARGE : MAX_BATCH_WRITE;
      const requests = [
        ...puts.map((item) => ({ PutRequest: { Item: { ...item } } })),
        ...deletes.map((key) => ({ DeleteRequest: { Key: keyItem(key) } }))
      ];
      for (const batch of chunk(requests, size)) await writeAll(client, name, batch, retry);
    }
  };
}
function writeAll(client, table, batch, retry) {
  let rest = batch;
  return retry(async () => {
    const answer4 = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: rest } }));
    rest = answer4.UnprocessedItems?.[table] ?? [];
    return rest.length === 0 ? { done: void 0 } : "again";
  });
}
async function getAll(client, table, keys, retry) {
  const found = [];
  let rest = keys.map(keyItem);
  await retry(async () => {
    const request14 = { [table]: { Keys: rest, ConsistentRead: true } };
    const answer4 = await client.send(new BatchGetItemCommand({ RequestItems: request14 }));
    found.push(...answer4.Responses?.[table] ?? []);
    rest = answer4.UnprocessedKeys?.[table]?.Keys ?? [];
    return rest.length === 0 ? { done: void 0 } : "again";
  });
  return found;
}
async function queryAll(client, table, { pk, skPrefix }) {
  const items = [];
  const byPrefix = skPrefix === "" ? "" : " AND begins_with(sk, :sk)";
  let start2;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `pk = :pk${byPrefix}`,
        ExpressionAttributeValues: { ":pk": { S: pk }, ...byPrefix && { ":sk": { S: skPrefix } } },
        ConsistentRead: true,
        ExclusiveStartKey: start2 && { ...start2 }
      })
    );
    items.push(...page.Items ?? []);
    start2 = page.LastEvaluatedKey;
  } while (start2);
  return items;
}
function chunk(items, size) {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

// functions/store/dynamo/document-item.ts
var MAX_TEXT_LENGTH = 4096;
var MAX_PART_BYTES = 35e4;
var FASTEST = 1;
function documentItems(write2, json2, extra) {
  const base = { ...keyItem(write2.key), v: { N: String(write2.version) }, w: { S: write2.writeId }, ...extra };
  if (json2.length <= MAX_TEXT_LENGTH) return { main: { ...base, j: { S: json2 } }, parts: [] };
  const deflated = deflateRawSync(json2, { level: FASTEST });
  if (deflated.length <= MAX_PART_BYTES) return { main: { ...base, z: { B: deflated } }, parts: [] };
  const generation = generationOf(write2);
  const parts = split(deflated).map((bytes, part) => ({
    ...keyItem(overflowKey(write2.key, generation, part)),
    z: { B: bytes }
  }));
  return { main: { ...base, g: { S: generation }, n: { N: String(parts.length) } }, parts };
}
var GENERATION_DIGITS = 12;
var generationOf = ({ version: version2, writeId }) => `${String(version2).padStart(GENERATION_DIGITS, "0")}-${writeId}`;
var versionOfGeneration = (generation) => Number(generation.slice(0, GENERATION_DIGITS));
function split(bytes) {
  const count = Math.ceil(bytes.length / MAX_PART_BYTES);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * MAX_PART_BYTES, (at + 1) * MAX_PART_BYTES));
}
var versionOf = (main2) => Number(main2.v?.N ?? 0);
var writeIdOf = (main2) => main2.w?.S;
var partsGenerationOf = (main2) => main2.g?.S;
function documentJson(main2, parts) {
  if (main2.j?.S !== void 0) return main2.j.S;
  if (main2.z?.B) return inflate(main2.z.B);
  const chunks = parts.flatMap((part) => part.z?.B ? [part.z.B] : []);
  return chunks.length === Number(main2.n?.N) ? inflate(Buffer.concat(chunks)) : void 0;
}
var inflate = (bytes) => inflateRawSync(bytes).toString("utf8");

// functions/store/dynamo/failures.ts
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException
} from "@aws-sdk/client-dynamodb";
function failedCondition(error) {
  if (error instanceof ConditionalCheckFailedException) return { item: error.Item };
  throw error;
}
function cancellationCodes(error) {
  if (!(error instanceof TransactionCanceledException)) throw error;
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? "None");
}
var isItemTooLarge = (error) => error instanceof DynamoDBServiceException && error.name === "ValidationException" && /item size/i.test(error.message);
var THROTTLED = /* @__PURE__ */ new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "LimitExceededException"
]);
function toMlflowError(error) {
  if (!(error instanceof Error) || error instanceof MlflowError) return error;
  if (THROTTLED.has(error.name)) {
    return new MlflowError("REQUEST_LIMIT_EXCEEDED", "Storage is throttled; try again shortly.", { cause: error });
  }
  const isPassing = error instanceof DynamoDBServiceException && error.$fault === "server";
  if (isPassing || error.name === "TimeoutError") {
    return new MlflowError("TEMPORARILY_UNAVAILABLE", "Storage does not answer; try again shortly.", { cause: error });
  }
  return error;
}

// functions/store/dynamo/documents.ts
var ABSENT = { expression: "attribute_not_exists(pk)" };
var isVersion = (version2) => ({
  expression: "v = :v",
  values: { ":v": { N: String(version2) } }
});
function createDocuments(codec, { table, retry, newWriteId }) {
  const layOut = (key, version2, value) => {
    const write2 = { key, version: version2, writeId: newWriteId() };
    return documentItems(write2, codec.encode(value), codec.extra(value));
  };
  const read = (key) => retry(async () => {
    const main2 = await table.get(key);
    if (!main2) return { done: void 0 };
    const value = await decodeMain(main2);
    return value === void 0 ? "again" : { done: { main: main2, value } };
  });
  const decodeMain = async (main2) => {
    const generation = partsGenerationOf(main2);
    const parts = generation === void 0 ? [] : await table.query(overflowPrefix(keyOf3(main2), generation));
    const json2 = documentJson(main2, parts);
    return json2 === void 0 ? void 0 : codec.decode(json2);
  };
  const commit = async (items, condition, companions) => {
    if (items.parts.length > 0) await table.writeMany(items.parts, []);
    try {
      if (companions.length === 0) await table.put(items.main, condition);
      else await table.transact([conditionalPut(table, items.main, condition), ...companions]);
      return "done";
    } catch (error) {
      const outcome = companions.length === 0 ? refusedPut(error, items.main) : await refusedTransaction(error, items.main);
      if (outcome !== "done") await table.writeMany([], items.parts.map(keyOf3));
      return outcome;
    }
  };
  const refusedPut = (error, main2) => {
    const { item } = failedCondition(error);
    return item && writeIdOf(item) === writeIdOf(main2) ? "done" : "lost";
  };
  const refusedTransaction = async (error, main2) => {
    const [own, ...others] = cancellationCodes(error);
    const current = await table.get(keyOf3(main2));
    if (current && writeIdOf(current) === writeIdOf(main2)) return "done";
    const isTaken = own === "None" && others.includes("ConditionalCheckFailed");
    return isTaken ? "taken" : "lost";
  };
  const sweepParts = async (before, after) => {
    if (partsGenerationOf(before) === void 0) return;
    const version2 = versionOf(after.main);
    const parts = (await table.query(overflowPrefix(keyOf3(after.main)))).map(keyOf3);
    const stale = parts.filter(({ sk }) => {
      const generation = sk.split("~")[1] ?? "";
      return versionOfGeneration(generation) <= version2 && generation !== partsGenerationOf(after.main);
    });
    await table.writeMany([], stale);
  };
  return {
    find: async (key) => (await read(key))?.value,
    create: async (key, value) => {
      const items = layOut(key, 1, value);
      if (items.parts.length > 0) await table.writeMany(items.parts, []);
      await table.put(items.main);
    },
    createIfAbsent: (key, value, companions = []) => retry(async () => {
      const outcome = await commit(layOut(key, 1, value), ABSENT, companions);
      if (outcome === "done") return { done: true };
      const isConflict = outcome === "lost" && companions.length > 0 && !await table.get(key);
      return isConflict ? "again" : { done: false };
    }),
    update: (key, change, companions = () => []) => retry(async () => {
      const stored = await read(key);
      if (!stored) return { done: void 0 };
      const value = change(stored.value);
      if (value === stored.value) return { done: value };
      const version2 = versionOf(stored.main);
      const items = layOut(key, version2 + 1, value);
      const outcome = await commit(items, isVersion(version2), companions(stored.value, value));
      if (outcome === "lost") return "again";
      if (outcome === "taken") return { done: "taken" };
      await sweepParts(stored.main, items);
      return { done: value };
    }),
    assemble: async (items) => {
      const { mains, partsOf: partsOf2 } = groupParts(items);
      const values = mains.map(async (main2) => {
        const json2 = documentJson(main2, partsOf2(main2));
        return json2 === void 0 ? (await read(keyOf3(main2)))?.value : codec.decode(json2);
      });
      return (await Promise.all(values)).filter((value) => value !== void 0);
    }
  };
}
var conditionalPut = (table, item, condition) => ({
  Put: { TableName: table.name, Item: { ...item }, ...conditionInput(condition) }
});
function groupParts(items) {
  const mains = items.filter((item) => !keyOf3(item).sk.includes("~"));
  const parts = items.filter((item) => keyOf3(item).sk.includes("~"));
  const partsOf2 = (main2) => {
    const prefix = overflowPrefix(keyOf3(main2), partsGenerationOf(main2) ?? " ").skPrefix;
    return parts.length === 0 ? [] : parts.filter((part) => keyOf3(part).sk.startsWith(prefix));
  };
  return { mains, partsOf: partsOf2 };
}

// functions/store/dynamo/datasets.ts
var MAX_CACHED = 1e3;
function createDatasetVerbs(platform) {
  const documents = createDocuments(datasetCodec, platform);
  const cache = /* @__PURE__ */ new Map();
  const remember = (sk, dataset3) => {
    const [oldest] = cache.keys();
    if (cache.size >= MAX_CACHED && oldest !== void 0) cache.delete(oldest);
    cache.set(sk, dataset3);
  };
  const find = async (experimentId2, { name, digest }) => {
    const key = datasetKey(experimentId2, name, digest);
    const cacheKey = `${key.pk} ${key.sk}`;
    const cached = cache.get(cacheKey);
    if (cached) return cached;
    const dataset3 = await documents.find(key);
    if (dataset3) remember(cacheKey, dataset3);
    return dataset3;
  };
  return {
    putDatasets: async (experimentId2, datasets) => {
      const put2 = (dataset3) => documents.createIfAbsent(datasetKey(experimentId2, dataset3.name, dataset3.digest), dataset3);
      await Promise.all(datasets.map(put2));
    },
    getDatasets: async (experimentId2, keys) => {
      const found = await Promise.all(keys.map((key) => find(experimentId2, key)));
      return found.filter((dataset3) => dataset3 !== void 0);
    }
  };
}

// functions/store/dynamo/codecs/experiment-codec.ts
var experimentCodec = {
  encode: (experiment) => JSON.stringify({ ...experiment, tags: [...experiment.tags] }),
  decode: (json2) => {
    const stored = JSON.parse(json2);
    return { ...stored, tags: new Map(stored.tags) };
  },
  extra: (experiment) => ({ st: { S: experiment.stage }, sg: { N: String(experiment.stageGeneration) } })
};

// functions/store/dynamo/experiments.ts
var DEFAULT_ID = "0";
function createExperimentVerbs(platform, defaultExperiment) {
  const { table } = platform;
  const documents = createDocuments(experimentCodec, platform);
  const putExperiment = (experimentId2, { name, locationOf, tags, now: now2 }) => {
    const experiment = {
      experimentId: experimentId2,
      name,
      artifactLocation: locationOf(experimentId2),
      stage: "active",
      stageGeneration: 0,
      creationTime: now2,
      lastUpdateTime: now2,
      tags
    };
    const claim = claimName(table.name, name, experimentId2);
    return documents.createIfAbsent(experimentKey(experimentId2), experiment, [claim]);
  };
  let seeding;
  const seed = async () => {
    if (!await table.get(experimentKey(DEFAULT_ID))) await putExperiment(DEFAULT_ID, defaultExperiment);
  };
  const seeded = () => {
    seeding ??= seed().catch((error) => {
      seeding = void 0;
      throw error;
    });
    return seeding;
  };
  const nextId = async () => {
    const counter = await table.update(counterKey("experiment"), {
      UpdateExpression: "ADD n :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "UPDATED_NEW"
    });
    return counter.n?.N ?? DEFAULT_ID;
  };
  const isNameTaken = async (name) => await table.get(experimentNameKey(name)) !== void 0;
  return {
    createExperiment: async (experiment) => {
      await seeded();
      if (await isNameTaken(experiment.name)) throw nameTaken(experiment.name);
      const experimentId2 = await nextId();
      if (!await putExperiment(experimentId2, experiment)) throw nameTaken(experiment.name);
      return experimentId2;
    },
    getExperiment: async (experimentId2) => {
      await seeded();
      const experiment = await documents.find(experimentKey(experimentId2));
      if (!experiment) throw noExperiment(experimentId2);
      return experiment;
    },
    findExperimentByName: async (name) => {
      await seeded();
      const claim = await table.get(experimentNameKey(name));
      return claim?.id?.S === void 0 ? void 0 : documents.find(experimentKey(claim.id.S));
    },
    listExperiments: async () => {
      await seeded();
      return documents.assemble(await table.query(EXPERIMENTS));
    },
    updateExperiment: async (experimentId2, change) => {
      await seeded();
      let wanted = "";
      const outcome = await documents.update(
        experimentKey(experimentId2),
        (current) => {
          const next = change(current);
          wanted = next.name;
          return next;
        },
        (before, after) => moveName(table.name, before, after)
      );
      if (outcome === "taken") throw nameTaken(wanted);
      if (!outcome) throw noExperiment(experimentId2);
      return outcome;
    }
  };
}
var claimName = (tableName, name, experimentId2) => ({
  Put: {
    TableName: tableName,
    Item: { ...keyItem(experimentNameKey(name)), id: { S: experimentId2 } },
    ConditionExpression: "attribute_not_exists(pk)"
  }
});
function moveName(tableName, before, after) {
  if (before.name === after.name) return [];
  const release = {
    Delete: { TableName: tableName, Key: keyItem(experimentNameKey(before.name)) }
  };
  return [claimName(tableName, after.name, after.experimentId), release];
}
var experimentMarks = (item) => ({
  stage: item?.st?.S === "deleted" ? "deleted" : "active",
  stageGeneration: Number(item?.sg?.N ?? 0)
});
var nameTaken = (name) => alreadyExists(`Experiment(name=${name}) already exists.`);
var noExperiment = (experimentId2) => doesNotExist(`No Experiment with id=${experimentId2} exists`);

// functions/store/dynamo/codecs/logged-model-codec.ts
var loggedModelCodec = {
  encode: (model) => JSON.stringify({ ...model, params: [...model.params], tags: [...model.tags] }),
  decode: (json2) => {
    const stored = JSON.parse(json2);
    return { ...stored, params: new Map(stored.params), tags: new Map(stored.tags) };
  },
  extra: () => ({})
};

// functions/store/dynamo/codecs/model-metrics.ts
import { deflateRawSync as deflateRawSync2, inflateRawSync as inflateRawSync2 } from "node:zlib";

// functions/store/dynamo/codecs/int64-text.ts
var int64ToJson = (value) => typeof value === "number" ? value : String(value);
var int64FromJson = (value) => typeof value === "number" ? value : normalizeInt64(BigInt(value));

// functions/store/dynamo/codecs/model-metrics.ts
function encodeModelMetrics(metrics) {
  const rows = metrics.map(
    (metric) => [
      metric.key,
      Number.isNaN(metric.value) ? "NaN" : metric.value,
      int64ToJson(metric.timestamp),
      int64ToJson(metric.step),
      metric.runId,
      metric.datasetName ?? null,
      metric.datasetDigest ?? null
    ]
  );
  return deflateRawSync2(JSON.stringify(rows));
}
function decodeModelMetrics(bytes) {
  const rows = JSON.parse(inflateRawSync2(bytes).toString("utf8"));
  return rows.map(([key, value, timestamp, step, runId2, datasetName, datasetDigest]) => ({
    key,
    value: Number(value),
    timestamp: int64FromJson(timestamp),
    step: int64FromJson(step),
    runId: runId2,
    datasetName: datasetName ?? void 0,
    datasetDigest: datasetDigest ?? void 0
  }));
}

// functions/store/dynamo/logged-models.ts
function createLoggedModelVerbs(platform, ids) {
  const { table } = platform;
  const documents = createDocuments(loggedModelCodec, platform);
  const viewsOf = async (items) => {
    const isMetrics = (item) => parseModelSortKey(keyOf3(item).sk).kind === "metrics";
    const metricsOf = groupMetrics(items.filter(isMetrics));
    const models = await documents.assemble(items.filter((item) => !isMetrics(item)));
    return models.map((model) => ({ model, metrics: metricsOf.get(model.modelId) ?? [] }));
  };
  return {
    newModelId: (experimentId2) => modelIdFor(experimentId2, ids.randomHex(20)),
    createLoggedModel: (model) => documents.create(modelDocumentKey(homeOrThrow(model.modelId), model.modelId), model),
    findLoggedModel: async (modelId2) => {
      const home = homeOfModel(modelId2);
      if (!home) return void 0;
      const [view] = await viewsOf(await table.query(modelPrefix(home, modelId2)));
      return view;
    },
    listLoggedModels: async (experimentId2) => {
      const pages = await Promise.all(modelsPrefixes(experimentId2).map((prefix) => table.query(prefix)));
      return viewsOf(pages.flat());
    },
    updateLoggedModel: async (modelId2, change) => {
      const outcome = await documents.update(modelDocumentKey(homeOrThrow(modelId2), modelId2), change);
      if (!outcome || outcome === "taken") throw noModel(modelId2);
      return outcome;
    },
    appendModelMetrics: async (modelId2, metrics) => {
      const key = modelMetricKey(homeOrThrow(modelId2), modelId2, ids.newSortableId());
      await table.put({ ...keyItem(key), b: { B: encodeModelMetrics(metrics) } });
    }
  };
}
function groupMetrics(items) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const { modelId: modelId2 } = parseModelSortKey(keyOf3(item).sk);
    const group = groups.get(modelId2) ?? /* @__PURE__ */ new Map();
    groups.set(modelId2, group);
    for (const metric of item.b?.B ? decodeModelMetrics(item.b.B) : []) {
      const identity = identityOf(metric);
      if (!group.has(identity)) group.set(identity, metric);
    }
  }
  return new Map([...groups].map(([modelId2, group]) => [modelId2, [...group.values()]]));
}
var identityOf = ({ key, timestamp, step, runId: runId2 }) => JSON.stringify([key, String(timestamp), String(step), runId2]);
function homeOrThrow(modelId2) {
  const home = homeOfModel(modelId2);
  if (!home) throw noModel(modelId2);
  return home;
}
var noModel = (modelId2) => doesNotExist(`Logged model with ID '${modelId2}' not found.`);

// functions/store/dynamo/codecs/metric-block.ts
import { deflateRawSync as deflateRawSync3, inflateRawSync as inflateRawSync3 } from "node:zlib";

// functions/store/dynamo/codecs/byte-reader.ts
var ByteReader = class {
  bytes;
  at = 0;
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  unsigned() {
    let value = 0;
    let scale = 1;
    for (; ; ) {
      const byte = this.bytes.readUInt8(this.at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }
  signed() {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  int64() {
    this.at += 8;
    return this.bytes.readBigInt64LE(this.at - 8);
  }
  double() {
    this.at += 8;
    return this.bytes.readDoubleLE(this.at - 8);
  }
  text() {
    const size = this.unsigned();
    this.at += size;
    return this.bytes.toString("utf8", this.at - size, this.at);
  }
  skip(size) {
    this.at += size;
  }
};

// functions/store/dynamo/codecs/byte-writer.ts
var ByteWriter = class {
  bytes = Buffer.allocUnsafe(256);
  length = 0;
  /** A non-negative safe integer. */
  unsigned(value) {
    this.reserve(10);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = rest % 128 | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }
  /** A safe integer of at most 2^52 in size, small ones of either sign in few bytes (zigzag). */
  signed(value) {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }
  int64(value) {
    this.reserve(8);
    this.bytes.writeBigInt64LE(value, this.length);
    this.length += 8;
  }
  double(value) {
    this.reserve(8);
    this.bytes.writeDoubleLE(value, this.length);
    this.length += 8;
  }
  text(value) {
    const size = Buffer.byteLength(value);
    this.unsigned(size);
    this.reserve(size);
    this.bytes.write(value, this.length);
    this.length += size;
  }
  finish() {
    return this.bytes.subarray(0, this.length);
  }
  reserve(size) {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
};

// functions/store/dynamo/codecs/metric-block.ts
var PLAIN = 0;
var DEFLATED = 1;
var FASTEST2 = 1;
var WORTH_DEFLATING_BYTES = 200;
var MAX_DELTA_BASE = 2 ** 51;
function encodeMetricBlock(points) {
  const groups = groupByKey(points);
  const ordered = [...groups.values()].flat();
  const writer = new ByteWriter();
  writer.unsigned(groups.size);
  for (const [key, group] of groups) {
    writer.text(key);
    writer.unsigned(group.length);
  }
  const isWide = ordered.some(({ step, timestamp }) => !isNarrow(step) || !isNarrow(timestamp));
  writer.unsigned(isWide ? 1 : 0);
  writeColumn(
    writer,
    ordered.map((point) => point.step),
    isWide
  );
  writeColumn(
    writer,
    ordered.map((point) => point.timestamp),
    isWide
  );
  for (const { value } of ordered) writer.double(value);
  return seal(writer.finish());
}
function decodeMetricBlock(block, onlyKey) {
  const reader = new ByteReader(open(block));
  const groups = Array.from({ length: reader.unsigned() }, () => ({ key: reader.text(), count: reader.unsigned() }));
  if (onlyKey !== void 0 && !groups.some(({ key }) => key === onlyKey)) return [];
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const isWide = reader.unsigned() === 1;
  const steps = readColumn(reader, count, isWide);
  const timestamps = readColumn(reader, count, isWide);
  const keys = groups.flatMap((group) => Array.from({ length: group.count }, () => group.key));
  const points = keys.map((key, at) => ({
    key,
    step: steps[at] ?? 0,
    timestamp: timestamps[at] ?? 0,
    value: reader.double()
  }));
  return onlyKey === void 0 ? points : points.filter(({ key }) => key === onlyKey);
}
function groupByKey(points) {
  const groups = /* @__PURE__ */ new Map();
  for (const point of points) {
    const group = groups.get(point.key);
    if (group) group.push(point);
    else groups.set(point.key, [point]);
  }
  return groups;
}
var isNarrow = (value) => typeof value === "number" && Math.abs(value) < MAX_DELTA_BASE;
function writeColumn(writer, column, isWide) {
  let previous = 0;
  for (const value of column) {
    if (isWide || typeof value !== "number") {
      writer.int64(BigInt(value));
    } else {
      writer.signed(value - previous);
      previous = value;
    }
  }
}
function readColumn(reader, count, isWide) {
  if (isWide) return Array.from({ length: count }, () => normalizeInt64(reader.int64()));
  let value = 0;
  return Array.from({ length: count }, () => {
    value += reader.signed();
    return value;
  });
}
function seal(body) {
  if (body.length < WORTH_DEFLATING_BYTES) return Buffer.concat([Buffer.of(PLAIN), body]);
  return Buffer.concat([Buffer.of(DEFLATED), deflateRawSync3(body, { level: FASTEST2 })]);
}
function open(block) {
  const body = block.subarray(1);
  return block[0] === DEFLATED ? inflateRawSync3(body) : body;
}

// functions/store/dynamo/codecs/latest-value.ts
var SIGN = 1n << 63n;
var LENGTH = 32;
function encodeLatestValue({ step, timestamp, value }) {
  const bytes = Buffer.allocUnsafe(LENGTH);
  bytes.writeBigUInt64BE(BigInt(step) + SIGN, 0);
  bytes.writeBigUInt64BE(BigInt(timestamp) + SIGN, 8);
  bytes.writeDoubleBE(Number.isNaN(value) || value === 0 ? 0 : value, 16);
  toUnsignedOrder(bytes, 16);
  bytes.writeDoubleBE(value, 24);
  return bytes;
}
function decodeLatestValue(key, encoded) {
  const bytes = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  return {
    key,
    step: normalizeInt64(bytes.readBigUInt64BE(0) - SIGN),
    timestamp: normalizeInt64(bytes.readBigUInt64BE(8) - SIGN),
    value: bytes.readDoubleBE(24)
  };
}
function toUnsignedOrder(bytes, at) {
  const bits = bytes.readBigUInt64BE(at);
  bytes.writeBigUInt64BE(bits & SIGN ? BigInt.asUintN(64, ~bits) : bits | SIGN, at);
}

// functions/store/dynamo/latest.ts
var PREFIX = "m:";
var MAX_KEYS_PER_UPDATE = 70;
function mergeLatest(items) {
  const latest = /* @__PURE__ */ new Map();
  for (const item of items) {
    for (const [name, { B: bytes }] of Object.entries(item)) {
      if (!name.startsWith(PREFIX) || !bytes) continue;
      const current = latest.get(name);
      if (!current || isGreater(bytes, current)) latest.set(name, bytes);
    }
  }
  return [...latest].map(([name, bytes]) => decodeLatestValue(name.slice(PREFIX.length), bytes));
}
var isGreater = (a, b) => Buffer.compare(a, b) > 0;
async function advanceLatest(writer, home, runId2, points) {
  for (const values of fittingGroups(newestPerKey(points))) await advanceSomewhere(writer, home, runId2, values);
}
async function advanceSomewhere(writer, home, runId2, values) {
  for (let part = 0; ; part += 1) {
    try {
      return await advanceItem(writer, latestKey(home, runId2, part), values);
    } catch (error) {
      if (!isItemTooLarge(error)) throw error;
    }
  }
}
var MAX_GROUP_BYTES = 3e5;
function fittingGroups(values) {
  const groups = [];
  let size = MAX_GROUP_BYTES;
  for (const [name, bytes] of values) {
    const entrySize = Buffer.byteLength(name) + bytes.length;
    if (size + entrySize > MAX_GROUP_BYTES) {
      groups.push(/* @__PURE__ */ new Map());
      size = 0;
    }
    groups.at(-1)?.set(name, bytes);
    size += entrySize;
  }
  return groups;
}
function newestPerKey(points) {
  const newest = /* @__PURE__ */ new Map();
  for (const point of points) {
    const name = PREFIX + point.key;
    const bytes = encodeLatestValue(point);
    const current = newest.get(name);
    if (!current || isGreater(bytes, current)) newest.set(name, bytes);
  }
  return newest;
}
function advanceItem({ table, retry }, key, newest) {
  return newest.size <= MAX_KEYS_PER_UPDATE ? advanceFewKeys(table, retry, key, newest) : advanceManyKeys(table, retry, key, newest);
}
function advanceFewKeys(table, retry, key, newest) {
  let rest = newest;
  return retry(async () => {
    if (rest.size === 0) return { done: void 0 };
    try {
      await table.update(key, conditionalAdvance(rest));
      return { done: void 0 };
    } catch (error) {
      rest = newerThan(rest, failedCondition(error).item);
      return "again";
    }
  });
}
function advanceManyKeys(table, retry, key, newest) {
  return retry(async () => {
    const current = await table.get(key);
    const rest = newerThan(newest, current);
    if (rest.size === 0) return { done: void 0 };
    const version2 = current?.v?.N ?? "0";
    const values = Object.fromEntries([...rest].map(([name, bytes]) => [name, { B: bytes }]));
    const item = { ...current, ...values, ...keyItem(key), v: { N: String(Number(version2) + 1) } };
    const isUnchanged = current ? { expression: "v = :v", values: { ":v": { N: version2 } } } : { expression: "attribute_not_exists(pk)" };
    try {
      await table.put(item, isUnchanged);
      return { done: void 0 };
    } catch (error) {
      failedCondition(error);
      return "again";
    }
  });
}
function conditionalAdvance(values) {
  const entries = [...values];
  const isNewer2 = entries.map((_, at) => `(attribute_not_exists(#${at}) OR #${at} < :${at})`);
  return {
    UpdateExpression: `SET ${entries.map((_, at) => `#${at} = :${at}`).join(", ")} ADD v :one`,
    ConditionExpression: isNewer2.join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
    ExpressionAttributeValues: {
      ":one": { N: "1" },
      ...Object.fromEntries(entries.map(([, bytes], at) => [`:${at}`, { B: bytes }]))
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD"
  };
}
function newerThan(values, item) {
  return new Map(
    [...values].filter(([name, bytes]) => {
      const current = item?.[name]?.B;
      return !current || isGreater(bytes, current);
    })
  );
}

// functions/store/dynamo/metrics.ts
var MAX_BLOCK_BYTES = 35e4;
function createMetricVerbs(writer, newSortableId2) {
  const { table } = writer;
  const append = async (runId2, points) => {
    const block = encodeMetricBlock(points);
    if (block.length > MAX_BLOCK_BYTES) {
      const half = Math.ceil(points.length / 2);
      await append(runId2, points.slice(0, half));
      return append(runId2, points.slice(half));
    }
    return table.put({ ...keyItem(metricAppendKey(runId2, newSortableId2())), b: { B: block } });
  };
  const appendMetrics = async ({ runId: runId2 }, points) => {
    const home = homeOfRun(runId2);
    if (!home || points.length === 0) return;
    await append(runId2, points);
    await advanceLatest(writer, home, runId2, points);
  };
  const repairLatest = async (runId2, key, newest) => {
    const home = homeOfRun(runId2);
    if (!home) return;
    const item = await table.get(latestKey(home, runId2, 0));
    const current = mergeLatest(item ? [item] : []).find((point) => point.key === key);
    if (!current || isNewer(newest, current)) await advanceLatest(writer, home, runId2, [newest]);
  };
  return {
    appendMetrics,
    readMetricHistory: async (runId2, key) => {
      const items = await table.query(metricHistoryPrefix(runId2));
      const points = distinct(items.flatMap((item) => pointsOf(item, key)));
      const [first, ...others] = points;
      if (first)
        await repairLatest(
          runId2,
          key,
          others.reduce((best, point) => isNewer(point, best) ? point : best, first)
        );
      return points;
    }
  };
}
var pointsOf = (item, key) => item.b?.B ? decodeMetricBlock(item.b.B, key) : [];
function distinct(points) {
  const seen = /* @__PURE__ */ new Map();
  for (const point of points) {
    const identity = `${point.step} ${point.timestamp} ${point.value}`;
    if (!seen.has(identity)) seen.set(identity, point);
  }
  return [...seen.values()];
}

// functions/store/dynamo/retry.ts
var MAX_ATTEMPTS = 60;
var FIRST_PAUSE_MS = 4;
var LONGEST_PAUSE_MS = 400;
function createRetry(sleep2, random2) {
  return async (attempt2) => {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const outcome = await attempt2();
      if (outcome !== "again") return outcome.done;
      await sleep2(random2() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
    }
    throw new MlflowError("TEMPORARILY_UNAVAILABLE", "Too many writers change the same entity; try again.");
  };
}

// functions/store/dynamo/codecs/run-codec.ts
var runCodec = {
  encode: (run2) => JSON.stringify({
    ...run2,
    deletedTime: run2.deletedTime,
    startTime: int64ToJson(run2.startTime),
    endTime: run2.endTime === void 0 ? void 0 : int64ToJson(run2.endTime),
    params: [...run2.params],
    tags: [...run2.tags],
    modelOutputs: run2.modelOutputs.map(({ modelId: modelId2, step }) => [modelId2, int64ToJson(step)])
  }),
  decode: (json2) => {
    const stored = JSON.parse(json2);
    return {
      ...stored,
      deletedTime: stored.deletedTime,
      startTime: int64FromJson(stored.startTime),
      endTime: stored.endTime === void 0 ? void 0 : int64FromJson(stored.endTime),
      params: new Map(stored.params),
      tags: new Map(stored.tags),
      modelOutputs: stored.modelOutputs.map(([modelId2, step]) => ({ modelId: modelId2, step: int64FromJson(step) }))
    };
  },
  extra: (run2) => ({ st: { S: run2.stage }, sg: { N: String(run2.stageGeneration) } })
};

// functions/store/dynamo/runs.ts
function createRunVerbs(platform, randomHex2) {
  const { table } = platform;
  const documents = createDocuments(runCodec, platform);
  const marksOf = async (experimentId2) => experimentMarks(await table.get(experimentKey(experimentId2)));
  const viewOf = (run2, latest, marks) => ({
    run: run2,
    stage: stageOfRun(run2, marks),
    metrics: mergeLatest(latest)
  });
  return {
    newRunId: (experimentId2) => runIdFor(experimentId2, randomHex2(20)),
    createRun: (run2) => documents.create(runDocumentKey(homeOrThrow2(run2.runId), run2.runId), run2),
    getRun: async (runId2) => {
      const home = homeOrThrow2(runId2);
      const [items, marks] = await Promise.all([table.query(liveRunPrefix(home, runId2)), marksOf(home.experimentId)]);
      const { documentItems: documentItems2, latestItems } = partition(items);
      const [run2] = await documents.assemble(documentItems2);
      if (!run2) throw noRun(runId2);
      return viewOf(run2, latestItems, marks);
    },
    getRunState: async (runId2) => {
      const { experimentId: experimentId2, ...home } = homeOrThrow2(runId2);
      const documentKey = runDocumentKey({ experimentId: experimentId2, ...home }, runId2);
      const items = await table.getMany([documentKey, experimentKey(experimentId2)]);
      const document = items.find((item) => keyOf3(item).sk === documentKey.sk);
      if (!document) throw noRun(runId2);
      const experiment = items.find((item) => keyOf3(item).pk !== documentKey.pk);
      return { runId: runId2, experimentId: experimentId2, stage: stageOfRun(experimentMarks(document), experimentMarks(experiment)) };
    },
    listRuns: async (experimentId2) => {
      const partitions = liveRunsPrefixes(experimentId2).map((prefix) => table.query(prefix));
      const [marks, ...pages] = await Promise.all([marksOf(experimentId2), ...partitions]);
      const { documentItems: documentItems2, latestItems } = partition(pages.flat());
      const latestOf = groupByRun(latestItems);
      const runs = await documents.assemble(documentItems2);
      return runs.map((run2) => viewOf(run2, latestOf.get(run2.runId) ?? [], marks));
    },
    updateRun: async (runId2, change) => {
      const home = homeOrThrow2(runId2);
      const marks = await marksOf(home.experimentId);
      const outcome = await documents.update(runDocumentKey(home, runId2), (run2) => {
        const seen = { ...run2, stage: stageOfRun(run2, marks), stageGeneration: marks.stageGeneration };
        const next = change(seen);
        return next === seen ? run2 : next;
      });
      if (!outcome || outcome === "taken") throw noRun(runId2);
      return outcome;
    }
  };
}
function partition(items) {
  const isLatest = (item) => parseRunSortKey(keyOf3(item).sk).kind === "latest";
  return { documentItems: items.filter((item) => !isLatest(item)), latestItems: items.filter(isLatest) };
}
function groupByRun(items) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const { runId: runId2 } = parseRunSortKey(keyOf3(item).sk);
    const group = groups.get(runId2);
    if (group) group.push(item);
    else groups.set(runId2, [item]);
  }
  return groups;
}
function homeOrThrow2(runId2) {
  const home = homeOfRun(runId2);
  if (!home) throw noRun(runId2);
  return home;
}
var noRun = (runId2) => doesNotExist(`Run with id=${runId2} not found`);

// functions/store/dynamo/secrets.ts
function createSecretVerbs(table, randomHex2) {
  return {
    getSecret: async (name) => {
      const known = (await table.get(secretKey(name)))?.secret?.S;
      if (known !== void 0) return known;
      const secret = randomHex2(64);
      try {
        await table.put(
          { ...keyItem(secretKey(name)), secret: { S: secret } },
          { expression: "attribute_not_exists(pk)" }
        );
        return secret;
      } catch (error) {
        const { item } = failedCondition(error);
        if (item?.secret?.S === void 0) throw error;
        return item.secret.S;
      }
    }
  };
}

// functions/store/dynamo/index.ts
function createDynamoStore(props) {
  const retry = createRetry(props.sleep, props.random);
  const table = openTable(props.client, props.tableName, retry);
  const platform = { table, retry, newWriteId: () => props.randomHex(16) };
  return translateErrors({
    ...createExperimentVerbs(platform, props.defaultExperiment),
    ...createRunVerbs(platform, props.randomHex),
    ...createMetricVerbs({ table, retry }, props.newSortableId),
    ...createDatasetVerbs(platform),
    ...createLoggedModelVerbs(platform, props),
    ...createSecretVerbs(table, props.randomHex)
  });
}
function translateErrors(store) {
  const translate = (verb) => {
    if (typeof verb !== "function") return verb;
    return (...args) => {
      const answer4 = verb(...args);
      if (!(answer4 instanceof Promise)) return answer4;
      return answer4.catch((error) => {
        throw toMlflowError(error);
      });
    };
  };
  return Object.fromEntries(Object.entries(store).map(([name, verb]) => [name, translate(verb)]));
}

// functions/entry/services.ts
var DEFAULT_EXPERIMENT_NAME = "Default";
var MAX_ATTEMPTS2 = 8;
function createServices(environment, connections = {}) {
  const { tableName, bucketName, artifactRoot } = environment;
  const dynamodb = new DynamoDBClient({ maxAttempts: MAX_ATTEMPTS2, ...connections.dynamodb });
  const s3 = new S3Client({
    maxAttempts: MAX_ATTEMPTS2,
    // With a stream the SDK would wrap the body in chunks to add a checksum at its end.
    requestChecksumCalculation: "WHEN_REQUIRED",
    ...connections.s3
  });
  const locationOf = (experimentId2) => appendToUriPath(artifactRoot, experimentId2);
  const defaultExperiment = { name: DEFAULT_EXPERIMENT_NAME, locationOf, tags: /* @__PURE__ */ new Map(), now: now() };
  const platform = { sleep, random, randomHex, newSortableId };
  const store = createDynamoStore({ client: dynamodb, tableName, ...platform, defaultExperiment });
  const pageSecret = once(() => store.getSecret("page-token"));
  return {
    store,
    artifacts: createS3ArtifactStore(s3, bucketName),
    tokens: createPageTokens(async (text3) => hmacSha256(await pageSecret(), text3)),
    clock: now,
    random,
    artifactRoot
  };
}
function once(ask) {
  let answer4;
  return () => {
    answer4 ??= ask().catch((error) => {
      answer4 = void 0;
      throw error;
    });
    return answer4;
  };
}

// functions/http/app.ts
import { Hono } from "hono";

// functions/http/decode.ts
var JSON_TYPE = "application/json";
async function decodeRequest(operation, request14, params) {
  const raw = request14.method === "GET" ? decodeQuery(operation, new URL(request14.url).searchParams) : decodeBody(request14, await request14.text());
  const isMessage = typeof raw === "object" && raw !== null && !Array.isArray(raw);
  return isMessage ? { ...raw, ...params } : raw;
}
function decodeQuery({ request: request14 }, query) {
  const present = Object.entries(request14.fields).filter(([name]) => query.has(name));
  return Object.fromEntries(
    present.map(([name, field]) => [name, isRepeated(field) ? query.getAll(name) : query.get(name)])
  );
}
function decodeBody(request14, body) {
  if (request14.method === "POST") checkContentType(request14.headers.get("content-type"));
  if (body.trim() === "") return {};
  const value = parseBody(body);
  const message2 = typeof value === "string" ? parseBody(value) : value;
  return message2 ?? {};
}
function parseBody(body) {
  try {
    return parseJson(body);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "not JSON";
    throw invalidParameter(`Invalid request body: it must be a JSON object. ${why}`, cause);
  }
}
function checkContentType(contentType) {
  if (contentType === null) throw invalidParameter("Bad Request. Content-Type header is missing.");
  if (contentType.split(";")[0]?.trim() !== JSON_TYPE) {
    throw invalidParameter(`Bad Request. Content-Type must be one of ['${JSON_TYPE}'].`);
  }
}

// functions/http/errors.ts
function errorResponse(error, report) {
  if (error instanceof MlflowError) {
    if (error.status >= 500) report(error.message, error.cause ?? error);
    return jsonError(error);
  }
  report("unexpected error", error);
  return jsonError(new MlflowError("INTERNAL_ERROR", "Internal error; the server log has the details."));
}
function jsonError(error) {
  const headers = { "content-type": "application/json" };
  if (error.code === "REQUEST_LIMIT_EXCEEDED" || error.code === "TEMPORARILY_UNAVAILABLE") headers["retry-after"] = "1";
  const body = JSON.stringify({ error_code: error.code, message: error.message });
  return new Response(body, { status: HTTP_STATUS_OF[error.code], headers });
}

// functions/http/app.ts
function createApp(operations2, services, report) {
  const app = new Hono();
  app.use(async (context, next) => {
    const collapsed = collapseSlashes(context.req.path);
    if (collapsed !== void 0) return context.redirect(collapsed + new URL(context.req.url).search, 308);
    await next();
    context.res.headers.set("x-content-type-options", "nosniff");
    context.res.headers.set("x-frame-options", "SAMEORIGIN");
    return void 0;
  });
  for (const operation of operations2) {
    for (const path of operation.paths)
      app.on(operation.method, path, (context) => answer(operation, context, services));
  }
  rejectOtherMethods(app, operations2);
  app.notFound((context) => errorResponse(noSuchEndpoint(context.req.path), report));
  app.onError((error) => errorResponse(error, report));
  return app;
}
function answer(operation, context, services) {
  return operation.kind === "json" ? answerJson(operation, context, services) : answerRaw(operation, context, services);
}
async function answerJson(operation, context, services) {
  const raw = await decodeRequest(operation, context.req.raw, context.req.param());
  const body = stringifyJson(await operation.respond(raw, services));
  return new Response(body, { headers: { "content-type": "application/json" } });
}
function answerRaw(operation, context, services) {
  const request14 = context.req.raw;
  return operation.respond(
    { request: request14, params: context.req.param(), query: new URL(request14.url).searchParams },
    services
  );
}
function collapseSlashes(path) {
  const isArtifact = path.includes("/mlflow-artifacts/artifacts/");
  return path.includes("//") && !isArtifact ? path.replace(/\/{2,}/g, "/") : void 0;
}
function rejectOtherMethods(app, operations2) {
  const methodsOf = /* @__PURE__ */ new Map();
  for (const { paths: paths2, method } of operations2) {
    for (const path of paths2) methodsOf.set(path, (methodsOf.get(path) ?? /* @__PURE__ */ new Set()).add(method));
  }
  for (const [path, methods] of methodsOf) {
    app.all(path, (context) => methodNotAllowed(context.req.method, [...methods]));
  }
}
function methodNotAllowed(method, allowed) {
  const message2 = `Method ${method} is not allowed here; use ${allowed.join(" or ")}.`;
  const body = JSON.stringify({ error_code: "METHOD_NOT_ALLOWED", message: message2 });
  return new Response(body, {
    status: 405,
    headers: { "content-type": "application/json", allow: allowed.join(", ") }
  });
}
var noSuchEndpoint = (path) => new MlflowError("ENDPOINT_NOT_FOUND", `No endpoint at ${path}.`);

// local/lock.ts
import { createHash as createHash2 } from "node:crypto";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
var MAX_SOCKET_PATH_BYTES = 100;
async function lockDataDir(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const path = socketPathOf(realpathSync(dataDir));
  const server = await tryListen(path) ?? await takeOver(path);
  if (!server) {
    throw new CommandError(
      `the data dir ${dataDir} is in use by another Tracklet server. Stop that one, or give another --data-dir.`,
      1
    );
  }
  server.unref();
  return { release: () => new Promise((resolve2) => server.close(() => resolve2())) };
}
function socketPathOf(dataDir) {
  const hash = createHash2("sha256").update(dataDir).digest("hex").slice(0, 32);
  if (process.platform === "win32") return `\\\\.\\pipe\\tracklet-${hash}`;
  const inside = join(dataDir, "lock.sock");
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES ? inside : join(tmpdir(), `tracklet-${hash}.sock`);
}
async function takeOver(path) {
  if (await isAnswered(path)) return void 0;
  rmSync(path, { force: true });
  return tryListen(path);
}
function tryListen(path) {
  return new Promise((resolve2, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => hasCode(error, "EADDRINUSE") ? resolve2(void 0) : reject(error));
    server.listen(path, () => resolve2(server));
  });
}
function isAnswered(path) {
  return new Promise((resolve2) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve2(true);
    });
    socket.once("error", () => resolve2(false));
  });
}
var hasCode = (error, code) => "code" in error && error.code === code;

// local/stores.ts
import { mkdtemp, rm as rm4 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import { join as join7 } from "node:path";
import { DynamoDBClient as DynamoDBClient2 } from "@aws-sdk/client-dynamodb";

// local/create-table.ts
import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceNotFoundException,
  waitUntilTableExists
} from "@aws-sdk/client-dynamodb";

// functions/store/dynamo/table-definition.ts
var TABLE_DEFINITION = {
  partitionKey: "pk",
  sortKey: "sk",
  timeToLive: "ttl"
};

// local/create-table.ts
var LONGEST_WAIT_SECONDS = 30;
async function createTable(client, tableName) {
  if (await hasTable(client, tableName)) return;
  const { partitionKey, sortKey } = TABLE_DEFINITION;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: "S" },
        { AttributeName: sortKey, AttributeType: "S" }
      ],
      KeySchema: [
        { AttributeName: partitionKey, KeyType: "HASH" },
        { AttributeName: sortKey, KeyType: "RANGE" }
      ]
    })
  );
  await waitUntilTableExists({ client, maxWaitTime: LONGEST_WAIT_SECONDS, minDelay: 1 }, { TableName: tableName });
}
async function hasTable(client, tableName) {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

// local/dynamodb/index.ts
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join as join3 } from "node:path";

// local/dynamodb/choose-engine.ts
var chooseEngine = ({ wanted, stored, dynoxide }) => {
  if (wanted) return choice2(wanted, dynoxide, `it was asked for${unusedData(wanted, stored)}`);
  if (stored) return choice2(stored, dynoxide, "it wrote the data folder");
  if (dynoxide.kind === "found") return choice2("dynoxide", dynoxide, "its binary runs here");
  return { engine: "dynalite", why: dynoxide.why };
};
var choice2 = (engine, dynoxide, why) => {
  if (engine === "dynalite") return { engine, why };
  if (dynoxide.kind === "found") return { engine, binary: dynoxide.binary, why };
  throw new Error(`The DynamoDB engine dynoxide is needed, because ${why}, but ${dynoxide.why}`);
};
var unusedData = (wanted, stored) => stored && stored !== wanted ? ` (the data that ${stored} wrote to this folder stays unused)` : "";

// local/dynamodb/dynoxide/find-dynoxide.ts
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join as join2 } from "node:path";
import { promisify } from "node:util";
var PACKAGE = "@dynoxide/linux-x64";
var findDynoxide = async () => {
  const binary = findBinary();
  if (!binary) return { kind: "missing", why: `the optional package ${PACKAGE} is not installed` };
  try {
    await promisify(execFile)("sh", ["-c", 'exec "$0" --version', binary], { timeout: 1e4 });
    return { kind: "found", binary };
  } catch (error) {
    return { kind: "missing", why: `the binary of ${PACKAGE} does not run here (${String(error).trim()})` };
  }
};
var findBinary = () => {
  try {
    return join2(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), "dynoxide");
  } catch {
    return void 0;
  }
};

// local/dynamodb/dynoxide/free-port.ts
import { once as once2 } from "node:events";
import { createServer as createServer2 } from "node:net";
var freePort = async () => {
  const server = createServer2().listen(0, "127.0.0.1");
  await once2(server, "listening");
  const address = server.address();
  server.close();
  await once2(server, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port");
  return address.port;
};

// local/dynamodb/dynoxide/guarded-process.ts
import { spawn } from "node:child_process";
import { once as once3 } from "node:events";
import { createInterface } from "node:readline";
var KILL_AFTER_MS = 5e3;
var KEPT_LINES = 20;
var GUARD = '(read -r _ <&3 || kill -KILL $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&-';
var GUARD_PIPE = 3;
var startGuarded = async (program, args) => {
  const child = spawn("sh", ["-c", GUARD, program, ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"]
  });
  await once3(child, "spawn");
  if (child.pid === void 0) throw new Error("A spawned process has an id");
  child.once("exit", () => dismissWatcher(child));
  const lines = readLines(child);
  const ended = endOf(child, program, lines);
  return {
    pid: child.pid,
    ended,
    printed: (text3) => Promise.race([lines.find(text3), ended.then(() => false)]),
    stop: () => stop(child, ended)
  };
};
var readLines = (child) => {
  const last = [];
  const listeners = /* @__PURE__ */ new Set();
  const add = (line) => {
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", add);
  }
  const find = (text3) => new Promise((resolve2) => {
    const check = () => {
      if (!last.some((line) => line.includes(text3))) return;
      listeners.delete(check);
      resolve2(true);
    };
    listeners.add(check);
    check();
  });
  return { last, find };
};
var endOf = (child, program, lines) => new Promise((resolve2) => {
  child.once("close", (code, signal) => {
    resolve2(new Error([`${program} ended (${signal ?? `exit code ${code}`})`, ...lines.last].join("\n")));
  });
});
var dismissWatcher = (child) => {
  const pipe = child.stdio[GUARD_PIPE];
  if (!pipe || !("end" in pipe)) throw new Error("The guard has a pipe");
  pipe.on("error", () => void 0);
  pipe.end("over\n", () => pipe.destroy());
};
var stop = async (child, ended) => {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
  await ended;
  clearTimeout(timer);
};

// local/dynamodb/dynoxide/start-dynoxide.ts
var PORTS_TO_TRY = 5;
var READY = "listening on";
var PORT_TAKEN = "already in use";
var startDynoxide = async (binary, { path, log: log2 }) => {
  for (let attempt2 = 1; ; attempt2 += 1) {
    const port = await freePort();
    const process2 = await startGuarded(binary, serveArgs(port, path));
    if (await process2.printed(READY)) return running(process2, port);
    const error = await process2.ended;
    if (attempt2 === PORTS_TO_TRY || !error.message.includes(PORT_TAKEN)) throw error;
    log2(`Port ${port} was taken meanwhile; trying another`);
  }
};
var serveArgs = (port, path) => {
  const args = ["serve", "--host", "127.0.0.1", "--port", String(port)];
  return path ? [...args, "--db-path", path] : args;
};
var running = (process2, port) => {
  let stopping;
  const exited = new Promise((resolve2) => {
    void process2.ended.then((error) => {
      if (!stopping) resolve2(error);
    });
  });
  const stop2 = () => {
    stopping ??= process2.stop();
    return stopping;
  };
  return { endpoint: `http://127.0.0.1:${port}`, pid: process2.pid, exited, stop: stop2 };
};

// local/dynamodb/index.ts
var startDynamoDb = async ({ dataDir, engine, log: log2 }) => {
  const choice3 = chooseEngine({ wanted: engine, stored: findStored(dataDir), dynoxide: await findDynoxide() });
  log2(`DynamoDB is ${choice3.engine}, because ${choice3.why}`);
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const running2 = await start(choice3, { path: pathOf2(dataDir, choice3.engine), log: log2 });
  return { engine: choice3.engine, ...running2 };
};
var start = async (choice3, options) => {
  if (choice3.engine === "dynoxide") return startDynoxide(choice3.binary, options);
  const { startDynalite: startDynalite2 } = await Promise.resolve().then(() => (init_start_dynalite(), start_dynalite_exports));
  return startDynalite2(options);
};
var FILE_OF = { dynoxide: "dynoxide.db", dynalite: "dynalite" };
var pathOf2 = (dataDir, engine) => dataDir && join3(dataDir, FILE_OF[engine]);
var findStored = (dataDir) => {
  const holds = (engine) => existsSync(pathOf2(dataDir, engine) ?? "");
  if (holds("dynoxide")) return "dynoxide";
  return holds("dynalite") ? "dynalite" : void 0;
};

// local/s3/index.ts
import { randomBytes as randomBytes2 } from "node:crypto";
import { resolve } from "node:path";

// local/s3/disk/object-store.ts
import { mkdir as mkdir3, readdir as readdir2 } from "node:fs/promises";
import { join as join6 } from "node:path";

// local/s3/s3-error.ts
var STATUS_OF_S3_ERROR = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InsufficientStorage: 507,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedTrailerError: 400,
  MalformedXML: 400,
  MaxMessageLengthExceeded: 400,
  MetadataTooLarge: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  NotModified: 304,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400
};
var S3Error = class extends Error {
  code;
  headers;
  constructor(code, message2, options = {}) {
    super(message2, { cause: options.cause });
    this.name = "S3Error";
    this.code = code;
    this.headers = options.headers ?? {};
  }
  get status() {
    return STATUS_OF_S3_ERROR[this.code];
  }
};
var noSuchBucket = () => new S3Error("NoSuchBucket", "The specified bucket does not exist");
var noSuchKey = () => new S3Error("NoSuchKey", "The specified key does not exist.");
var noSuchUpload = () => new S3Error(
  "NoSuchUpload",
  "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed."
);
var preconditionFailed = (condition) => new S3Error("PreconditionFailed", `At least one of the pre-conditions you specified did not hold: ${condition}`);

// local/s3/disk/blob-store.ts
import { createReadStream } from "node:fs";
import { constants, copyFile, link, mkdir as mkdir2, open as open2, readdir, rename, rm, unlink } from "node:fs/promises";
import { join as join4 } from "node:path";

// local/s3/disk/write-fully.ts
var writeFully = async (file, bytes) => {
  let written = 0;
  while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
  return written;
};

// local/s3/disk/blob-store.ts
var READ_BYTES = 256 * 1024;
var BLOB_ID = /^[0-9a-f]{32}$/;
var sectionsOf = function* (blobs, span) {
  let start2 = 0;
  for (const blob of blobs) {
    const first = Math.max(span.first - start2, 0);
    const last = Math.min(span.last - start2, blob.sizeBytes - 1);
    if (first <= last) yield { blob, span: { first, last } };
    start2 += blob.sizeBytes;
  }
};
var BlobStore = class _BlobStore {
  #rootDir;
  #newId;
  #folders = /* @__PURE__ */ new Set();
  #readers = /* @__PURE__ */ new Map();
  #doomed = /* @__PURE__ */ new Set();
  #removals = /* @__PURE__ */ new Set();
  constructor(rootDir, newId) {
    this.#rootDir = rootDir;
    this.#newId = newId;
  }
  /** Opens the folder and throws away what unfinished writes left. `newId` gives 32 hex digits that never repeat. */
  static async open(rootDir, newId) {
    await rm(join4(rootDir, "incoming"), { recursive: true, force: true });
    await mkdir2(join4(rootDir, "incoming"), { recursive: true });
    await mkdir2(join4(rootDir, "blobs"), { recursive: true });
    return new _BlobStore(rootDir, newId);
  }
  /** Stores a stream; after an error nothing of it stays. */
  async write(chunks) {
    const id = this.#newId();
    const draft = this.#draftOf(id);
    const file = await open2(draft, "wx");
    try {
      const sizeBytes = await this.#fill(file, chunks);
      await this.#publish(file, id);
      return { id, sizeBytes };
    } catch (error) {
      await rm(draft, { force: true });
      this.#remove(id);
      throw error;
    } finally {
      await file.close();
    }
  }
  /** A second name for the same bytes, without copying them where the file system has hard links. */
  async duplicate(blob) {
    const id = this.#newId();
    await this.#ensureFolder(id);
    const [from, to] = [this.#pathOf(blob.id), this.#pathOf(id)];
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
    const file = await open2(to, "r+");
    await file.sync().finally(() => file.close());
    return { id, sizeBytes: blob.sizeBytes };
  }
  /** Keeps the blobs readable, even if they are discarded meanwhile, until the returned function is called (once). */
  lease(blobs) {
    for (const { id } of blobs) this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    return () => {
      for (const { id } of blobs) this.#release(id);
    };
  }
  /** The bytes of a span of the blobs laid end to end; fails when a file is missing or short. */
  async *read(blobs, span) {
    for (const section of sectionsOf(blobs, span)) yield* this.#readSection(section);
  }
  /** Removes blobs that nothing refers to; one that cannot be removed now is swept at the next start. */
  discard(blobs) {
    for (const { id } of blobs) {
      if (this.#readers.has(id)) this.#doomed.add(id);
      else this.#remove(id);
    }
  }
  /** Removes every blob that is not referred to: written, but never acknowledged. */
  async sweep(referred) {
    for (const folder of await readdir(join4(this.#rootDir, "blobs"))) {
      const names = await readdir(join4(this.#rootDir, "blobs", folder));
      for (const id of names) {
        if (BLOB_ID.test(id) && !referred.has(id)) this.#remove(id);
      }
    }
    await this.settled();
  }
  /** Waits for removals under way. */
  async settled() {
    await Promise.all(this.#removals);
  }
  #pathOf(id) {
    return join4(this.#rootDir, "blobs", id.slice(0, 2), id);
  }
  #draftOf(id) {
    return join4(this.#rootDir, "incoming", id);
  }
  async #ensureFolder(id) {
    const folder = id.slice(0, 2);
    if (this.#folders.has(folder)) return;
    await mkdir2(join4(this.#rootDir, "blobs", folder), { recursive: true });
    this.#folders.add(folder);
  }
  async #fill(file, chunks) {
    let sizeBytes = 0;
    for await (const chunk2 of chunks) sizeBytes += await writeFully(file, chunk2);
    return sizeBytes;
  }
  async #publish(file, id) {
    await this.#ensureFolder(id);
    await rename(this.#draftOf(id), this.#pathOf(id));
    await file.sync();
  }
  async *#readSection({ blob, span }) {
    const { first, last } = span;
    let left = last - first + 1;
    for await (const chunk2 of createReadStream(this.#pathOf(blob.id), {
      start: first,
      end: last,
      highWaterMark: READ_BYTES
    })) {
      left -= chunk2.length;
      yield chunk2;
    }
    if (left > 0) throw new Error(`blob ${blob.id} is ${left} bytes short of ${blob.sizeBytes}`);
  }
  #release(id) {
    const left = (this.#readers.get(id) ?? 1) - 1;
    if (left > 0) {
      this.#readers.set(id, left);
      return;
    }
    this.#readers.delete(id);
    if (this.#doomed.delete(id)) this.#remove(id);
  }
  #remove(id) {
    const removal = unlink(this.#pathOf(id)).catch(() => void 0).finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }
};

// local/s3/disk/folder-lock.ts
import { link as link2, readFile, rm as rm2, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join as join5 } from "node:path";
var SAME_BOOT_MS = 6e4;
var heldHere = /* @__PURE__ */ new Set();
var parseOwner = (text3) => {
  const [pid, bootedMs] = text3.split(" ").map(Number);
  return Number.isInteger(pid) && pid !== void 0 && bootedMs !== void 0 ? { pid, bootedMs } : void 0;
};
var isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};
var isAlive = (owner, path, bootedMs) => {
  if (owner.pid === process.pid) return heldHere.has(path);
  return Math.abs(owner.bootedMs - bootedMs) < SAME_BOOT_MS && isRunning(owner.pid);
};
var tryCreate = async (path, text3) => {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text3);
  try {
    await link2(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm2(draft, { force: true });
  }
};
var lockFolder = async (rootDir, nowMs) => {
  const path = join5(rootDir, "lock");
  const bootedMs = nowMs - uptime() * 1e3;
  const text3 = `${process.pid} ${Math.round(bootedMs)}
`;
  if (!await tryCreate(path, text3)) {
    const owner = parseOwner(await readFile(path, "utf8").catch(() => ""));
    if (owner !== void 0 && isAlive(owner, path, bootedMs)) {
      throw new Error(
        `${rootDir} is in use by process ${owner.pid}; stop it first (if it is no Tracklet, remove ${path})`
      );
    }
    await rm2(path, { force: true });
    if (!await tryCreate(path, text3)) throw new Error(`${rootDir} was taken by another process just now`);
  }
  heldHere.add(path);
  return async () => {
    heldHere.delete(path);
    await rm2(path, { force: true });
  };
};

// local/s3/disk/journal.ts
import { createReadStream as createReadStream2 } from "node:fs";
import { copyFile as copyFile2, open as open3, rename as rename2, rm as rm3 } from "node:fs/promises";
import { crc32 } from "node:zlib";
var FORMAT = { format: "tracklet-s3", version: 1 };
var REWRITE_BYTES = 1024 * 1024;
var LF = 10;
var encodeLine = (value) => {
  const json2 = JSON.stringify(value);
  return `${crc32(json2).toString(16).padStart(8, "0")} ${json2}
`;
};
var decodeLine = (line) => {
  const json2 = line.subarray(9);
  if (line.toString("latin1", 0, 8) !== crc32(json2).toString(16).padStart(8, "0")) return void 0;
  return { value: JSON.parse(json2.toString("utf8")) };
};
async function* readLines2(path) {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream2(path, { highWaterMark: REWRITE_BYTES })) {
    const bytes = Buffer.concat([rest, piece]);
    let start2 = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start2)) {
      yield bytes.subarray(start2, end);
      start2 = end + 1;
    }
    rest = bytes.subarray(start2);
  }
}
var checkFormat = (value, path) => {
  if (JSON.stringify(value) === JSON.stringify(FORMAT)) return;
  throw new Error(
    `${path} was written by another version of Tracklet (${JSON.stringify(value)}); this one reads ${JSON.stringify(FORMAT)}`
  );
};
var scan = async (path, onEntry) => {
  const result = { goodBytes: 0, lines: 0, isDamaged: false };
  let position = 0;
  for await (const line of readLines2(path)) {
    const decoded = decodeLine(line);
    const start2 = position;
    position += line.length + 1;
    if (decoded === void 0) continue;
    if (start2 === 0) checkFormat(decoded.value, path);
    else onEntry(decoded.value);
    if (start2 !== result.goodBytes) result.isDamaged = true;
    result.goodBytes = position;
    result.lines += 1;
  }
  return result;
};
var Journal = class _Journal {
  #path;
  #file;
  #goodBytes;
  #lines;
  #isDamaged;
  constructor(path, file, scanned) {
    this.#path = path;
    this.#file = file;
    this.#goodBytes = scanned.goodBytes;
    this.#lines = scanned.lines;
    this.#isDamaged = scanned.isDamaged;
  }
  /** Opens or starts the file, hands every entry on, cuts a torn tail off, and keeps a copy of a damaged file. */
  static async open(path, onEntry) {
    const file = await open3(path, "a");
    const scanned = await scan(path, onEntry);
    if (scanned.isDamaged) {
      const copy = `${path}.${scanned.goodBytes}.damaged`;
      await copyFile2(path, copy);
      process.emitWarning(
        `${path} has unreadable lines; what they said is lost. A copy is kept as ${copy}, unreferenced files are kept too.`
      );
    }
    await file.truncate(scanned.goodBytes);
    const journal = new _Journal(path, file, scanned);
    if (scanned.goodBytes === 0) await journal.#write(encodeLine(FORMAT), 1);
    return journal;
  }
  /** Lines in the file, dead ones too. */
  get lines() {
    return this.#lines;
  }
  /** Lines in the middle could not be read; true until the file is rewritten. */
  get isDamaged() {
    return this.#isDamaged;
  }
  /** Adds the entries, in order; after an error none of them counts, once `reread` was called. */
  async append(entries) {
    await this.#write(entries.map(encodeLine).join(""), entries.length);
  }
  /** After a failed append: takes back what was half written and hands every entry that holds on again. */
  async reread(onEntry) {
    await this.#file.truncate(this.#goodBytes);
    await scan(this.#path, onEntry);
  }
  /** Replaces the whole file by these entries, atomically; after an error the file is as it was. */
  async rewrite(entries) {
    const draft = `${this.#path}.new`;
    await rm3(draft, { force: true });
    const file = await open3(draft, "a");
    try {
      const scanned = await writeEntries(file, entries);
      await file.sync();
      await rename2(draft, this.#path);
      const replaced = this.#file;
      this.#file = file;
      [this.#goodBytes, this.#lines, this.#isDamaged] = [scanned.goodBytes, scanned.lines, false];
      await replaced.close();
    } catch (error) {
      if (this.#file !== file) await file.close();
      throw error;
    }
    await file.sync();
  }
  async close() {
    await this.#file.close();
  }
  async #write(text3, lines) {
    const bytes = Buffer.from(text3);
    await writeFully(this.#file, bytes);
    await this.#file.datasync();
    this.#goodBytes += bytes.length;
    this.#lines += lines;
  }
};
var writeEntries = async (file, entries) => {
  const written = { goodBytes: 0, lines: 1, isDamaged: false };
  let pending = encodeLine(FORMAT);
  const flush = async () => {
    written.goodBytes += await writeFully(file, Buffer.from(pending));
    pending = "";
  };
  for (const entry of entries) {
    pending += encodeLine(entry);
    written.lines += 1;
    if (pending.length >= REWRITE_BYTES) await flush();
  }
  await flush();
  return written;
};

// local/s3/disk/byte-order.ts
var toByteOrder = (key) => Buffer.from(key, "utf8").toString("latin1");
var fromByteOrder = (bytes) => Buffer.from(bytes, "latin1").toString("utf8");
var afterPrefix = (prefix) => `${prefix}\uFFFF`;

// local/s3/disk/key-map.ts
var search = (sorted, isBefore) => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = low + high >>> 1;
    if (isBefore(sorted[middle] ?? "")) low = middle + 1;
    else high = middle;
  }
  return low;
};
var lowerBound = (sorted, bound) => search(sorted, (key) => key < bound);
var upperBound = (sorted, bound) => search(sorted, (key) => key <= bound);
var KeyMap = class {
  #values = /* @__PURE__ */ new Map();
  #sorted;
  get size() {
    return this.#values.size;
  }
  get(key) {
    return this.#values.get(toByteOrder(key));
  }
  /** By a key that is in byte order already. */
  getByBytes(bytes) {
    return this.#values.get(bytes);
  }
  set(key, value) {
    const bytes = toByteOrder(key);
    const isNew = !this.#values.has(bytes);
    this.#values.set(bytes, value);
    if (isNew) this.#sorted?.splice(lowerBound(this.#sorted, bytes), 0, bytes);
  }
  delete(key) {
    const bytes = toByteOrder(key);
    if (this.#values.delete(bytes)) this.#sorted?.splice(lowerBound(this.#sorted, bytes), 1);
  }
  values() {
    return this.#values.values();
  }
  /** All keys, in byte order. */
  sortedBytes() {
    this.#sorted ??= [...this.#values.keys()].sort();
    return this.#sorted;
  }
};

// local/s3/disk/state.ts
var blobsOfUpload = (upload) => upload === void 0 ? [] : [...upload.parts.values()].map((part) => part.blob);
var put = (bucket, object2) => {
  const replaced = bucket.objects.get(object2.key);
  bucket.objects.set(object2.key, object2);
  if (object2.uploadId === void 0) return replaced?.blobs ?? [];
  const upload = bucket.uploads.get(object2.uploadId);
  bucket.uploads.delete(object2.uploadId);
  const kept = new Set(object2.blobs.map((blob) => blob.id));
  return [...replaced?.blobs ?? [], ...blobsOfUpload(upload)].filter((blob) => !kept.has(blob.id));
};
var remove = (bucket, key) => {
  const removed = bucket.objects.get(key);
  bucket.objects.delete(key);
  return removed?.blobs ?? [];
};
var putPart = (upload, part) => {
  const replaced = upload?.parts.get(part.partNumber);
  upload?.parts.set(part.partNumber, part);
  return replaced === void 0 ? [] : [replaced.blob];
};
var endUpload = (bucket, uploadId) => {
  const ended = bucket.uploads.get(uploadId);
  bucket.uploads.delete(uploadId);
  return blobsOfUpload(ended);
};
var blobsOfBucket = function* (bucket) {
  for (const object2 of bucket.objects.values()) yield* object2.blobs;
  for (const upload of bucket.uploads.values()) yield* blobsOfUpload(upload);
};
var changeBucket = (bucket, change) => {
  switch (change.kind) {
    case "put":
      return put(bucket, change.object);
    case "delete":
      return remove(bucket, change.key);
    case "start-upload":
      bucket.uploads.set(change.upload.id, { ...change.upload, parts: /* @__PURE__ */ new Map() });
      return [];
    case "put-part":
      return putPart(bucket.uploads.get(change.uploadId), change.part);
    case "end-upload":
      return endUpload(bucket, change.uploadId);
    default:
      return [];
  }
};
var applyChange = (state, change) => {
  const name = change.bucket;
  if (change.kind === "create-bucket") {
    state.set(name, { name, createdMs: change.createdMs, objects: new KeyMap(), uploads: /* @__PURE__ */ new Map() });
    return [];
  }
  const bucket = state.get(name);
  if (bucket === void 0) return [];
  if (change.kind !== "delete-bucket") return changeBucket(bucket, change);
  state.delete(name);
  return [...blobsOfBucket(bucket)];
};
var blobsOfState = function* (state) {
  for (const bucket of state.values()) yield* blobsOfBucket(bucket);
};
var changesOfState = function* (state) {
  for (const { name, createdMs, objects, uploads } of state.values()) {
    yield { kind: "create-bucket", bucket: name, createdMs };
    for (const object2 of objects.values()) yield { kind: "put", bucket: name, object: object2 };
    for (const { parts, ...upload } of uploads.values()) {
      yield { kind: "start-upload", bucket: name, upload };
      for (const part of parts.values()) yield { kind: "put-part", bucket: name, uploadId: upload.id, part };
    }
  }
};
var countChanges = (state) => {
  let count = 0;
  for (const { objects, uploads } of state.values()) {
    count += 1 + objects.size;
    for (const upload of uploads.values()) count += 1 + upload.parts.size;
  }
  return count;
};

// local/s3/disk/object-store.ts
var MIN_DEAD_LINES = 1e4;
var replay2 = (state, entry) => {
  for (const change of entry) applyChange(state, change);
};
var ObjectStore = class _ObjectStore {
  blobs;
  #journal;
  #release;
  #queue = [];
  #state;
  #committing;
  #failure;
  #deadLinesAllowed = MIN_DEAD_LINES;
  constructor(blobs, journal, state, release) {
    this.blobs = blobs;
    this.#journal = journal;
    this.#state = state;
    this.#release = release;
  }
  /** Opens the folder (made if absent), takes its lock, and clears away what unfinished writes left. */
  static async open({ rootDir, now: now2, newId }) {
    await mkdir3(rootDir, { recursive: true });
    const release = await lockFolder(rootDir, now2());
    try {
      const state = /* @__PURE__ */ new Map();
      const journal = await Journal.open(join6(rootDir, "journal"), (entry) => replay2(state, entry));
      const blobs = await BlobStore.open(rootDir, newId);
      const wasDamaged = (await readdir2(rootDir)).some((name) => name.endsWith(".damaged"));
      if (!wasDamaged) await blobs.sweep(new Set(Array.from(blobsOfState(state), (blob) => blob.id)));
      const store = new _ObjectStore(blobs, journal, state, release);
      await store.#compact();
      return store;
    } catch (error) {
      await release();
      throw error;
    }
  }
  /** The buckets, as of the last change. */
  get buckets() {
    return this.#state;
  }
  /** The bucket of that name; 404 NoSuchBucket. */
  bucket(name) {
    const bucket = this.#state.get(name);
    if (bucket === void 0) throw noSuchBucket();
    return bucket;
  }
  /**
   * Decides on the state as it is at that moment and makes all the changes durable together. What `decide` throws rejects, and nothing
   * changed. Commits that wait at the same time share one disk write.
   */
  commit(decide) {
    return new Promise((resolve2, reject) => {
      this.#queue.push({ decide, resolve: resolve2, reject });
      this.#committing ??= this.#commitAll();
    });
  }
  /** Waits for the commits under way, closes the files and gives the folder free. */
  async close() {
    while (this.#committing !== void 0) await this.#committing;
    await this.blobs.settled();
    await this.#journal.close();
    await this.#release();
  }
  async #commitAll() {
    while (this.#queue.length > 0) {
      await this.#commitBatch(this.#queue.splice(0));
      await this.#compact();
    }
    this.#committing = void 0;
  }
  async #commitBatch(batch) {
    const accepted = [];
    const entries = [];
    const freed = [];
    for (const waiting of batch) {
      try {
        const changes = this.#decide(waiting.decide);
        for (const change of changes) freed.push(...applyChange(this.#state, change));
        if (changes.length > 0) entries.push(changes);
        accepted.push(waiting);
      } catch (error) {
        waiting.reject(error);
      }
    }
    try {
      if (entries.length > 0) await this.#journal.append(entries);
    } catch (error) {
      await this.#takeBack(error);
      for (const { reject } of accepted) reject(error);
      return;
    }
    for (const { resolve: resolve2 } of accepted) resolve2();
    this.blobs.discard(freed);
  }
  #decide(decide) {
    if (this.#failure === void 0) return decide(this.#state);
    throw new S3Error(
      "InternalError",
      "The store could not write its journal and is read-only until it is started again.",
      {
        cause: this.#failure
      }
    );
  }
  /** A full disk, mostly: memory goes back to what the journal holds. */
  async #takeBack(cause) {
    try {
      const state = /* @__PURE__ */ new Map();
      await this.#journal.reread((entry) => replay2(state, entry));
      this.#state = state;
    } catch {
      this.#failure = cause;
    }
  }
  async #compact() {
    const { isDamaged, lines } = this.#journal;
    if (!isDamaged && lines <= this.#deadLinesAllowed + 2 * countChanges(this.#state)) return;
    const steps = changesOfState(this.#state);
    try {
      await this.#journal.rewrite(
        (function* () {
          for (const change of steps) yield [change];
        })()
      );
      this.#deadLinesAllowed = MIN_DEAD_LINES;
    } catch (error) {
      this.#deadLinesAllowed = lines + MIN_DEAD_LINES;
      process.emitWarning(`the journal could not be shortened: ${String(error)}`);
    }
  }
};

// local/s3/http-server.ts
import { createServer as createServer4 } from "node:http";

// local/s3/auth/amz-date.ts
var AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
var parseAmzDate = (text3) => {
  if (!AMZ_DATE.test(text3)) return void 0;
  const ms = Date.parse(text3.replace(AMZ_DATE, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(ms) ? void 0 : ms;
};

// local/s3/auth/claims.ts
var ALGORITHM = "AWS4-HMAC-SHA256";
var MAX_EXPIRES_SECONDS = 7 * 24 * 3600;
var malformedHeader = (message2) => new S3Error("AuthorizationHeaderMalformed", message2);
var malformedQuery = (message2) => new S3Error("AuthorizationQueryParametersError", message2);
var parseCredential = (text3, refuse) => {
  const parts = text3.split("/");
  const [terminator, service, region, day] = [parts.pop(), parts.pop(), parts.pop(), parts.pop()];
  const isWhole = terminator !== void 0 && service !== void 0 && region !== void 0 && day !== void 0;
  if (!isWhole || parts.length === 0) {
    throw refuse(
      `Error parsing the Credential; the value must be of the form "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request", got "${text3}"`
    );
  }
  return { accessKeyId: parts.join("/"), day, region, service, terminator };
};
var parseSignedHeaders = (text3) => text3.toLowerCase().split(";");
var claimsOfHeader = (request14, authorization) => {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error(
      "InvalidRequest",
      `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`
    );
  }
  const fields = new Map(
    authorization.slice(ALGORITHM.length).split(",").map((field) => {
      const mark = field.indexOf("=");
      return [field.slice(0, mark).trim(), field.slice(mark + 1).trim()];
    })
  );
  const [credential, signedHeaders, signature] = ["Credential", "SignedHeaders", "Signature"].map((f) => fields.get(f));
  if (credential === void 0 || signedHeaders === void 0 || signature === void 0) {
    throw malformedHeader("The authorization header is malformed; it needs Credential, SignedHeaders and Signature.");
  }
  const amzDate = request14.headers["x-amz-date"] ?? "";
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === void 0) {
    throw new S3Error("AccessDenied", "AWS authentication requires a valid x-amz-date header");
  }
  const payloadHash = request14.headers["x-amz-content-sha256"];
  if (payloadHash === void 0) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }
  return {
    credential: parseCredential(credential, malformedHeader),
    signedHeaders: parseSignedHeaders(signedHeaders),
    signature,
    amzDate,
    signedAtMs,
    payloadHash
  };
};
var claimsOfQuery = (request14) => {
  const need = (name) => {
    const value = request14.query.get(name);
    if (value === null) {
      throw malformedQuery(
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."
      );
    }
    return value;
  };
  if (need("X-Amz-Algorithm") !== ALGORITHM) throw malformedQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const amzDate = need("X-Amz-Date");
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === void 0)
    throw malformedQuery(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  const expires = need("X-Amz-Expires");
  if (!/^\d{1,9}$/.test(expires)) throw malformedQuery("X-Amz-Expires should be a number");
  const expiresSeconds = Number(expires);
  if (expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw malformedQuery(
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
    );
  }
  return {
    credential: parseCredential(need("X-Amz-Credential"), malformedQuery),
    signedHeaders: parseSignedHeaders(need("X-Amz-SignedHeaders")),
    signature: need("X-Amz-Signature"),
    amzDate,
    signedAtMs,
    payloadHash: request14.headers["x-amz-content-sha256"] ?? request14.query.get("X-Amz-Content-Sha256") ?? "UNSIGNED-PAYLOAD",
    expiresSeconds
  };
};
var readClaims = (request14) => {
  const { authorization } = request14.headers;
  if (authorization !== void 0 && request14.isPresigned) {
    throw new S3Error(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"
    );
  }
  if (authorization !== void 0) return claimsOfHeader(request14, authorization);
  if (request14.isPresigned) return claimsOfQuery(request14);
  throw new S3Error("AccessDenied", "Access Denied");
};

// local/s3/auth/payload-mode.ts
var payloadModeOf = (payloadHash, signing) => {
  switch (payloadHash) {
    case "UNSIGNED-PAYLOAD":
      return { kind: "unsigned" };
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return { kind: "chunked" };
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return { kind: "chunked", signing };
  }
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) return { kind: "sha256", hex: payloadHash.toLowerCase() };
  throw new S3Error(
    "InvalidArgument",
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value."
  );
};

// local/s3/auth/signature.ts
import { createHash as createHash4, createHmac as createHmac2, timingSafeEqual } from "node:crypto";

// local/s3/wire/uri-encode.ts
var percent = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
var uriEncode = (text3) => encodeURIComponent(text3).replace(/[!'()*]/g, percent);
var uriEncodePath = (text3) => uriEncode(text3).replaceAll("%2F", "/");

// local/s3/auth/signature.ts
var hmac = (key, text3) => createHmac2("sha256", key).update(text3).digest();
var sha256Hex = (text3) => createHash4("sha256").update(text3).digest("hex");
var hmacHex = (key, text3) => hmac(key, text3).toString("hex");
var deriveSigningKey = (secretAccessKey, credential) => {
  const dayKey = hmac(`AWS4${secretAccessKey}`, credential.day);
  return hmac(hmac(hmac(dayKey, credential.region), credential.service), credential.terminator);
};
var scopeOf = ({ day, region, service, terminator }) => `${day}/${region}/${service}/${terminator}`;
var compare = (a, b) => a < b ? -1 : Number(a > b);
var canonicalQuery = (query) => [...query].filter(([name]) => name !== "X-Amz-Signature").map(([name, value]) => [uriEncode(name), uriEncode(value)]).sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue)).map(([name, value]) => `${name}=${value}`).join("&");
var canonicalRequest = (request14, claims) => {
  const headers = claims.signedHeaders.map((name) => {
    const value = request14.headers[name] ?? "";
    return `${name}:${value.trim().replace(/ +/g, " ")}
`;
  });
  return [
    request14.method,
    uriEncodePath(request14.path),
    canonicalQuery(request14.query),
    headers.join(""),
    claims.signedHeaders.join(";"),
    claims.payloadHash
  ].join("\n");
};
var expectedSignature = (request14, claims, signingKey) => hmacHex(
  signingKey,
  ["AWS4-HMAC-SHA256", claims.amzDate, scopeOf(claims.credential), sha256Hex(canonicalRequest(request14, claims))].join(
    "\n"
  )
);
var isSameSignature = (expected, given) => {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
};

// local/s3/auth/authenticate.ts
var MAX_SKEW_MS = 15 * 60 * 1e3;
var checkScope = (credential, amzDate, policy) => {
  const refuse = (message2) => new S3Error("AuthorizationHeaderMalformed", `The authorization header is malformed; ${message2}`);
  if (credential.region !== policy.region) {
    throw refuse(`the region '${credential.region}' is wrong; expecting '${policy.region}'`);
  }
  if (credential.service !== "s3")
    throw refuse(`incorrect service "${credential.service}". This endpoint belongs to "s3".`);
  if (credential.terminator !== "aws4_request")
    throw refuse(`incorrect terminal "${credential.terminator}". This endpoint uses "aws4_request".`);
  if (credential.day !== amzDate.slice(0, 8))
    throw refuse(`Invalid credential date "${credential.day}". This date is not the same as X-Amz-Date.`);
};
var checkTime = (claims, nowMs) => {
  if (claims.expiresSeconds === void 0) {
    if (Math.abs(nowMs - claims.signedAtMs) <= MAX_SKEW_MS) return;
    throw new S3Error(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large."
    );
  }
  if (claims.signedAtMs > nowMs + MAX_SKEW_MS) throw new S3Error("AccessDenied", "Request is not yet valid");
  if (nowMs > claims.signedAtMs + claims.expiresSeconds * 1e3)
    throw new S3Error("AccessDenied", "Request has expired");
};
var checkSignedHeaders = (request14, claims) => {
  const mustBeSigned = (name) => name === "host" || name.startsWith("x-amz-");
  const unsigned = Object.keys(request14.headers).filter(
    (name) => mustBeSigned(name) && !claims.signedHeaders.includes(name)
  );
  if (unsigned.length === 0) return;
  throw new S3Error(
    "AccessDenied",
    `There were headers present in the request which were not signed: ${unsigned.join(", ")}`
  );
};
var authenticate = (request14, policy) => {
  const claims = readClaims(request14);
  if (!isSameSignature(policy.credentials.accessKeyId, claims.credential.accessKeyId)) {
    throw new S3Error("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
  }
  checkScope(claims.credential, claims.amzDate, policy);
  checkTime(claims, policy.now());
  checkSignedHeaders(request14, claims);
  const signingKey = deriveSigningKey(policy.credentials.secretAccessKey, claims.credential);
  if (!isSameSignature(expectedSignature(request14, claims, signingKey), claims.signature)) {
    throw new S3Error(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method."
    );
  }
  const { amzDate, credential, payloadHash, signature } = claims;
  return payloadModeOf(payloadHash, { signingKey, seedSignature: signature, amzDate, scope: scopeOf(credential) });
};

// local/s3/s3-reply.ts
var xmlReply = (xml, headers = {}) => ({
  status: 200,
  headers: { ...headers, "content-type": "application/xml" },
  body: xml
});
var emptyReply = (status, headers = {}) => ({
  status,
  headers
});

// local/s3/cors.ts
var EXPOSED = [
  "ETag",
  "Accept-Ranges",
  "Content-Range",
  "Content-Length",
  "Content-Encoding",
  "Content-Disposition",
  "Last-Modified",
  "x-amz-request-id",
  "x-amz-mp-parts-count",
  "x-amz-checksum-crc32",
  "x-amz-checksum-crc32c",
  "x-amz-checksum-crc64nvme",
  "x-amz-checksum-sha1",
  "x-amz-checksum-sha256"
].join(", ");
var corsHeaders = ({ origin }) => origin === void 0 ? {} : { "access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED };
var preflightReply = (headers) => emptyReply(200, {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD, PUT, POST, DELETE",
  "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
  "access-control-expose-headers": EXPOSED,
  "access-control-max-age": "3000",
  vary: "Access-Control-Request-Headers"
});

// local/s3/wire/write-xml.ts
var ENTITY_OF = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;"
};
var escapeXml = (text3) => text3.replace(/[&<>"'\p{Cc}\ufffe\uffff]/gu, (c) => ENTITY_OF[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
var textElement = (name, value) => value === void 0 ? "" : `<${name}>${escapeXml(String(value))}</${name}>`;
var element = (name, ...children) => `<${name}>${children.join("")}</${name}>`;
var xmlDocument = (name, ...children) => `<?xml version="1.0" encoding="UTF-8"?>
<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join("")}</${name}>`;
var errorDocument = (error) => {
  const { code, message: message2, resource, requestId } = error;
  const fields = [
    textElement("Code", code),
    textElement("Message", message2),
    textElement("Resource", resource),
    textElement("RequestId", requestId)
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
${element("Error", ...fields)}`;
};

// local/s3/error-reply.ts
var codeOf = (error) => error instanceof Error && "code" in error ? error.code : void 0;
var toS3Error = (error) => {
  if (error instanceof S3Error) return error;
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new S3Error("InsufficientStorage", "There is not enough space left on the disk.", { cause: error });
  }
  if (code === "ECONNRESET")
    return new S3Error("IncompleteBody", "The connection was closed before the body was complete.");
  process.emitWarning(error instanceof Error ? error : String(error));
  return new S3Error("InternalError", "We encountered an internal error. Please try again.", { cause: error });
};
var errorReply = (error, request14) => {
  const { code, headers, message: message2, status } = toS3Error(error);
  const { method, resource, requestId } = request14;
  if (status === 304 || method === "HEAD") return { status, headers };
  return {
    status,
    headers: { ...headers, "content-type": "application/xml" },
    body: errorDocument({ code, message: message2, resource, requestId })
  };
};

// local/s3/rules/bucket-name.ts
var BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
var LOOKS_LIKE_AN_ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
var checkedBucketName = (name) => {
  const isValid = BUCKET_NAME.test(name) && !name.includes("..") && !LOOKS_LIKE_AN_ADDRESS.test(name);
  if (!isValid) throw new S3Error("InvalidBucketName", "The specified bucket is not valid.");
  return name;
};

// local/s3/operations/buckets.ts
var listBuckets = async ({ store }, { query }) => {
  const prefix = query.get("prefix") ?? "";
  const buckets = [...store.buckets.values()].filter(({ name }) => name.startsWith(prefix)).sort((a, b) => a.name < b.name ? -1 : 1).map(
    ({ name, createdMs }) => element("Bucket", textElement("Name", name), textElement("CreationDate", new Date(createdMs).toISOString()))
  );
  const owner = element("Owner", textElement("ID", "local"), textElement("DisplayName", "local"));
  return xmlReply(xmlDocument("ListAllMyBucketsResult", owner, element("Buckets", ...buckets)));
};
var createBucket = async ({ store, now: now2 }, { bucket }) => {
  const name = checkedBucketName(bucket);
  await store.commit((state) => {
    if (state.has(name)) {
      throw new S3Error(
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it."
      );
    }
    return [{ kind: "create-bucket", bucket: name, createdMs: now2() }];
  });
  return emptyReply(200, { location: `/${name}` });
};
var headBucket = async ({ store, region }, { bucket }) => {
  store.bucket(bucket);
  return emptyReply(200, { "x-amz-bucket-region": region });
};
var deleteBucket = async ({ store }, { bucket }) => {
  await store.commit(() => {
    if (store.bucket(bucket).objects.size > 0) {
      throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty");
    }
    return [{ kind: "delete-bucket", bucket }];
  });
  return emptyReply(204);
};
var getBucketLocation = async ({ store, region }, { bucket }) => {
  store.bucket(bucket);
  return xmlReply(xmlDocument("LocationConstraint", region === "us-east-1" ? "" : region));
};

// local/s3/body/checksum.ts
import { createHash as createHash5 } from "node:crypto";

// local/s3/body/crc.ts
import { crc32 as crc322 } from "node:zlib";

// local/s3/body/crc-polynomials.ts
var CRC_POLYNOMIALS = {
  CRC32: { bits: 32, polynomial: 0xedb88320n },
  CRC32C: { bits: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n }
};

// local/s3/body/crc.ts
var tableEntry = (index, polynomial) => {
  let remainder = BigInt(index);
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1n ? remainder >> 1n ^ polynomial : remainder >> 1n;
  return remainder;
};
var TABLE_32C = Uint32Array.from({ length: 256 }, (_, i) => Number(tableEntry(i, CRC_POLYNOMIALS.CRC32C.polynomial)));
var ENTRIES_64 = Array.from({ length: 256 }, (_, i) => tableEntry(i, CRC_POLYNOMIALS.CRC64NVME.polynomial));
var TABLE_64_HIGH = Uint32Array.from(ENTRIES_64, (entry) => Number(entry >> 32n));
var TABLE_64_LOW = Uint32Array.from(ENTRIES_64, (entry) => Number(entry & 0xffffffffn));
var uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
var createCrc32 = () => {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc322(bytes, value);
    },
    digest: () => uint32(value)
  };
};
var createCrc32c = () => {
  let value = 4294967295;
  return {
    update: (bytes) => {
      let register = value;
      for (const byte of bytes) register = (TABLE_32C[(register ^ byte) & 255] ?? 0) ^ register >>> 8;
      value = register;
    },
    digest: () => uint32(~value)
  };
};
var createCrc64Nvme = () => {
  let high = 4294967295;
  let low = 4294967295;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const index = (low ^ byte) & 255;
        low = (low >>> 8 | high << 24) ^ (TABLE_64_LOW[index] ?? 0);
        high = high >>> 8 ^ (TABLE_64_HIGH[index] ?? 0);
      }
    },
    digest: () => Buffer.concat([uint32(~high), uint32(~low)])
  };
};

// local/s3/body/checksum.ts
var CHECKSUM_ALGORITHMS = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
var checksumHeader = (algorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;
var checksumElement = (algorithm) => `Checksum${algorithm}`;
var checksumAlgorithmOf = (name) => {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
  if (found !== void 0) return found;
  throw new S3Error(
    "InvalidRequest",
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${CHECKSUM_ALGORITHMS.join(", ")}]`
  );
};
var hashDigest = (name) => {
  const hash = createHash5(name);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};
var createMd5 = () => hashDigest("md5");
var createSha256 = () => hashDigest("sha256");
var createChecksum = (algorithm) => {
  switch (algorithm) {
    case "CRC32":
      return createCrc32();
    case "CRC32C":
      return createCrc32c();
    case "CRC64NVME":
      return createCrc64Nvme();
    case "SHA1":
      return hashDigest("sha1");
    case "SHA256":
      return createSha256();
    default:
      return algorithm;
  }
};
var decodeBase64 = (text3, sizeBytes) => {
  const bytes = Buffer.from(text3, "base64");
  return bytes.length === sizeBytes && bytes.toString("base64") === text3 ? bytes : void 0;
};

// local/s3/wire/parse-xml.ts
var TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/!?]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;
var MAX_DEPTH = 16;
var CHARACTER_OF = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
var malformed = () => new S3Error(
  "MalformedXML",
  "The XML you provided was not well-formed or did not validate against our published schema"
);
var codePoint = (digits, radix) => {
  const code = Number.parseInt(digits, radix);
  if (!(code <= 1114111)) throw malformed();
  return String.fromCodePoint(code);
};
var decodeReference = (reference) => {
  const body = reference.slice(1, -1);
  if (/^#x[0-9a-f]+$/i.test(body)) return codePoint(body.slice(2), 16);
  if (/^#[0-9]+$/.test(body)) return codePoint(body.slice(1), 10);
  const character = CHARACTER_OF[body];
  if (character === void 0) throw malformed();
  return character;
};
var decodeText2 = (text3) => text3.replace(/\r\n?/g, "\n").replace(/&[^;&\s]{0,12};?/g, decodeReference);
var localName = (name) => name.slice(name.indexOf(":") + 1);
var close = (stack, name) => {
  const [done, parent] = [stack.pop(), stack.at(-1)];
  if (done === void 0 || parent === void 0 || done.name !== name) throw malformed();
  parent.children.push(done);
};
var open4 = (stack, name) => {
  if (stack.length > MAX_DEPTH) throw malformed();
  stack.push({ name, text: "", children: [] });
};
var takeToken = (stack, token) => {
  const [, cdata, slash, name, selfClosing, text3] = token;
  const top = stack.at(-1);
  if (top === void 0) throw malformed();
  if (cdata !== void 0) top.text += cdata;
  if (text3 !== void 0) top.text += decodeText2(text3);
  if (name === void 0) return;
  if (slash === "/") {
    close(stack, localName(name));
    return;
  }
  open4(stack, localName(name));
  if (selfClosing === "/") close(stack, localName(name));
};
var parseXml = (source, rootName) => {
  const document = { name: "", text: "", children: [] };
  const stack = [document];
  const tokens = new RegExp(TOKEN);
  const text3 = source.replace(/^\ufeff/, "");
  while (tokens.lastIndex < text3.length) {
    const token = tokens.exec(text3);
    if (token === null) throw malformed();
    takeToken(stack, token);
  }
  const [root, ...others] = document.children;
  const isWhole = stack.length === 1 && others.length === 0 && document.text.trim() === "";
  if (!isWhole || root?.name !== rootName) throw malformed();
  return root;
};
var childrenOf = (parent, name) => parent.children.filter((child) => child.name === name);
var textOf2 = (parent, name) => childrenOf(parent, name)[0]?.text;

// local/s3/body/plan-body.ts
var NOT_VALUES = ["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"];
var invalidChecksum = (header) => new S3Error("InvalidRequest", `Value for ${header} header is invalid.`);
var checkedChecksum = (algorithm, value) => {
  const size = createChecksum(algorithm).digest().length;
  if (decodeBase64(value, size) === void 0) throw invalidChecksum(checksumHeader(algorithm));
  return value;
};
var trailerAlgorithm = (headers) => {
  const names = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim().toLowerCase());
  return CHECKSUM_ALGORITHMS.find((algorithm) => names.includes(checksumHeader(algorithm)));
};
var planChecksum = (headers) => {
  const given = Object.keys(headers).filter((name) => name.startsWith("x-amz-checksum-") && !NOT_VALUES.includes(name));
  const trailer = trailerAlgorithm(headers);
  if (given.length + (trailer === void 0 ? 0 : 1) > 1) {
    throw new S3Error(
      "InvalidRequest",
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
    );
  }
  const [header] = given;
  if (header !== void 0) {
    const algorithm = checksumAlgorithmOf(header.slice("x-amz-checksum-".length));
    return { algorithm, value: checkedChecksum(algorithm, headers[header] ?? "") };
  }
  if (trailer !== void 0) return { algorithm: trailer };
  if (headers["x-amz-sdk-checksum-algorithm"] === void 0) return void 0;
  throw new S3Error(
    "InvalidRequest",
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
  );
};
var planMd5 = (headers) => {
  const text3 = headers["content-md5"];
  if (text3 === void 0) return void 0;
  const md5 = decodeBase64(text3, 16);
  if (md5 === void 0) throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.");
  return md5;
};
var planSize = (headers, payload) => {
  const isFramed = payload.kind === "chunked";
  const decoded = headers["x-amz-decoded-content-length"];
  const hasFrameHeaders = decoded !== void 0 || (headers["content-encoding"] ?? "").includes("aws-chunked");
  if (hasFrameHeaders && !isFramed) {
    throw new S3Error("InvalidRequest", "aws-chunked content needs a STREAMING-* value of x-amz-content-sha256.");
  }
  const text3 = isFramed ? decoded : headers["content-length"];
  if (text3 === void 0 || !/^\d{1,15}$/.test(text3)) {
    throw new S3Error("MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  return Number(text3);
};
var planBody = (headers, payload) => ({
  sizeBytes: planSize(headers, payload),
  payload,
  md5: planMd5(headers),
  checksum: planChecksum(headers)
});

// local/s3/body/chunk-signatures.ts
import { createHash as createHash6 } from "node:crypto";
var EMPTY_SHA256 = sha256Hex("");
var TRAILER_SIGNATURE = "x-amz-trailer-signature";
var mismatch = () => new S3Error(
  "SignatureDoesNotMatch",
  "The request signature we calculated does not match the signature you provided. Check your key and signing method."
);
var ChunkSignatures = class {
  #signing;
  #previous;
  #given = "";
  #hash = createHash6("sha256");
  constructor(signing) {
    this.#signing = signing;
    this.#previous = signing.seedSignature;
  }
  startChunk(signature) {
    if (signature === void 0) throw mismatch();
    this.#given = signature.toLowerCase();
    this.#hash = createHash6("sha256");
  }
  update(data) {
    this.#hash.update(data);
  }
  /** 403 SignatureDoesNotMatch unless the chunk is the signed one, in its place. */
  endChunk() {
    this.#check("AWS4-HMAC-SHA256-PAYLOAD", [EMPTY_SHA256, this.#hash.digest("hex")], this.#given);
    this.#previous = this.#given;
  }
  /** Trailers are signed as a last link, where there are any. */
  checkTrailers(trailers) {
    const signed = [...trailers].filter(([name]) => name !== TRAILER_SIGNATURE);
    if (signed.length === 0) return;
    const text3 = signed.map(([name, value]) => `${name}:${value}
`).join("");
    this.#check("AWS4-HMAC-SHA256-TRAILER", [sha256Hex(text3)], trailers.get(TRAILER_SIGNATURE) ?? "");
  }
  #check(label, hashes, given) {
    const { amzDate, scope, signingKey } = this.#signing;
    const expected = hmacHex(signingKey, [label, amzDate, scope, this.#previous, ...hashes].join("\n"));
    if (!isSameSignature(expected, given)) throw mismatch();
  }
};

// local/s3/body/aws-chunked-decoder.ts
var MAX_LINE_BYTES = 8 * 1024;
var LF2 = 10;
var incomplete = () => new S3Error("IncompleteBody", "The request body terminated unexpectedly or is not well-formed aws-chunked content.");
var AwsChunkedDecoder = class {
  #signatures;
  #trailers = /* @__PURE__ */ new Map();
  #expecting = "head";
  #line = "";
  #chunkLeft = 0;
  constructor(signing) {
    this.#signatures = signing === void 0 ? void 0 : new ChunkSignatures(signing);
  }
  /** The payload inside the piece, as views of it. */
  write(piece) {
    const payload = [];
    let rest = piece;
    while (rest.length > 0) {
      if (this.#expecting === "nothing") throw incomplete();
      rest = this.#expecting === "data" ? this.#takeData(rest, payload) : this.#takeLine(rest);
    }
    return payload;
  }
  /** The trailers, names in lower case; 400 IncompleteBody when the last chunk has not come. */
  finish() {
    if (this.#expecting !== "nothing") throw incomplete();
    this.#signatures?.checkTrailers(this.#trailers);
    return this.#trailers;
  }
  #takeData(rest, payload) {
    const data = rest.subarray(0, this.#chunkLeft);
    this.#signatures?.update(data);
    payload.push(data);
    this.#chunkLeft -= data.length;
    if (this.#chunkLeft === 0) this.#expecting = "end-of-data";
    return rest.subarray(data.length);
  }
  #takeLine(rest) {
    const end = rest.indexOf(LF2);
    this.#line += rest.toString("latin1", 0, end < 0 ? rest.length : end);
    if (this.#line.length > MAX_LINE_BYTES) throw incomplete();
    if (end < 0) return rest.subarray(rest.length);
    const line = this.#line.replace(/\r$/, "");
    this.#line = "";
    this.#endLine(line);
    return rest.subarray(end + 1);
  }
  #endLine(line) {
    switch (this.#expecting) {
      case "head":
        this.#startChunk(line);
        return;
      case "end-of-data":
        if (line !== "") throw incomplete();
        this.#signatures?.endChunk();
        this.#expecting = "head";
        return;
      default:
        this.#endTrailer(line);
    }
  }
  #startChunk(line) {
    const [, size, signature] = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
    if (size === void 0) throw incomplete();
    this.#signatures?.startChunk(signature);
    this.#chunkLeft = Number.parseInt(size, 16);
    if (this.#chunkLeft > 0) {
      this.#expecting = "data";
      return;
    }
    this.#signatures?.endChunk();
    this.#expecting = "trailer";
  }
  #endTrailer(line) {
    if (line === "") {
      this.#expecting = "nothing";
      return;
    }
    const colon = line.indexOf(":");
    if (colon < 1)
      throw new S3Error("MalformedTrailerError", "The request contained trailing data that was not well-formed.");
    this.#trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
};

// local/s3/body/verified-body.ts
var badDigest = (name) => new S3Error("BadDigest", `The ${name} you specified did not match the calculated checksum.`);
var incomplete2 = () => new S3Error("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");
var VerifiedBody = class {
  #source;
  #plan;
  #decoder;
  #facts;
  constructor(source, plan) {
    this.#source = source;
    this.#plan = plan;
    this.#decoder = plan.payload.kind === "chunked" ? new AwsChunkedDecoder(plan.payload.signing) : void 0;
  }
  get facts() {
    if (this.#facts === void 0) throw new Error("the facts of a body are known once it was read to its end");
    return this.#facts;
  }
  async *chunks() {
    const { payload, checksum } = this.#plan;
    const md5 = createMd5();
    const sha256 = payload.kind === "sha256" ? createSha256() : void 0;
    const digest = checksum === void 0 ? void 0 : createChecksum(checksum.algorithm);
    let sizeBytes = 0;
    for await (const piece of this.#pieces()) {
      sizeBytes += piece.length;
      if (sizeBytes > this.#plan.sizeBytes) throw incomplete2();
      for (const each of [md5, sha256, digest]) each?.update(piece);
      yield piece;
    }
    if (sizeBytes !== this.#plan.sizeBytes) throw incomplete2();
    const facts = {
      sizeBytes,
      md5: md5.digest(),
      checksum: digest?.digest().toString("base64"),
      sha256: sha256?.digest()
    };
    this.#facts = this.#verify(facts);
  }
  async *#pieces() {
    for await (const bytes of this.#source) {
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (this.#decoder === void 0) yield piece;
      else yield* this.#decoder.write(piece);
    }
  }
  #verify(found) {
    const { payload, md5, checksum } = this.#plan;
    const trailers = this.#decoder?.finish();
    if (payload.kind === "sha256" && found.sha256?.toString("hex") !== payload.hex) {
      throw new S3Error(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed."
      );
    }
    if (md5 !== void 0 && !md5.equals(found.md5)) {
      throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    const { sizeBytes } = found;
    if (checksum === void 0 || found.checksum === void 0) return { sizeBytes, md5: found.md5 };
    const promised = checksum.value ?? this.#promisedInTrailer(checksum.algorithm, trailers);
    if (promised !== found.checksum) throw badDigest(checksum.algorithm);
    return { sizeBytes, md5: found.md5, checksum: { algorithm: checksum.algorithm, value: found.checksum } };
  }
  #promisedInTrailer(algorithm, trailers) {
    const value = trailers?.get(checksumHeader(algorithm));
    if (value !== void 0) return checkedChecksum(algorithm, value);
    throw new S3Error(
      "MalformedTrailerError",
      `The trailer ${checksumHeader(algorithm)} was announced and did not come.`
    );
  }
};

// local/s3/body/read-xml-body.ts
var MAX_XML_BYTES = 8 * 1024 * 1024;
var readXmlBody = async (request14, rootName, subject = "checksum-of-body") => {
  const isOwn = ([name]) => subject === "checksum-of-body" || !/^x-amz-(sdk-)?checksum-/.test(name);
  const headers = Object.fromEntries(Object.entries(request14.headers).filter(isOwn));
  const plan = planBody(headers, request14.payload);
  if (plan.sizeBytes > MAX_XML_BYTES) throw new S3Error("MaxMessageLengthExceeded", "Your request was too big.");
  const pieces = [];
  for await (const piece of new VerifiedBody(request14.body, plan).chunks()) pieces.push(piece);
  return parseXml(Buffer.concat(pieces).toString("utf8"), rootName);
};

// local/s3/rules/conditions.ts
var matches = (list2, etag) => list2.split(",").map(
  (tag) => tag.trim().replace(/^W\//, "").replace(/^"(.*)"$/, "$1")
).some((tag) => tag === "*" || tag === etag);
var parseHttpDate = (text3) => {
  const ms = text3 === void 0 ? Number.NaN : Date.parse(text3);
  return Number.isNaN(ms) ? void 0 : ms;
};
var isModifiedSince = (object2, sinceMs) => Math.floor(object2.modifiedMs / 1e3) > Math.floor(sinceMs / 1e3);
var judge = (headers, prefix, object2) => {
  const ifMatch = headers[`${prefix}if-match`];
  const unmodifiedSince = parseHttpDate(headers[`${prefix}if-unmodified-since`]);
  const ifNoneMatch = headers[`${prefix}if-none-match`];
  const modifiedSince = parseHttpDate(headers[`${prefix}if-modified-since`]);
  if (ifMatch !== void 0 && !matches(ifMatch, object2.etag)) return { kind: "failed", condition: "If-Match" };
  if (ifMatch === void 0 && unmodifiedSince !== void 0 && isModifiedSince(object2, unmodifiedSince)) {
    return { kind: "failed", condition: "If-Unmodified-Since" };
  }
  if (ifNoneMatch !== void 0) return matches(ifNoneMatch, object2.etag) ? { kind: "not-modified" } : { kind: "go" };
  const isUnchanged = modifiedSince !== void 0 && !isModifiedSince(object2, modifiedSince);
  return isUnchanged ? { kind: "not-modified" } : { kind: "go" };
};
var checkReadConditions = (headers, object2, replyHeaders) => {
  const verdict = judge(headers, "", object2);
  if (verdict.kind === "failed") throw preconditionFailed(verdict.condition);
  if (verdict.kind === "not-modified") throw new S3Error("NotModified", "Not Modified", { headers: replyHeaders });
};
var checkCopyConditions = (headers, source) => {
  const verdict = judge(headers, "x-amz-copy-source-", source);
  if (verdict.kind !== "go") throw preconditionFailed("x-amz-copy-source-If-*");
};
var checkWriteConditions = (headers, existing) => {
  const ifNoneMatch = headers["if-none-match"];
  const ifMatch = headers["if-match"];
  if (ifNoneMatch !== void 0 && ifNoneMatch.trim() !== "*") {
    throw new S3Error("NotImplemented", "A header you provided implies functionality that is not implemented");
  }
  if (ifNoneMatch !== void 0 && existing !== void 0) throw preconditionFailed("If-None-Match");
  if (ifMatch === void 0) return;
  if (existing === void 0) throw noSuchKey();
  if (!matches(ifMatch, existing.etag)) throw preconditionFailed("If-Match");
};
var isRangeStillValid = (ifRange, object2) => {
  if (ifRange === void 0) return true;
  const date = ifRange.includes('"') ? void 0 : parseHttpDate(ifRange);
  return date === void 0 ? ifRange.trim() === `"${object2.etag}"` : !isModifiedSince(object2, date);
};

// local/s3/rules/multipart.ts
import { createHash as createHash7 } from "node:crypto";

// local/s3/body/combine-crc.ts
var timesX = (a, { polynomial }) => a & 1n ? a >> 1n ^ polynomial : a >> 1n;
var multiply = (a, b, field) => {
  let product = 0n;
  let term = b;
  for (let bit = BigInt(field.bits) - 1n; bit >= 0n; bit--) {
    if (a >> bit & 1n) product ^= term;
    term = timesX(term, field);
  }
  return product;
};
var powerOfX = (exponent, field) => {
  const one = 1n << BigInt(field.bits - 1);
  let [result, square, rest] = [one, timesX(one, field), exponent];
  while (rest > 0n) {
    if (rest & 1n) result = multiply(result, square, field);
    square = multiply(square, square, field);
    rest >>= 1n;
  }
  return result;
};
var combineCrc = (kind, first, second) => {
  const field = CRC_POLYNOMIALS[kind];
  const shift = powerOfX(8n * BigInt(second.sizeBytes), field);
  const shifted = multiply(BigInt(`0x${first.toString("hex")}`), shift, field);
  const sum = shifted ^ BigInt(`0x${second.crc.toString("hex")}`);
  return Buffer.from(sum.toString(16).padStart(field.bits / 4, "0"), "hex");
};

// local/s3/rules/multipart.ts
var MIN_PART_BYTES = 5 * 1024 * 1024;
var MAX_PART_NUMBER = 1e4;
var MAX_PUT_BYTES = 5 * 1024 ** 3;
var parsePartNumber = (text3) => {
  const number = /^\d{1,6}$/.test(text3) ? Number(text3) : 0;
  if (number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
};
var multipartEtag = (etags) => {
  const hash = createHash7("md5");
  for (const etag of etags) hash.update(etag, "hex");
  return `${hash.digest("hex")}-${etags.length}`;
};
var checksumTypeOf = (algorithm, requested) => {
  const isComposite = requested === void 0 ? algorithm !== "CRC64NVME" : requested === "COMPOSITE";
  const isAllowed = (requested === void 0 || requested === "COMPOSITE" || requested === "FULL_OBJECT") && (isComposite ? algorithm !== "CRC64NVME" : algorithm !== "SHA1" && algorithm !== "SHA256");
  if (isAllowed) return isComposite ? "COMPOSITE" : "FULL_OBJECT";
  throw new S3Error(
    "InvalidRequest",
    `The ${requested} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`
  );
};
var compositeChecksum = (algorithm, values) => {
  const digest = createChecksum(algorithm);
  for (const value of values) digest.update(value);
  return `${digest.digest().toString("base64")}-${values.length}`;
};
var fullChecksum = (algorithm, values, parts) => {
  if (algorithm === "SHA1" || algorithm === "SHA256")
    throw new Error(`${algorithm} cannot be combined: refused when the upload was started`);
  const whole = values.reduce(
    (sum, crc, index) => combineCrc(algorithm, sum, { crc, sizeBytes: parts[index]?.blob.sizeBytes ?? 0 })
  );
  return whole.toString("base64");
};
var checksumOfParts = (upload, parts) => {
  if (upload.checksum === void 0) return void 0;
  const { algorithm, type } = upload.checksum;
  const values = parts.map((part) => Buffer.from(part.checksum ?? "", "base64"));
  const value = type === "COMPOSITE" ? compositeChecksum(algorithm, values) : fullChecksum(algorithm, values, parts);
  return { algorithm, type, value };
};

// local/s3/rules/object-headers.ts
var KEPT = [
  "content-type",
  "content-disposition",
  "cache-control",
  "content-encoding",
  "content-language",
  "expires"
];
var METADATA = "x-amz-meta-";
var MAX_METADATA_BYTES = 2048;
var withoutFraming = (encoding) => encoding.split(",").map((part) => part.trim()).filter((part) => part.toLowerCase() !== "aws-chunked").join(",");
var checkMetadataSize = (metadata) => {
  const bytes = metadata.reduce(
    (sum, [name, value]) => sum + name.length - METADATA.length + Buffer.byteLength(value),
    0
  );
  if (bytes > MAX_METADATA_BYTES) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
  }
};
var checkHeaderName = (name) => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new S3Error("InvalidArgument", `Header name is not allowed: ${name}`);
};
var checkedHeaderValue = (value) => {
  if (/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) return value;
  throw new S3Error("InvalidArgument", "Header value cannot be represented using ISO-8859-1.");
};
var keptHeaders = (headers) => {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith(METADATA));
  for (const [name, value] of metadata) {
    checkHeaderName(name);
    checkedHeaderValue(value);
  }
  checkMetadataSize(metadata);
  const system = KEPT.flatMap((name) => {
    const value = name === "content-encoding" ? withoutFraming(headers[name] ?? "") : headers[name];
    return value === void 0 || value === "" ? [] : [[name, value]];
  });
  return Object.fromEntries([...system, ...metadata]);
};
var quotedEtag = (etag) => `"${etag}"`;
var checksumHeaders = ({ checksum }) => checksum === void 0 ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
var describeObject = (object2) => ({
  "content-type": "binary/octet-stream",
  ...object2.headers,
  etag: quotedEtag(object2.etag),
  "last-modified": new Date(object2.modifiedMs).toUTCString(),
  "accept-ranges": "bytes"
});
var OVERRIDES = {
  "response-content-type": "content-type",
  "response-content-disposition": "content-disposition",
  "response-content-encoding": "content-encoding",
  "response-content-language": "content-language",
  "response-cache-control": "cache-control",
  "response-expires": "expires"
};
var overriddenHeaders = (query) => {
  const headers = {};
  for (const [parameter, header] of Object.entries(OVERRIDES)) {
    const value = query.get(parameter);
    if (value === null) continue;
    headers[header] = checkedHeaderValue(value);
  }
  return headers;
};

// local/s3/operations/multipart-upload.ts
var uploadOf = (store, { bucket, key, query }) => {
  const upload = store.bucket(bucket).uploads.get(query.get("uploadId") ?? "");
  if (upload === void 0 || upload.key !== key) throw noSuchUpload();
  return upload;
};
var requestedChecksum = (headers) => {
  const name = headers["x-amz-checksum-algorithm"];
  if (name === void 0) return void 0;
  const algorithm = checksumAlgorithmOf(name);
  return { algorithm, type: checksumTypeOf(algorithm, headers["x-amz-checksum-type"]) };
};
var newUploadId = (nowMs, id) => nowMs.toString(16).padStart(12, "0") + id;
var createMultipartUpload = async ({ store, now: now2, newId }, { bucket, headers, key }) => {
  const startedMs = now2();
  const checksum = requestedChecksum(headers);
  const upload = {
    id: newUploadId(startedMs, newId()),
    key,
    startedMs,
    headers: keptHeaders(headers),
    ...checksum === void 0 ? {} : { checksum }
  };
  await store.commit(() => {
    store.bucket(bucket);
    return [{ kind: "start-upload", bucket, upload }];
  });
  const fields = [textElement("Bucket", bucket), textElement("Key", key), textElement("UploadId", upload.id)];
  const told = checksum && { "x-amz-checksum-algorithm": checksum.algorithm, "x-amz-checksum-type": checksum.type };
  return xmlReply(xmlDocument("InitiateMultipartUploadResult", ...fields), told);
};
var abortMultipartUpload = async ({ store }, request14) => {
  await store.commit(() => {
    const { id } = uploadOf(store, request14);
    return [{ kind: "end-upload", bucket: request14.bucket, uploadId: id }];
  });
  return emptyReply(204);
};

// local/s3/operations/complete-multipart-upload.ts
var requestedParts = (root) => {
  const parts = childrenOf(root, "Part").map((xml) => ({
    partNumber: parsePartNumber(textOf2(xml, "PartNumber")?.trim() ?? ""),
    etag: (textOf2(xml, "ETag") ?? "").trim().replace(/^"(.*)"$/, "$1"),
    xml
  }));
  if (parts.length === 0 || parts.length > MAX_PART_NUMBER) {
    throw new S3Error(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema"
    );
  }
  const isInOrder = parts.every((part, index) => part.partNumber > (parts[index - 1]?.partNumber ?? 0));
  if (isInOrder) return parts;
  throw new S3Error(
    "InvalidPartOrder",
    "The list of parts was not in ascending order. Parts must be ordered by part number."
  );
};
var invalidPart = () => new S3Error(
  "InvalidPart",
  "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
);
var checkPartChecksum = (upload, part, xml) => {
  if (upload.checksum === void 0) return;
  const { algorithm, type } = upload.checksum;
  const given = textOf2(xml, checksumElement(algorithm));
  if (given === void 0 && type === "COMPOSITE") {
    throw new S3Error(
      "InvalidRequest",
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`
    );
  }
  if (given !== void 0 && given !== part.checksum) throw invalidPart();
};
var chosenParts = (upload, requested) => requested.map(({ partNumber, etag, xml }, index) => {
  const part = upload.parts.get(partNumber);
  if (part === void 0 || part.etag !== etag) throw invalidPart();
  checkPartChecksum(upload, part, xml);
  const isLast = index === requested.length - 1;
  if (!isLast && part.blob.sizeBytes < MIN_PART_BYTES) {
    throw new S3Error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
  }
  return part;
});
var checkWhole = (object2, headers) => {
  const size = headers["x-amz-mp-object-size"];
  if (size !== void 0 && Number(size) !== object2.sizeBytes) {
    throw new S3Error("InvalidRequest", "The provided x-amz-mp-object-size header does not match what was computed.");
  }
  if (object2.checksum === void 0) return;
  const given = headers[checksumHeader(object2.checksum.algorithm)];
  const [value] = object2.checksum.value.split("-");
  if (given === void 0 || given.split("-")[0] === value) return;
  throw new S3Error(
    "BadDigest",
    `The ${object2.checksum.algorithm} you specified did not match the calculated checksum.`
  );
};
var assemble = (upload, parts, modifiedMs) => {
  const checksum = checksumOfParts(upload, parts);
  return {
    key: upload.key,
    blobs: parts.map((part) => part.blob),
    sizeBytes: parts.reduce((sum, part) => sum + part.blob.sizeBytes, 0),
    etag: multipartEtag(parts.map((part) => part.etag)),
    modifiedMs,
    headers: upload.headers,
    uploadId: upload.id,
    ...checksum === void 0 ? {} : { checksum }
  };
};
var findCompleted = (store, request14, parts) => {
  const object2 = store.bucket(request14.bucket).objects.get(request14.key);
  const isOfThisUpload = object2?.uploadId !== void 0 && object2.uploadId === request14.query.get("uploadId");
  if (!isOfThisUpload) return void 0;
  return parts.every((part) => /^[0-9a-f]{32}$/.test(part.etag)) && object2.etag === multipartEtag(parts.map((part) => part.etag)) ? object2 : void 0;
};
var completedReply = ({ bucket, key }, object2) => {
  const { checksum } = object2;
  const fields = [
    textElement("Location", `/${bucket}/${key}`),
    textElement("Bucket", bucket),
    textElement("Key", key),
    textElement("ETag", quotedEtag(object2.etag)),
    checksum === void 0 ? "" : textElement(checksumElement(checksum.algorithm), checksum.value),
    textElement("ChecksumType", checksum?.type)
  ];
  return xmlReply(xmlDocument("CompleteMultipartUploadResult", ...fields));
};
var completeMultipartUpload = async ({ store, now: now2 }, request14) => {
  const { bucket, headers, key } = request14;
  store.bucket(bucket);
  const requested = requestedParts(await readXmlBody(request14, "CompleteMultipartUpload", "checksum-of-object"));
  const completed = findCompleted(store, request14, requested);
  if (completed !== void 0) return completedReply(request14, completed);
  const objects = [];
  await store.commit(() => {
    const upload = uploadOf(store, request14);
    const object3 = assemble(upload, chosenParts(upload, requested), now2());
    checkWhole(object3, headers);
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    objects.push(object3);
    return [{ kind: "put", bucket, object: object3 }];
  });
  const [object2] = objects;
  if (object2 === void 0) throw noSuchUpload();
  return completedReply(request14, object2);
};

// local/s3/operations/commit-blob.ts
var commitBlob = async (store, blob, decide) => {
  try {
    await store.commit(decide);
  } catch (error) {
    store.blobs.discard([blob]);
    throw error;
  }
};

// local/s3/s3-request.ts
var MAX_KEY_BYTES = 1024;
var decodePath = (rawPath) => {
  try {
    return decodeURIComponent(rawPath);
  } catch (cause) {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", { cause });
  }
};
var checkKeyLength = (key) => {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error("KeyTooLongError", "Your key is too long");
};
var splitPath = (path) => {
  if (!path.startsWith("/")) throw new S3Error("InvalidURI", "Couldn't parse the specified URI.");
  const slash = path.indexOf("/", 1);
  const [bucket, key] = slash < 0 ? [path.slice(1), ""] : [path.slice(1, slash), path.slice(slash + 1)];
  checkKeyLength(key);
  return { bucket, key };
};
var singleHeaders = (raw) => {
  const headers = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== void 0) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return headers;
};
var isAboutTheSignedBody = (name) => name.startsWith("x-amz-checksum-") || name === "x-amz-sdk-checksum-algorithm" || name === "x-amz-content-sha256";
var hoistedHeaders = (query) => {
  const headers = {};
  for (const [name, value] of query) {
    const isHeader = name.startsWith("x-amz-") && !isAboutTheSignedBody(name);
    if (isHeader) headers[name] = value;
  }
  return headers;
};
var parseS3Request = (message2, body) => {
  const url = message2.url ?? "/";
  const mark = url.indexOf("?");
  const path = decodePath(mark < 0 ? url : url.slice(0, mark));
  const query = new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
  const isPresigned = query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm");
  const headers = singleHeaders(message2.headers);
  const method = message2.method ?? "GET";
  return { method, path, ...splitPath(path), query, headers, isPresigned, body };
};
var withHoistedHeaders = (request14) => request14.isPresigned ? { ...request14, headers: { ...hoistedHeaders(request14.query), ...request14.headers } } : request14;

// local/s3/operations/copy-source.ts
var invalidSource = () => new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
var parseSource = (header) => {
  const [path = "", version2] = header.split("?versionId=");
  if (version2 !== void 0 && version2 !== "null")
    throw new S3Error("NotImplemented", "This server keeps no versions.");
  try {
    const source = splitPath(`/${decodeURIComponent(path).replace(/^\//, "")}`);
    if (source.key !== "") return source;
  } catch (cause) {
    if (cause instanceof S3Error) throw cause;
  }
  throw invalidSource();
};
var findCopySource = ({ store }, { headers }) => {
  const { bucket, key } = parseSource(headers["x-amz-copy-source"] ?? "");
  const object2 = store.bucket(bucket).objects.get(key);
  if (object2 === void 0) throw noSuchKey();
  checkCopyConditions(headers, object2);
  return { bucket, object: object2 };
};
var copySpan = async (store, object2, { span, algorithm }) => {
  const md5 = createMd5();
  const digest = algorithm === void 0 ? void 0 : createChecksum(algorithm);
  const release = store.blobs.lease(object2.blobs);
  const digested = async function* () {
    for await (const chunk2 of store.blobs.read(object2.blobs, span)) {
      md5.update(chunk2);
      digest?.update(chunk2);
      yield chunk2;
    }
  };
  try {
    const blob = await store.blobs.write(digested());
    return { blob, etag: md5.digest().toString("hex"), checksum: digest?.digest().toString("base64") };
  } finally {
    release();
  }
};

// local/s3/operations/copy-object.ts
var checkCopy = ({ bucket, headers, key }, source) => {
  const directive = headers["x-amz-metadata-directive"] ?? "COPY";
  if (directive !== "COPY" && directive !== "REPLACE") {
    throw new S3Error("InvalidArgument", "Unknown metadata directive.");
  }
  const isItself = source.bucket === bucket && source.object.key === key;
  if (isItself && directive === "COPY") {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
    );
  }
  if (source.object.sizeBytes > MAX_PUT_BYTES) {
    throw new S3Error(
      "InvalidRequest",
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PUT_BYTES}`
    );
  }
  return directive === "REPLACE";
};
var copyContent = async (store, object2) => {
  const [only, ...others] = object2.blobs;
  if (only !== void 0 && others.length === 0 && object2.uploadId === void 0) {
    const release = store.blobs.lease([only]);
    const blob2 = await store.blobs.duplicate(only).finally(release);
    return { blob: blob2, etag: object2.etag, checksum: object2.checksum };
  }
  const algorithm = object2.checksum?.algorithm;
  const { blob, checksum, etag } = await copySpan(store, object2, {
    span: { first: 0, last: object2.sizeBytes - 1 },
    algorithm
  });
  const isChecked = algorithm !== void 0 && checksum !== void 0;
  return { blob, etag, checksum: isChecked ? { algorithm, type: "FULL_OBJECT", value: checksum } : void 0 };
};
var copyObject = async (context, request14) => {
  const { store, now: now2 } = context;
  const { bucket, headers, key } = request14;
  const { objects } = store.bucket(bucket);
  const source = findCopySource(context, request14);
  const isReplacing = checkCopy(request14, source);
  const kept = isReplacing ? keptHeaders(headers) : source.object.headers;
  checkWriteConditions(headers, objects.get(key));
  const { blob, checksum, etag } = await copyContent(store, source.object);
  const { sizeBytes } = blob;
  const object2 = { key, blobs: [blob], sizeBytes, etag, modifiedMs: now2(), headers: kept, checksum };
  await commitBlob(store, blob, () => {
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    return [{ kind: "put", bucket, object: object2 }];
  });
  const fields = [
    textElement("LastModified", new Date(object2.modifiedMs).toISOString()),
    textElement("ETag", quotedEtag(object2.etag)),
    object2.checksum === void 0 ? "" : textElement(checksumElement(object2.checksum.algorithm), object2.checksum.value)
  ];
  return xmlReply(xmlDocument("CopyObjectResult", ...fields));
};

// local/s3/operations/delete-objects.ts
var MAX_KEYS = 1e3;
var deleteObject = async ({ store }, { bucket, headers, key }) => {
  await store.commit(() => {
    const existing = store.bucket(bucket).objects.get(key);
    checkWriteConditions(headers, existing);
    return existing === void 0 ? [] : [{ kind: "delete", bucket, key }];
  });
  return emptyReply(204);
};
var keysOf = (root) => {
  const keys = childrenOf(root, "Object").map((object2) => textOf2(object2, "Key") ?? "");
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.includes("")) {
    throw new S3Error(
      "MalformedXML",
      "The XML you provided was not well-formed or did not validate against our published schema"
    );
  }
  for (const key of keys) checkKeyLength(key);
  return keys;
};
var deleteObjects = async ({ store }, request14) => {
  const { bucket, headers } = request14;
  const hasDigest = Object.keys(headers).some((name) => name === "content-md5" || name.startsWith("x-amz-checksum-"));
  if (!hasDigest) {
    throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
  }
  store.bucket(bucket);
  const root = await readXmlBody(request14, "Delete");
  const keys = keysOf(root);
  await store.commit(() => {
    const { objects } = store.bucket(bucket);
    return keys.filter((key) => objects.get(key) !== void 0).map((key) => ({ kind: "delete", bucket, key }));
  });
  const isQuiet = textOf2(root, "Quiet")?.trim() === "true";
  const deleted = isQuiet ? [] : keys.map((key) => element("Deleted", textElement("Key", key)));
  return xmlReply(xmlDocument("DeleteResult", ...deleted));
};

// local/s3/rules/range.ts
var unsatisfiable = (sizeBytes) => new S3Error("InvalidRange", "The requested range is not satisfiable", {
  headers: { "content-range": `bytes */${sizeBytes}` }
});
var parseRange = (range, sizeBytes) => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? "") ?? [];
  if (from === void 0 || to === void 0 || from === "" && to === "") return void 0;
  if (from === "") {
    const length = Math.min(Number(to), sizeBytes);
    if (length === 0) throw unsatisfiable(sizeBytes);
    return { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== "" && Number(to) < first) return void 0;
  if (first >= sizeBytes) throw unsatisfiable(sizeBytes);
  return { first, last };
};
var parseCopyRange = (range, sizeBytes) => {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range) ?? [];
  const span = { first: Number(from), last: Number(to) };
  if (from === void 0 || to === void 0 || span.first > span.last) {
    throw new S3Error(
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy"
    );
  }
  if (span.last >= sizeBytes) {
    throw new S3Error("InvalidRange", `Range specified is not valid for source object of size: ${sizeBytes}`);
  }
  return span;
};

// local/s3/operations/get-object.ts
var spanOfPart = (object2, partNumber) => {
  const part = object2.blobs[partNumber - 1];
  if (part === void 0) throw new S3Error("InvalidRange", "The requested partnumber is not satisfiable");
  const first = object2.blobs.slice(0, partNumber - 1).reduce((sum, blob) => sum + blob.sizeBytes, 0);
  return { first, last: first + part.sizeBytes - 1 };
};
var requestedSpan = (object2, { headers, query }) => {
  const part = query.get("partNumber");
  if (part !== null) return spanOfPart(object2, parsePartNumber(part));
  return isRangeStillValid(headers["if-range"], object2) ? parseRange(headers.range, object2.sizeBytes) : void 0;
};
var partsCount = (object2, query) => query.has("partNumber") && object2.uploadId !== void 0 ? { "x-amz-mp-parts-count": String(object2.blobs.length) } : {};
var answer2 = ({ store }, request14) => {
  const { bucket, headers, key, query } = request14;
  const object2 = store.bucket(bucket).objects.get(key);
  if (object2 === void 0) throw noSuchKey();
  const described = { ...describeObject(object2), ...overriddenHeaders(query) };
  checkReadConditions(headers, object2, described);
  const part = requestedSpan(object2, request14);
  const span = part ?? { first: 0, last: object2.sizeBytes - 1 };
  const isPart = part !== void 0 && object2.sizeBytes > 0;
  const wantsChecksum = headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED" && part === void 0;
  const replyHeaders = {
    ...described,
    ...partsCount(object2, query),
    ...wantsChecksum ? checksumHeaders(object2) : {},
    ...isPart ? { "content-range": `bytes ${span.first}-${span.last}/${object2.sizeBytes}` } : {},
    "content-length": String(span.last - span.first + 1)
  };
  return { object: object2, span, reply: { status: isPart ? 206 : 200, headers: replyHeaders } };
};
var getObject = async (context, request14) => {
  const { blobs } = context.store;
  const { object: object2, span, reply } = answer2(context, request14);
  const close2 = blobs.lease(object2.blobs);
  return { ...reply, body: { chunks: () => blobs.read(object2.blobs, span), close: close2 } };
};
var headObject = async (context, request14) => answer2(context, request14).reply;

// local/s3/operations/list-parameters.ts
var MAX_PAGE = 1e3;
var parsePageSize = (query, name) => {
  const text3 = query.get(name) ?? "";
  if (text3 === "") return MAX_PAGE;
  if (!/^\d{1,10}$/.test(text3)) {
    throw new S3Error("InvalidArgument", `Argument ${name} must be an integer between 0 and 2147483647`);
  }
  return Math.min(Number(text3), MAX_PAGE);
};
var nameEncoder = (query) => {
  const type = query.get("encoding-type");
  if (type === null || type === "") return (name) => name;
  if (type === "url") return uriEncodePath;
  throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
};

// local/s3/operations/list-multipart-uploads.ts
var compareRows = (a, b) => {
  if (a.bytes !== b.bytes) return a.bytes < b.bytes ? -1 : 1;
  return a.upload.id < b.upload.id ? -1 : 1;
};
var isBehind = ({ bytes, upload }, keyMarker, idMarker) => {
  const marker = toByteOrder(keyMarker);
  return bytes > marker || bytes === marker && idMarker !== "" && upload.id > idMarker;
};
var rollUp = (rows, { prefix, delimiter, keyMarker }) => {
  if (delimiter === void 0 || delimiter === "") return [...rows];
  const items = [];
  const seen = /* @__PURE__ */ new Set();
  for (const row of rows) {
    const { key } = row.upload;
    const end = key.indexOf(delimiter, prefix?.length ?? 0);
    const commonPrefix = end < 0 ? void 0 : key.slice(0, end + delimiter.length);
    if (commonPrefix === void 0) items.push(row);
    else if (!seen.has(commonPrefix) && toByteOrder(commonPrefix) > toByteOrder(keyMarker ?? ""))
      items.push({ commonPrefix });
    if (commonPrefix !== void 0) seen.add(commonPrefix);
  }
  return items;
};
var itemElement = (item, encode) => "commonPrefix" in item ? element("CommonPrefixes", textElement("Prefix", encode(item.commonPrefix))) : element(
  "Upload",
  textElement("Key", encode(item.upload.key)),
  textElement("UploadId", item.upload.id),
  textElement("StorageClass", "STANDARD"),
  textElement("Initiated", new Date(item.upload.startedMs).toISOString()),
  textElement("ChecksumAlgorithm", item.upload.checksum?.algorithm),
  textElement("ChecksumType", item.upload.checksum?.type)
);
var nameOf = (item) => "commonPrefix" in item ? item.commonPrefix : item.upload.key;
var idOf = (item) => "commonPrefix" in item ? "" : item.upload.id;
var listMultipartUploads = async ({ store }, { bucket, query }) => {
  const { uploads } = store.bucket(bucket);
  const encode = nameEncoder(query);
  const limit = parsePageSize(query, "max-uploads");
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const keyMarker = query.get("key-marker") ?? "";
  const idMarker = query.get("upload-id-marker") ?? "";
  const rows = [...uploads.values()].filter((upload) => upload.key.startsWith(prefix)).map((upload) => ({ bytes: toByteOrder(upload.key), upload })).filter((row) => keyMarker === "" || isBehind(row, keyMarker, idMarker)).sort(compareRows);
  const items = rollUp(rows, { prefix, delimiter, keyMarker });
  const page = items.slice(0, limit);
  const last = page.at(-1);
  const isTruncated = limit > 0 && items.length > limit;
  const next = isTruncated && last !== void 0 ? [textElement("NextKeyMarker", encode(nameOf(last))), textElement("NextUploadIdMarker", idOf(last))] : [];
  const fields = [
    textElement("Bucket", bucket),
    textElement("KeyMarker", encode(keyMarker)),
    textElement("UploadIdMarker", idMarker),
    ...next,
    textElement("Prefix", encode(prefix)),
    textElement("Delimiter", delimiter === "" ? void 0 : encode(delimiter)),
    textElement("EncodingType", query.get("encoding-type") || void 0),
    textElement("MaxUploads", limit),
    textElement("IsTruncated", isTruncated),
    ...page.map((item) => itemElement(item, encode))
  ];
  return xmlReply(xmlDocument("ListMultipartUploadsResult", ...fields));
};

// local/s3/disk/list-page.ts
var startOf = (sorted, prefix, after) => after !== void 0 && after >= prefix ? upperBound(sorted, after) : lowerBound(sorted, prefix);
var itemOf = (key, prefix, delimiter) => {
  const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? { kind: "key", name: key } : { kind: "prefix", name: key.slice(0, end + delimiter.length) };
};
var pageOfBytes = (sorted, { prefix, delimiter, after, limit }) => {
  const items = [];
  let position = startOf(sorted, prefix, after);
  for (let key = sorted[position]; key?.startsWith(prefix); key = sorted[position]) {
    const item = itemOf(key, prefix, delimiter);
    const isNew = after === void 0 || item.name > after;
    if (isNew && items.length === limit) return { items, next: items.at(-1)?.name };
    if (isNew) items.push(item);
    position = item.kind === "key" ? position + 1 : lowerBound(sorted, afterPrefix(item.name));
  }
  return { items };
};
var listPage = (sorted, query) => {
  if (query.limit === 0) return { items: [] };
  const page = pageOfBytes(sorted, {
    prefix: toByteOrder(query.prefix),
    delimiter: toByteOrder(query.delimiter),
    after: query.after === void 0 ? void 0 : toByteOrder(query.after),
    limit: query.limit
  });
  const items = page.items.map(({ kind, name }) => ({ kind, name: fromByteOrder(name) }));
  return page.next === void 0 ? { items } : { items, next: fromByteOrder(page.next) };
};

// local/s3/operations/list-objects.ts
var parseQuery = (query, after) => ({
  prefix: query.get("prefix") ?? "",
  delimiter: query.get("delimiter") ?? "",
  ...after === null || after === "" ? {} : { after },
  limit: parsePageSize(query, "max-keys")
});
var contents = (object2, encode) => element(
  "Contents",
  textElement("Key", encode(object2.key)),
  textElement("LastModified", new Date(object2.modifiedMs).toISOString()),
  textElement("ETag", quotedEtag(object2.etag)),
  textElement("ChecksumAlgorithm", object2.checksum?.algorithm),
  textElement("ChecksumType", object2.checksum?.type),
  textElement("Size", object2.sizeBytes),
  textElement("StorageClass", "STANDARD")
);
var pageElements = ({ objects }, page, encode) => page.items.map(({ kind, name }) => {
  if (kind === "prefix") return element("CommonPrefixes", textElement("Prefix", encode(name)));
  const object2 = objects.get(name);
  return object2 === void 0 ? "" : contents(object2, encode);
});
var echo = (request14, { prefix, delimiter, limit }, encode) => [
  textElement("Name", request14.bucket),
  textElement("Prefix", encode(prefix)),
  textElement("Delimiter", delimiter === "" ? void 0 : encode(delimiter)),
  textElement("MaxKeys", limit),
  textElement("EncodingType", request14.query.get("encoding-type") || void 0)
];
var encodeToken = (after) => Buffer.from(after).toString("base64url");
var decodeToken = (token) => {
  const after = Buffer.from(token, "base64url").toString("utf8");
  if (token !== "" && encodeToken(after) === token) return after;
  throw new S3Error("InvalidArgument", "The continuation token provided is incorrect");
};
var listObjectsV2 = async ({ store }, request14) => {
  const { query } = request14;
  const bucket = store.bucket(request14.bucket);
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const listQuery = parseQuery(query, token === null ? startAfter : decodeToken(token));
  const encode = nameEncoder(query);
  const page = listPage(bucket.objects.sortedBytes(), listQuery);
  const elements = [
    ...echo(request14, listQuery, encode),
    textElement("StartAfter", startAfter === null ? void 0 : encode(startAfter)),
    textElement("ContinuationToken", token ?? void 0),
    textElement("KeyCount", page.items.length),
    textElement("IsTruncated", page.next !== void 0),
    textElement("NextContinuationToken", page.next === void 0 ? void 0 : encodeToken(page.next)),
    ...pageElements(bucket, page, encode)
  ];
  return xmlReply(xmlDocument("ListBucketResult", ...elements));
};
var listObjectsV1 = async ({ store }, request14) => {
  const { query } = request14;
  const bucket = store.bucket(request14.bucket);
  const marker = query.get("marker");
  const listQuery = parseQuery(query, marker);
  const encode = nameEncoder(query);
  const page = listPage(bucket.objects.sortedBytes(), listQuery);
  const elements = [
    ...echo(request14, listQuery, encode),
    textElement("Marker", encode(marker ?? "")),
    textElement("IsTruncated", page.next !== void 0),
    textElement("NextMarker", page.next === void 0 ? void 0 : encode(page.next)),
    ...pageElements(bucket, page, encode)
  ];
  return xmlReply(xmlDocument("ListBucketResult", ...elements));
};

// local/s3/operations/list-parts.ts
var parseMarker = (text3) => {
  if (/^\d{0,9}$/.test(text3)) return Number(text3);
  throw new S3Error("InvalidArgument", "Argument part-number-marker must be an integer between 0 and 2147483647");
};
var partElement = (part, { checksum }) => element(
  "Part",
  textElement("PartNumber", part.partNumber),
  textElement("LastModified", new Date(part.modifiedMs).toISOString()),
  textElement("ETag", quotedEtag(part.etag)),
  textElement("Size", part.blob.sizeBytes),
  checksum === void 0 ? "" : textElement(checksumElement(checksum.algorithm), part.checksum)
);
var listParts = async ({ store }, request14) => {
  const { bucket, key, query } = request14;
  const upload = uploadOf(store, request14);
  const marker = parseMarker(query.get("part-number-marker") ?? "");
  const limit = parsePageSize(query, "max-parts");
  const rest = [...upload.parts.values()].filter((part) => part.partNumber > marker).sort((a, b) => a.partNumber - b.partNumber);
  const page = rest.slice(0, limit);
  const fields = [
    textElement("Bucket", bucket),
    textElement("Key", nameEncoder(query)(key)),
    textElement("UploadId", upload.id),
    textElement("PartNumberMarker", marker),
    textElement("NextPartNumberMarker", page.at(-1)?.partNumber),
    textElement("MaxParts", limit),
    textElement("IsTruncated", limit > 0 && rest.length > limit),
    textElement("ChecksumAlgorithm", upload.checksum?.algorithm),
    textElement("ChecksumType", upload.checksum?.type),
    textElement("StorageClass", "STANDARD"),
    ...page.map((part) => partElement(part, upload))
  ];
  return xmlReply(xmlDocument("ListPartsResult", ...fields));
};

// local/s3/operations/receive-blob.ts
var receiveBlob = async ({ store }, request14, check = () => void 0) => {
  const plan = planBody(request14.headers, request14.payload);
  if (plan.sizeBytes > MAX_PUT_BYTES) {
    throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  }
  check(plan);
  const body = new VerifiedBody(request14.body, plan);
  const blob = await store.blobs.write(body.chunks());
  return { ...body.facts, blob };
};

// local/s3/operations/put-object.ts
var putObject = async (context, request14) => {
  const { store, now: now2 } = context;
  const { bucket, headers, key } = request14;
  const kept = keptHeaders(headers);
  checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
  const { blob, checksum, md5, sizeBytes } = await receiveBlob(context, request14);
  const object2 = {
    key,
    blobs: [blob],
    sizeBytes,
    etag: md5.toString("hex"),
    modifiedMs: now2(),
    headers: kept,
    checksum: checksum && { ...checksum, type: "FULL_OBJECT" }
  };
  await commitBlob(store, blob, () => {
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    return [{ kind: "put", bucket, object: object2 }];
  });
  return emptyReply(200, { etag: quotedEtag(object2.etag), ...checksumHeaders(object2) });
};

// local/s3/operations/upload-part.ts
var checkAlgorithm = (upload, given) => {
  const expected = upload.checksum?.algorithm;
  if (expected === void 0 || expected === given) return;
  throw new S3Error(
    "InvalidRequest",
    `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${given?.toLowerCase() ?? "null"}`
  );
};
var commitPart = (store, request14, part) => commitBlob(store, part.blob, () => {
  const { id } = uploadOf(store, request14);
  return [{ kind: "put-part", bucket: request14.bucket, uploadId: id, part }];
});
var uploadPart = async (context, request14) => {
  const { store, now: now2 } = context;
  const upload = uploadOf(store, request14);
  const partNumber = parsePartNumber(request14.query.get("partNumber") ?? "");
  const { blob, checksum, md5 } = await receiveBlob(
    context,
    request14,
    (plan) => checkAlgorithm(upload, plan.checksum?.algorithm)
  );
  const etag = md5.toString("hex");
  const isKept = checksum !== void 0 && upload.checksum !== void 0;
  const part = { partNumber, blob, etag, modifiedMs: now2(), ...isKept ? { checksum: checksum.value } : {} };
  await commitPart(store, request14, part);
  const told = checksum && { [checksumHeader(checksum.algorithm)]: checksum.value };
  return emptyReply(200, { etag: quotedEtag(etag), ...told });
};
var uploadPartCopy = async (context, request14) => {
  const { store, now: now2 } = context;
  const upload = uploadOf(store, request14);
  const partNumber = parsePartNumber(request14.query.get("partNumber") ?? "");
  const { object: object2 } = findCopySource(context, request14);
  const range = request14.headers["x-amz-copy-source-range"];
  const span = range === void 0 ? { first: 0, last: object2.sizeBytes - 1 } : parseCopyRange(range, object2.sizeBytes);
  if (span.last - span.first + 1 > MAX_PUT_BYTES) {
    throw new S3Error(
      "InvalidRequest",
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PUT_BYTES}`
    );
  }
  const algorithm = upload.checksum?.algorithm;
  const { blob, checksum, etag } = await copySpan(store, object2, {
    span,
    ...algorithm === void 0 ? {} : { algorithm }
  });
  const modifiedMs = now2();
  await commitPart(store, request14, {
    partNumber,
    blob,
    etag,
    modifiedMs,
    ...checksum === void 0 ? {} : { checksum }
  });
  const fields = [
    textElement("LastModified", new Date(modifiedMs).toISOString()),
    textElement("ETag", quotedEtag(etag)),
    algorithm === void 0 ? "" : textElement(checksumElement(algorithm), checksum)
  ];
  return xmlReply(xmlDocument("CopyPartResult", ...fields));
};

// local/s3/router.ts
var NOT_IMPLEMENTED = [
  "accelerate acl analytics attributes cors encryption intelligent-tiering inventory legal-hold lifecycle logging metrics",
  "notification object-lock ownershipControls policy policyStatus publicAccessBlock replication requestPayment restore",
  "retention select tagging torrent versioning versions website"
].flatMap((line) => line.split(" "));
var notImplemented = (what) => new S3Error(
  "NotImplemented",
  `A header or parameter you provided implies functionality that is not implemented: ${what}`
);
var checkImplemented = ({ headers, query }) => {
  const parameter = NOT_IMPLEMENTED.find((name) => query.has(name));
  if (parameter !== void 0) throw notImplemented(parameter);
  const version2 = query.get("versionId");
  if (version2 !== null && version2 !== "null") throw notImplemented("versionId");
  const header = Object.keys(headers).find((name) => name.includes("server-side-encryption-customer"));
  if (header !== void 0) throw notImplemented(header);
};
var routeBucket = ({ method, query }) => {
  switch (method) {
    case "GET":
      if (query.has("uploads")) return listMultipartUploads;
      if (query.has("location")) return getBucketLocation;
      return query.get("list-type") === "2" ? listObjectsV2 : listObjectsV1;
    case "HEAD":
      return headBucket;
    case "PUT":
      return createBucket;
    case "DELETE":
      return deleteBucket;
    case "POST":
      return query.has("delete") ? deleteObjects : void 0;
  }
  return void 0;
};
var routePut = ({ headers, query }) => {
  const isCopy = headers["x-amz-copy-source"] !== void 0;
  if (query.has("uploadId")) return isCopy ? uploadPartCopy : uploadPart;
  return isCopy ? copyObject : putObject;
};
var routeObject = (request14) => {
  const { method, query } = request14;
  const isOfUpload = query.has("uploadId");
  switch (method) {
    case "GET":
      return isOfUpload ? listParts : getObject;
    case "HEAD":
      return headObject;
    case "PUT":
      return routePut(request14);
    case "DELETE":
      return isOfUpload ? abortMultipartUpload : deleteObject;
    case "POST":
      if (query.has("uploads")) return createMultipartUpload;
      return isOfUpload ? completeMultipartUpload : void 0;
  }
  return void 0;
};
var routeService = ({ method }) => method === "GET" ? listBuckets : void 0;
var route = (request14) => {
  checkImplemented(request14);
  const pick = request14.bucket === "" ? routeService : request14.key === "" ? routeBucket : routeObject;
  const operation = pick(request14);
  if (operation !== void 0) return operation;
  throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.");
};

// local/s3/send-reply.ts
import { pipeline } from "node:stream/promises";
async function* resume(first, rest) {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}
var sendStream = async (response, reply, body) => {
  const chunks = body.chunks()[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    response.writeHead(reply.status, reply.headers);
    await pipeline(resume(first, chunks), response);
  } finally {
    await chunks.return?.();
    body.close();
  }
};
var sendReply = async (response, reply) => {
  const { body, headers, status } = reply;
  if (body !== void 0 && typeof body !== "string") {
    await sendStream(response, reply, body);
    return;
  }
  const bytes = Buffer.from(body ?? "");
  const hasLength = "content-length" in headers || status === 204 || status === 304;
  response.writeHead(status, hasLength ? headers : { ...headers, "content-length": String(bytes.length) });
  response.end(bytes);
};

// local/s3/http-server.ts
var KEEP_ALIVE_MS = 75e3;
var IDLE_MS = 10 * 6e4;
async function* readBody2(request14, beforeReading) {
  beforeReading();
  yield* request14.iterator({ destroyOnReturn: false });
}
var answer3 = async (message2, { context, policy, beforeReading }) => {
  if (message2.method === "OPTIONS") return preflightReply(singleValues(message2));
  const request14 = parseS3Request(message2, readBody2(message2, beforeReading));
  const payload = authenticate(request14, policy);
  const signed = { ...withHoistedHeaders(request14), payload };
  return await route(signed)(context, signed);
};
var singleValues = ({ headers }) => ({
  origin: headers.origin,
  "access-control-request-headers": headers["access-control-request-headers"]
});
var createHandler = (context, policy) => {
  const failed = (error, { method = "", url = "" }, requestId) => errorReply(error, { method, resource: url.split("?", 1).join(""), requestId });
  return async (message2, response) => {
    const requestId = context.newId().slice(0, 16).toUpperCase();
    const isWaiting = message2.headers.expect?.toLowerCase() === "100-continue";
    let isAwaited = !isWaiting;
    const beforeReading = () => {
      if (!isAwaited) response.writeContinue();
      isAwaited = true;
    };
    const common = { "x-amz-request-id": requestId, ...corsHeaders(singleValues(message2)) };
    const send = async (reply) => {
      const connection = isAwaited ? {} : { connection: "close" };
      await sendReply(response, { ...reply, headers: { ...common, ...connection, ...reply.headers } });
      message2.resume();
    };
    try {
      await send(await answer3(message2, { context, policy, beforeReading }));
    } catch (error) {
      if (response.headersSent) response.destroy();
      else await send(failed(error, message2, requestId));
    }
  };
};
var createS3Server = (context, policy) => {
  const handle = createHandler(context, policy);
  const onRequest = (request14, response) => {
    handle(request14, response).catch(() => response.destroy());
  };
  const server = createServer4({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, onRequest);
  server.on("checkContinue", onRequest);
  server.setTimeout(IDLE_MS);
  return server;
};

// local/s3/index.ts
var MAX_UPLOAD_AGE_MS = 7 * 24 * 3600 * 1e3;
var STOP_GRACE_MS = 5e3;
var prepareBuckets = async (store, names, now2) => {
  await store.commit((state) => {
    const absent = [...new Set(names.map(checkedBucketName))].filter((name) => !state.has(name));
    return absent.map((bucket) => ({ kind: "create-bucket", bucket, createdMs: now2() }));
  });
};
var endOldUploads = async (store, now2) => {
  await store.commit((state) => {
    const changes = [];
    for (const { name, uploads } of state.values()) {
      for (const { id, startedMs } of uploads.values()) {
        if (startedMs < now2() - MAX_UPLOAD_AGE_MS) changes.push({ kind: "end-upload", bucket: name, uploadId: id });
      }
    }
    return changes;
  });
};
var listen = (server, host, port) => new Promise((done, fail) => {
  server.once("error", fail);
  server.listen(port, host, () => {
    server.off("error", fail);
    const address = server.address();
    done(typeof address === "object" && address !== null ? address.port : port);
  });
});
var closeServer = async (server) => {
  const cut = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await new Promise((done) => server.close(() => done()));
  clearTimeout(cut);
  clearInterval(sweep);
};
var startS3 = async (options) => {
  const { buckets, credentials, host = "127.0.0.1", now: now2 = Date.now, port = 0, region = "us-east-1" } = options;
  const newId = () => randomBytes2(16).toString("hex");
  const store = await ObjectStore.open({ rootDir: resolve(options.rootDir), now: now2, newId });
  try {
    await prepareBuckets(store, buckets, now2);
    await endOldUploads(store, now2);
    const server = createS3Server({ store, region, now: now2, newId }, { credentials, region, now: now2 });
    const boundPort = await listen(server, host, port);
    let stopping;
    const stop2 = () => {
      stopping ??= closeServer(server).then(() => store.close());
      return stopping;
    };
    return { endpoint: `http://${host}:${boundPort}`, stop: stop2 };
  } catch (error) {
    await store.close();
    throw error;
  }
};

// local/stores.ts
var TABLE = "tracklet";
var BUCKET = "tracklet-artifacts";
var REGION = "us-east-1";
var CREDENTIALS = { accessKeyId: "tracklet", secretAccessKey: "tracklet" };
async function startStores({ dataDir, engine, log: log2 }) {
  const artifactDir = dataDir === void 0 ? await mkdtemp(join7(tmpdir2(), "tracklet-")) : join7(dataDir, "artifacts");
  const [dynamodb, s3] = await Promise.all([
    startDynamoDb({ dataDir, engine, log: log2 }),
    startS3({ rootDir: artifactDir, buckets: [BUCKET], credentials: CREDENTIALS, region: REGION })
  ]);
  const connection = { region: REGION, credentials: CREDENTIALS };
  const dynamodbConnection = { ...connection, endpoint: dynamodb.endpoint };
  await withClient(dynamodbConnection, (client) => createTable(client, TABLE));
  return {
    connections: {
      dynamodb: dynamodbConnection,
      s3: { ...connection, endpoint: s3.endpoint, forcePathStyle: true }
    },
    tableName: TABLE,
    bucketName: BUCKET,
    failed: dynamodb.exited,
    stop: async () => {
      await Promise.all([dynamodb.stop(), s3.stop()]);
      if (dataDir === void 0) await rm4(artifactDir, { recursive: true, force: true });
    }
  };
}
async function withClient(config, use) {
  const client = new DynamoDBClient2(config);
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}

// local/welcome.ts
var welcome = (url, dataDir) => `
Tracklet is ready at ${url}
${dataDir === void 0 ? "Nothing is kept: all is gone when it stops." : `Data are kept in ${dataDir}.`}

    import mlflow
    mlflow.set_tracking_uri("${url}")
    mlflow.autolog()

Ctrl-C stops it.
`;

// local/serve.ts
var ARTIFACT_ROOT = "mlflow-artifacts:/";
async function serve2(options) {
  const lock = options.dataDir === void 0 ? void 0 : await lockDataDir(options.dataDir);
  const stores = await startStores({ dataDir: options.dataDir, engine: options.engine, log });
  try {
    const environment = { tableName: stores.tableName, bucketName: stores.bucketName, artifactRoot: ARTIFACT_ROOT };
    const app = createApp(operations, createServices(environment, stores.connections), reportError);
    const server = await startHttp(app.fetch, options);
    console.log(welcome(server.url, options.dataDir));
    const failure = await Promise.race([untilSignal(), stores.failed]);
    await server.stop();
    if (failure) throw new CommandError(`a store stopped by itself: ${failure.message}`, 1);
  } finally {
    await stores.stop();
    await lock?.release();
  }
}
var log = (line) => console.error(line);
var reportError = (message2, cause) => console.error(`error: ${message2}`, cause);
function startHttp(fetch, { host, port }) {
  return new Promise((resolve2, reject) => {
    const server = listen2({ fetch, hostname: host, port }, (address) => {
      resolve2({ url: `http://${urlHost(address)}:${address.port}`, stop: () => stopHttp(server) });
    });
    server.once("error", (error) => reject(isPortTaken(error) ? portTaken(host, port) : error));
  });
}
var urlHost = ({ address, family }) => family === "IPv6" ? `[${address}]` : address;
var isPortTaken = (error) => "code" in error && error.code === "EADDRINUSE";
var portTaken = (host, port) => new CommandError(`port ${port} on ${host} is in use. Stop what listens there, or give another --port.`, 1);
function stopHttp(server) {
  return new Promise((resolve2) => {
    server.close(() => resolve2());
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
function untilSignal() {
  return new Promise((resolve2) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => resolve2(void 0));
  });
}

// local/serve-options.ts
import { parseArgs } from "node:util";
var SERVE_USAGE = `Options of serve:
  --host HOST        address to listen on (127.0.0.1)
  --port PORT        port to listen on, 0 for any free one (5000)
  --data-dir DIR     folder of the stores (.tracklet)
  --ephemeral        keep everything in memory; it is gone when the server stops
  --auth none        who may do what; 'none' is all there is on a laptop so far
  --engine ENGINE    embedded DynamoDB: dynoxide or dynalite (the faster one that is installed)`;
var ENGINES = ["dynoxide", "dynalite"];
function parseServeOptions(args) {
  const { values } = parse2(args);
  if (values.auth !== "none") throw new CommandError(`--auth ${values.auth} is not known; use --auth none.`);
  if (values.ephemeral && values["data-dir"] !== void 0) {
    throw new CommandError("--ephemeral keeps nothing, so --data-dir cannot go with it; give one of the two.");
  }
  const engine = ENGINES.find((name) => name === values.engine);
  if (values.engine !== void 0 && !engine) {
    throw new CommandError(`--engine ${values.engine} is not known; use ${ENGINES.join(" or ")}.`);
  }
  return {
    host: values.host,
    port: parsePort(values.port),
    dataDir: values.ephemeral ? void 0 : values["data-dir"] ?? ".tracklet",
    engine
  };
}
function parse2(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "5000" },
        "data-dir": { type: "string" },
        ephemeral: { type: "boolean", default: false },
        auth: { type: "string", default: "none" },
        engine: { type: "string" }
      }
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}

${SERVE_USAGE}`);
  }
}
function parsePort(text3) {
  const port = Number(text3);
  if (!/^\d+$/.test(text3) || port > 65535) throw new CommandError(`--port ${text3} is no port; give 0 to 65535.`);
  return port;
}

// local/main.ts
var USAGE = `Usage: tracklet <command> [options]

Commands:
  serve    run Tracklet on this machine, with embedded stores

${SERVE_USAGE}`;
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
async function main(args) {
  const [command, ...options] = args;
  try {
    await run(command, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`tracklet: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}
async function run(command, options) {
  if (command === "serve" && !options.includes("--help")) {
    await serve2(parseServeOptions(options));
  } else if (command === void 0 || command === "help" || options.includes("--help") || command === "--help") {
    console.log(USAGE);
  } else {
    throw new CommandError(`unknown command '${command}'.

${USAGE}`);
  }
}
export {
  main
};
//# sourceMappingURL=tracklet.js.map
