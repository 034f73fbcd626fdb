/**
 * Databases of SQLite (language reference: 05-host §20), by handles that are strings. A statement may not name other files:
 * where a program may write is decided when it opens a database.
 */
import {
  Bytevector,
  Condition,
  evalError,
  float,
  Flonum,
  integer,
  isInt64,
  keyword,
  SortedMap,
  type Value,
} from "../../data/mod.ts";
import { listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, many, one, requires, two } from "../declare.ts";
import { refusal } from "./file_access.ts";
import { plain } from "./option_maps.ts";
import { perRuntime } from "./per_runtime.ts";

/** What a database keeps: integers are bigints, so that they differ from floats. */
export type DatabaseValue = null | bigint | number | string | Uint8Array;

/** A database that is open. Its methods throw an `Error` in the database's words. */
export interface Database {
  /** Runs any number of statements. */
  batch(sql: string): void;
  /** Runs a statement; how many rows it has changed, in the database's count. */
  run(sql: string, parameters: readonly DatabaseValue[]): number;
  /** Runs a statement; the rows that it answers, as pairs of a column's name and its value. Throws where they are more than `most`. */
  query(
    sql: string,
    parameters: readonly DatabaseValue[],
    most: number,
  ): (readonly [column: string, value: DatabaseValue])[][];
  /** Gives it up. */
  close(): void;
}

/** What an embedder gives that can open databases: a part of `HostAccess`. */
export interface DatabaseAccess {
  /** Opens the database in a file, or makes it; null: one in memory. */
  open(path: string | null): Database;
}

/** So many rows may a statement answer: more would not fit into the memory of the host, and some never end. */
const MOST_ROWS = 2 ** 20;

const databases = perRuntime((): Map<string, Database> => new Map());

/** A statement without what it quotes and what is said beside it. */
function bare(sql: string): string {
  return sql.replaceAll(/'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*.*?(?:\*\/|$)/gs, " ");
}

/** Statements that reach for other files. */
const ELSEWHERE = /\battach\b|\bvacuum\b[^;]*\binto\b/i;
/** Those that change rows; the database does not forget the count of the last one at any other. */
const CHANGES = /^\s*(?:insert|update|delete|replace|with)\b/i;

/** Does something with a database for the function `name`. */
function using<T>(name: string, handle: Value, context: BuiltinContext, act: (database: Database) => T): T {
  const database = databases(context).get(text(handle));
  if (database === undefined) throw evalError(`${name}: no open database '${text(handle)}'`, "open it: (db/open path)");
  return attempt(name, () => act(database));
}

function attempt<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Condition || !(error instanceof Error)) throw error;
    throw refusal(error, name, "fs-write") ?? evalError(`${name}: ${error.message}`);
  }
}

function statement(name: string, value: Value): string {
  const sql = text(value);
  if (ELSEWHERE.test(bare(sql))) {
    throw evalError(`${name}: a statement may not reach for other files`, "open each file by db/open");
  }
  return sql;
}

function parameter(value: Value): DatabaseValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "bigint") return isInt64(value) ? value : String(value);
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (value instanceof Flonum) return value.value;
  return value instanceof Bytevector ? value.bytes : plain(value);
}

function valueOf(value: DatabaseValue): Value {
  if (typeof value === "bigint") return integer(value);
  if (typeof value === "number") return float(value);
  return value instanceof Uint8Array ? new Bytevector(value) : value;
}

function rows(name: string, [handle = null, sql = null, ...rest]: readonly Value[], context: BuiltinContext): Value[] {
  return using(name, handle, context, (database) => {
    const found = database.query(statement(name, sql), rest.map(parameter), MOST_ROWS);
    return found.map((row) => SortedMap.from(row.map(([column, value]) => [keyword(column), valueOf(value)])));
  });
}

