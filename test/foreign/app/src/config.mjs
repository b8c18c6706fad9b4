import { fileURLToPath } from 'node:url';

const DEFAULT_MEMBERS = fileURLToPath(new URL('../members.json', import.meta.url));

/** Reads the whole outside configuration from environment variables. */
export function readConfig(env) {
  return {
    port: integer(env.PORT, 8080),
    basePath: normaliseBasePath(env.BASE_PATH),
    publicUrl: (env.PUBLIC_URL ?? '').replace(/\/+$/, ''),
    membersFile: env.MEMBERS || DEFAULT_MEMBERS,
    testToken: env.TEST_TOKEN || '',
    sms: {
      url: (env.SMS_URL ?? '').replace(/\/+$/, ''),
      account: env.SMS_ACCOUNT ?? '',
      token: env.SMS_TOKEN ?? '',
      from: env.SMS_FROM || 'SAISONCARD',
      timeoutMs: integer(env.SMS_TIMEOUT_MS, 8000),
    },
    smtp: {
      host: env.SMTP_HOST ?? '',
      port: integer(env.SMTP_PORT, 25),
      user: env.SMTP_USER ?? '',
      password: env.SMTP_PASSWORD ?? '',
      timeoutMs: integer(env.SMTP_TIMEOUT_MS, 8000),
    },
  };
}

function integer(value, fallback) {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isFinite(number) && number >= 0 ? number : fallback;
}

function normaliseBasePath(value) {
  const trimmed = (value ?? '').replace(/^\/+|\/+$/g, '');
  return trimmed ? `/${trimmed}` : '';
}
