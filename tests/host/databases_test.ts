/** Databases of SQLite. */
import { after, describe, it } from "node:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";

const TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];
const directory = mkdtempSync(join(tmpdir(), "sema-db-"));
after(() => rmSync(directory, { recursive: true, force: true }));

function run(code: string, tier: Tier = "auto", allowedPaths?: readonly string[]): string {
  const host = hostAccess();
  const runtime = createRuntime({ tier, host, ...allowedPaths === undefined ? {} : { allowedPaths } });
  runtime.define("at", (name: string) => join(directory, name));
  try {
    return runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " ").replaceAll(directory, "DIR");
  } catch (error) {
    if (error instanceof SemaError) return `${error.type}: ${error.message.replaceAll(directory, "DIR")}`;
    throw error;
  } finally {
    host.release?.();
  }
}

describe("a database", () => {
  for (const tier of TIERS) {
    it(`keeps values of its types, and gives them back (${tier})`, () => {
      const code = `(db/open-memory "m")
        (define made (db/exec "m" "CREATE TABLE t (id INTEGER PRIMARY KEY, v)"))
        (define (put v) (db/exec "m" "INSERT INTO t (v) VALUES (?)" v))
        (define counts (map put (list nil #t #f 7 9007199254740993 12345678901234567890 2.5 2.0 "tëxt" #u8(1 2) :k '(1 "x"))))
        (list made counts (db/last-insert-id "m") (map :v (db/query "m" "SELECT v FROM t ORDER BY id")))`;
      const values = `(nil 1 0 7 9007199254740993 "12345678901234567890" 2.5 2.0 "tëxt" #u8(1 2) ":k" "(1 \\"x\\")")`;
      assertEquals(run(code, tier), `(0 (1 1 1 1 1 1 1 1 1 1 1 1) 12 ${values})`);
    });
  }

  it("answers rows, one row, tables and counts", () => {
    const code = `(db/open-memory)
      (db/exec-batch ":memory:" "CREATE TABLE b (x, y); CREATE TABLE a (z); INSERT INTO b VALUES (1, 'one'), (2, 'two')")
      (list (db/query ":memory:" "SELECT * FROM b WHERE x > ? ORDER BY x" 0) (db/query-one ":memory:" "SELECT * FROM b WHERE x = 2")
        (db/query-one ":memory:" "SELECT * FROM b WHERE x = 3") (db/query ":memory:" "SELECT * FROM a") (db/tables ":memory:")
        (db/exec ":memory:" "/* all */ UPDATE b SET y = 'more'") (db/exec ":memory:" "CREATE TABLE c (x)"))`;
    assertEquals(run(code), '(({:x 1 :y "one"} {:x 2 :y "two"}) {:x 2 :y "two"} nil () ("a" "b") 2 0)');
  });

  it("is a file, which the next program reads", () => {
    assertEquals(
      run('(define d (db/open (at "a.db"))) (db/exec-batch d "CREATE TABLE t (x); INSERT INTO t VALUES (5)") d'),
      '"DIR/a.db"',
    );
    assertEquals(
      run(
        '(list (db/open "d" (at "a.db")) (db/open "d" (at "a.db")) (db/query "d" "SELECT x FROM t") (db/close "d") (db/close "d"))',
      ),
      '("d" "d" ({:x 5}) nil nil)',
    );
    assertEquals(existsSync(join(directory, "a.db-wal")), false);
  });

  it("says what is wrong", () => {
    writeFileSync(
      join(directory, "text"),
      "no database, whatever it is called, for it is much too long to be one".repeat(20),
    );
    const CASES: readonly (readonly [code: string, error: string])[] = [
      ['(db/query "h" "SELECT 1")', "eval: db/query: no open database 'h'"],
      ['(db/open-memory) (db/query ":memory:" "SELEC 1")', 'eval: db/query: near "SELEC": syntax error'],
      ['(db/open-memory) (db/exec ":memory:" "INSERT INTO none VALUES (1)")', "eval: db/exec: no such table: none"],
      ['(db/open (at "text"))', "eval: db/open: file is not a database"],
      ['(db/open "h" (at "text")) (db/tables "h")', "eval: db/open: file is not a database"],
      ["(db/open-memory 5)", "type-error: expected string, got int"],
    ];
    for (const [code, error] of CASES) assertEquals(run(code), error, code);
  });

  it("reaches for no other file than the one it is", () => {
    const caught = (sql: string) =>
      run(`(db/open-memory) (try (db/exec-batch ":memory:" "${sql}") (catch e (:message e)))`);
    const refused = '"db/exec-batch: a statement may not reach for other files"';
    for (const sql of ["ATTACH 'x.db' AS x", "SELECT 1; /* ' */ attach 'x.db' AS x", "VACUUM INTO 'x.db'"]) {
      assertEquals(caught(sql), refused, sql);
    }
    assertEquals(caught("SELECT 'attach'; SELECT 1 AS [attach] -- attach"), "nil");
    const outside = '(try (db/open (at "b.db")) (catch e (:type e)))';
    assertEquals(run(outside, "auto", [join(directory, "sub")]), ":permission-denied");
    assertEquals(run(outside, "auto", [directory]), '"DIR/b.db"');
  });

  it("is not there where the runtime was not given any", () => {
    const { databases: _, ...host } = hostAccess();
    const runtime = createRuntime({ host });
    const caught = "(try (db/open-memory) (catch e (:message e)))";
    assertEquals(runtime.eval(caught), "db/open-memory: this runtime was not given databases");
  });
});