/** Opens what is not open yet under this handle. */
function open(name: string, handle: string, path: string | null, context: BuiltinContext): Value {
  const own = databases(context);
  if (own.has(handle)) return handle;
  const access = context.host.databases;
  if (access === undefined) throw evalError(`${name}: this runtime was not given databases`);
  const database = attempt(name, () => access.open(path));
  own.set(handle, database);
  const wanted = ["foreign_keys=ON", "busy_timeout=10000", ...path === null ? [] : ["journal_mode=WAL"]];
  try {
    attempt(name, () => database.batch(wanted.map((setting) => `PRAGMA ${setting};`).join(" ")));
  } catch (error) {
    // A file that is no database is found out by the first look at it.
    own.delete(handle);
    database.close();
    throw error;
  }
  return handle;
}

function openFile(args: readonly Value[], context: BuiltinContext): Value {
  const path = text(args.at(-1) ?? null);
  return context.files.write("db/open", path, () => open("db/open", text(args[0] ?? null), path, context));
}

const MADE = '(db/open-memory) (db/exec ":memory:" "CREATE TABLE t (a, b)")';
const TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/** `db/…`. */
export const databaseBuiltins: Area = () => [
  ...requires("fs-write", [
    many("db/open", 1, 2, "(db/open [handle] path): opens the database in a file, or makes it; its handle.", openFile, [
      '(db/open "books" "books.db")',
      '"books"',
    ]),
    many("db/open-memory", 0, 1, "(db/open-memory [handle]): makes a database in memory; its handle.", (
      [handle = ":memory:"],
      context,
    ) => open("db/open-memory", text(handle), null, context), ["(db/open-memory)", '":memory:"']),
    many(
      "db/exec",
      2,
      Infinity,
      "(db/exec handle sql value ...): runs a statement, with values for its question marks; how many rows it has changed.",
      ([handle = null, sql = null, ...rest], context) =>
        using("db/exec", handle, context, (database) => {
          const code = statement("db/exec", sql);
          const changed = database.run(code, rest.map(parameter));
          return CHANGES.test(bare(code)) ? changed : 0;
        }),
      [`(begin ${MADE} (db/exec ":memory:" "INSERT INTO t VALUES (?, ?)" 1 "one"))`, "1"],
    ),
    two("db/exec-batch", "(db/exec-batch handle sql): runs any number of statements.", (handle, sql, context) => {
      using("db/exec-batch", handle, context, (database) => database.batch(statement("db/exec-batch", sql)));
      return null;
    }, [`(begin ${MADE} (db/exec-batch ":memory:" "DELETE FROM t; DROP TABLE t"))`, "nil"]),
  ]),
  ...requires("fs-read", [
    many(
      "db/query",
      2,
      Infinity,
      "(db/query handle sql value ...): the rows that a statement answers: maps with keywords for columns.",
      (args, context) => listOf(rows("db/query", args, context)),
      ['(begin (db/open-memory) (db/query ":memory:" "SELECT ? AS a, 2.0 AS b" "x"))', '({:a "x" :b 2.0})'],
    ),
    many(
      "db/query-one",
      2,
      Infinity,
      "(db/query-one handle sql value ...): the first row that a statement answers; nil when there is none.",
      (args, context) => rows("db/query-one", args, context)[0] ?? null,
      ['(begin (db/open-memory) (db/query-one ":memory:" "SELECT 1 + 1 AS sum"))', "{:sum 2}"],
    ),
    one("db/last-insert-id", "The number of the row that was inserted last.", (handle, context) => {
      const [row] = using("db/last-insert-id", handle, context, (database) => {
        return database.query("SELECT last_insert_rowid()", [], 1);
      });
      return valueOf(row?.[0]?.[1] ?? null);
    }, [`(begin ${MADE} (db/exec ":memory:" "INSERT INTO t VALUES (1, 2)") (db/last-insert-id ":memory:"))`, "1"]),
    one("db/tables", "The names of the tables of a database, sorted.", (handle, context) => {
      const found = using("db/tables", handle, context, (database) => database.query(TABLES, [], MOST_ROWS));
      return listOf(found.map((row) => valueOf(row[0]?.[1] ?? null)));
    }, [`(begin ${MADE} (db/tables ":memory:"))`, '("t")']),
  ]),
  one("db/close", "Closes a database; nothing when it is not open.", (handle, context) => {
    const own = databases(context);
    own.get(text(handle))?.close();
    own.delete(text(handle));
    return null;
  }, ['(db/close ":memory:")', "nil"]),
];
