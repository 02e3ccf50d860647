// The query of admission.sql over a file, by DuckDB on one thread: prints how many nanoseconds a document it took.
//
//   node duckdb.mjs MODULES FILE OUT     MODULES is the folder with node_modules
//
// Only the query is timed: neither the start of node nor that of DuckDB. The rows are written to OUT as CSV.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, file, out] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(modules, "package.json"))("@duckdb/node-api");
const query = readFileSync(new URL("admission.sql", import.meta.url), "utf8").replaceAll("'FILE'", `'${file}'`);
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const connection = await instance.connect();
const start = process.hrtime.bigint();
const result = await connection.run(`COPY (${query}) TO '${out}' (FORMAT csv, HEADER false)`);
console.log((Number(process.hrtime.bigint() - start) / result.rowsChanged).toFixed(2));
