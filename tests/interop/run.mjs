// Runs every test file with node's own runner, against SOCKETIO_URL or a test host started here.
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startHost } from "./support/host.mjs";

const tests = fileURLToPath(new URL("./test/", import.meta.url));
const names = (await readdir(tests)).filter((name) => name.endsWith(".test.mjs")).sort();
const wanted = process.argv.slice(2);
const files = names.filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

const host = process.env.SOCKETIO_URL ? { url: process.env.SOCKETIO_URL, stop() {} } : await startHost();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => (host.stop(), process.exit(1)));

const runner = spawn(
  process.execPath,
  // Two files at a time: the frozen-network and expiry tests mostly wait, and share the machine well.
  ["--test", "--test-force-exit", "--test-reporter=spec", "--test-concurrency=2", ...files.map((name) => tests + name)],
  { stdio: "inherit", env: { ...process.env, SOCKETIO_URL: host.url } },
);
const code = await new Promise((resolve) => runner.once("exit", (status) => resolve(status ?? 1)));
host.stop();
process.exitCode = code;
