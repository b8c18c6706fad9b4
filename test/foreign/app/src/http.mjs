import { UserError } from './errors.mjs';

const MAX_BODY = 16 * 1024;

export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'",
};

export function send(res, status, body, headers = {}) {
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(body ?? '', 'utf8');
  res.writeHead(status, { ...SECURITY_HEADERS, 'Content-Length': payload.length, ...headers });
  res.end(res.req.method === 'HEAD' ? undefined : payload);
}

export function sendJson(res, status, value, headers = {}) {
  send(res, status, JSON.stringify(value), {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  });
}

export async function readJson(req) {
  const type = req.headers['content-type'] ?? '';
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX_BODY) throw new UserError(413, 'too-large', '送信内容が大きすぎます。');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  // Only JSON: a foreign page cannot send it without a preflight.
  if (!type.startsWith('application/json')) {
    throw new UserError(415, 'not-json', '送信形式が正しくありません。');
  }
  try {
    const value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (value && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // falls through
  }
  throw new UserError(400, 'bad-json', '送信内容を読み取れませんでした。');
}

export function parseCookies(header = '') {
  const cookies = {};
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) cookies[part.slice(0, at).trim()] = part.slice(at + 1).trim();
  }
  return cookies;
}

/** Origin under which the visitor reached us; the QR code needs an absolute address. */
export function originOf(req) {
  const host = req.headers['x-forwarded-host'] ?? req.headers.host ?? '';
  const safeHost = /^[A-Za-z0-9.\-[\]:]{1,120}$/.test(host) ? host : 'localhost';
  const proto = req.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return `${proto}://${safeHost}`;
}
