import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const project = fileURLToPath(new URL("../../SocketIO.TestHost", import.meta.url));
const startLimit = 60_000; // ms, a cold first start of the runtime on a busy machine included

/** Builds the test host, starts it on a free port of the loopback, and resolves once it answers. */
export async function startHost() {
  const build = spawnSync("dotnet", ["build", project, "-c", "Release", "-v", "q", "--nologo"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the test host does not build:\n${build.stdout}${build.stderr}`);

  const url = `http://127.0.0.1:${await freePort()}`;
  // The built file, not `dotnet run`: the process to stop is then the host itself.
  const host = spawn("dotnet", [`${project}/bin/Release/net10.0/SocketIO.TestHost.dll`, "--urls", url], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const deadline = performance.now() + startLimit;
  while (!(await answers(url))) {
    if (host.exitCode !== null) throw new Error(`the test host ended at its start with code ${host.exitCode}`);
    if (performance.now() > deadline) throw new Error(`the test host did not answer within ${startLimit} ms`);
    await pause(50);
  }
  return { url, stop: () => host.kill("SIGKILL") };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

async function answers(url) {
  try {
    const response = await fetch(`${url}/real/?EIO=4&transport=polling`);
    return response.status === 200 && (await response.text()).startsWith("0{");
  } catch {
    return false;
  }
}
