/**
 * Fixtures for @playwright/test: a world for each test, whose pages are the
 * baseURL. What happened in the world is attached to a test that fails.
 */
import { test as base, type TestInfo } from '@playwright/test';
import type { Arrangement } from './control.js';
import { Sandbox, type SandboxOptions } from './sandbox.js';
import type { World } from './world.js';

export { expect } from '@playwright/test';

export interface WorldOptions {
  /** How the world of each test begins: clock, policy, texts, defects. */
  worldSetup: Arrangement;
  /** Where your own frontend is, like http://localhost:5173. What it asks of the sandbox is in the test's world. */
  frontend: string | undefined;
}

export interface WorldFixtures {
  /** The world of this test. */
  world: World;
}

export interface SandboxFixtures {
  /** Where the sandbox is; see SandboxOptions. */
  sandboxOptions: SandboxOptions;
  sandbox: Sandbox;
}

export const test = base.extend<WorldOptions & WorldFixtures, SandboxFixtures>({
  sandboxOptions: [{}, { option: true, scope: 'worker' }],
  sandbox: [async ({ sandboxOptions }, use) => use(new Sandbox(sandboxOptions)), { scope: 'worker' }],
  worldSetup: [{}, { option: true }],
  frontend: [undefined, { option: true }],

  world: async ({ sandbox, worldSetup }, use, info) => {
    const world = await sandbox.createWorld(worldSetup);
    try {
      await use(world);
      if (info.status !== info.expectedStatus) await attach(world, info);
    } finally {
      await world.delete();
    }
  },

  baseURL: async ({ world, frontend }, use) => use(frontend ?? world.memberURL),

  context: async ({ context, world, frontend }, use) => {
    if (frontend !== undefined) {
      const port = new URL(world.memberURL).port;
      await context.route(
        (url) => url.port === port && /(^|\.)localhost$|^127\.0\.0\.1$/.test(url.hostname),
        (route) => route.continue({ headers: { ...route.request().headers(), ...world.headers } }),
      );
    }
    await use(context);
  },
});

/** Attaches what happened in the world. */
async function attach(world: World, info: TestInfo): Promise<void> {
  const [events, sms, mails] = await Promise.all([world.timeline(), world.sms.list(), world.mail.list()]);
  const told = events.map((e) => `${e.at}  ${e.kind.padEnd(12)} ${e.what}`).join('\n');
  await info.attach('timeline', { body: told || 'nothing happened', contentType: 'text/plain' });
  if (sms.length > 0) await info.attach('sms', { body: sms.map((m) => `${m.delivered_at}  ${m.to}\n${m.body}\n`).join('\n'), contentType: 'text/plain' });
  if (mails.length > 0) {
    await info.attach('mail', { body: mails.map((m) => `${m.delivered_at}  ${m.to}  ${m.subject}\n${m.text}\n`).join('\n'), contentType: 'text/plain' });
  }
}
