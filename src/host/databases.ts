/** Databases by the `node:sqlite` that Deno, Bun and Node have. */
import type { Database, DatabaseValue } from "../../mod.ts";
import { thisProcess } from "./this_process.ts";

/** What the host keeps for the value of a column: it may have types of its own. */
function plain(value: unknown): DatabaseValue {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value === null || typeof value === "bigint" || typeof value === "number" || typeof value === "string") {
    return value;
  }
  throw new Error(`a column of an unknown type: ${typeof value}`);
}

/** Opens a database; it is noted in `opened` until it is closed. */
export function openDatabase(opened: Set<() => void>, path: string | null): Database {
  const sqlite = thisProcess()?.getBuiltinModule("node:sqlite");
  if (sqlite === undefined) throw new Error("this version of the host has no SQLite");
  const database = new sqlite.DatabaseSync(path ?? ":memory:");
  const close = (): void => {
    if (opened.delete(close)) database.close();
  };
  opened.add(close);
  return {
    batch: (sql) => database.exec(sql),
    run: (sql, parameters) => Number(database.prepare(sql).run(...parameters).changes),
    query: (sql, parameters, most) => {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      const rows: (readonly [string, DatabaseValue])[][] = [];
      for (const row of statement.iterate(...parameters)) {
        if (rows.length === most) throw new Error(`the statement answers more than ${most} rows`);
        rows.push(Object.entries(row).map(([column, value]) => [column, plain(value)] as const));
      }
      return rows;
    },
    close,
  };
}
