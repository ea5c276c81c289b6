import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { withDevices } from '../devices';
import { url } from '../people';

const name = `colloque-${process.pid}`;
const [near, far] = [`cq${process.pid}`, `cp${process.pid}`];
/** Where the clinic stands, at the other end of the patient's line. */
const clinic = '10.213.77.1';

const address = (last: number) => `10.213.77.${last}`;

const run = (...parts: string[]) => execFileSync(parts[0] as string, parts.slice(1), { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
const there = (...parts: string[]) => run('ip', 'netns', 'exec', name, ...parts);

/** Why a command did not do it, in one line. */
const said = (reason: unknown) => String((reason as { stderr?: string }).stderr || reason).trim().split('\n')[0];

/** A home of its own for the patient's browser: one line leads from it to the clinic, and nothing else. */
export interface Link {
  clinic: string;
  /** In this network, with a camera and a microphone. */
  browser(): Promise<Browser>;
  /** So many kilobits a second each way, with a queue of 300 ms; null: as fast as the machine. */
  shape(kilobits: number | null): void;
  /** Lets nothing of these pass any more; a port is one of the clinic's. */
  block(protocol: 'udp' | 'tcp', port?: number): void;
  /** The line is cut, or there again. */
  cut(is: boolean): void;
  /** Another network from one moment to the next, as when a phone leaves the house: the address is another, what was connected is not. */
  move(): void;
  end(): void;
}

/** Chromium for pages of the clinic's address, which has no certificate. */
export const launch = (executablePath?: string) =>
  chromium.launch({
    ...withDevices,
    ...(executablePath && { executablePath }),
    // The relay's certificate is the tests' own.
    args: [...withDevices.args, `--unsafely-treat-insecure-origin-as-secure=${url()}`, '--ignore-certificate-errors'],
  });

/** Makes one; or says why it cannot be made here. */
export function openLink(): Link | string {
  const folder = mkdtempSync(join(tmpdir(), 'colloque-link-'));
  const end = () => {
    for (const undo of [() => run('ip', 'netns', 'del', name), () => run('ip', 'link', 'del', near)])
      try {
        undo();
      } catch {
        // It had not come so far, or went with the other.
      }
    rmSync(folder, { recursive: true, force: true });
  };
  const shape = (kilobits: number | null) => {
    for (const on of [(...parts: string[]) => run('tc', 'qdisc', ...parts.map((part) => (part === 'LINE' ? near : part))), (...parts: string[]) => there('tc', 'qdisc', ...parts.map((part) => (part === 'LINE' ? far : part)))])
      if (kilobits === null) on('del', 'dev', 'LINE', 'root');
      else on('replace', 'dev', 'LINE', 'root', 'tbf', 'rate', `${kilobits}kbit`, 'burst', '3000', 'latency', '300ms');
  };
  try {
    run('ip', 'netns', 'add', name);
    run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far);
    run('ip', 'link', 'set', far, 'netns', name);
    run('ip', 'addr', 'add', `${clinic}/29`, 'dev', near);
    run('ip', 'link', 'set', near, 'up');
    there('ip', 'addr', 'add', `${address(2)}/29`, 'dev', far);
    there('ip', 'link', 'set', far, 'up');
    there('ip', 'link', 'set', 'lo', 'up');
    shape(1_000);
    shape(null);
  } catch (reason) {
    end();
    return `no network of its own can be made here: ${said(reason)}`;
  }
  return {
    clinic,
    shape,
    end,
    cut: (is) => void run('ip', 'link', 'set', near, is ? 'down' : 'up'),
    move: () => {
      there('ip', 'addr', 'del', `${address(2)}/29`, 'dev', far);
      there('ip', 'addr', 'add', `${address(3)}/29`, 'dev', far);
    },
    block: (protocol, port) => void there('ip', 'rule', 'add', 'priority', '10', 'ipproto', protocol, ...(port ? ['dport', String(port)] : []), 'prohibit'),
    browser: async () => {
      const program = join(folder, 'chromium');
      writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${name} ${withDevices.executablePath} "$@"\n`);
      chmodSync(program, 0o755);
      return await launch(program);
    },
  };
}
