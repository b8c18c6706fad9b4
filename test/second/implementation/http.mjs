// Requests and answers. Pages are HTML, refusals of hooks RFC 9457.
const mostBytes = 64 * 1024;

/** Something that a request is refused for. */
export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export const page = (markup, status = 200) => ({ status, type: 'text/html; charset=utf-8', body: String(markup) });
export const see = (location) => ({ status: 303, headers: { location }, body: '' });
export const nothing = () => ({ status: 204, body: '' });

const titles = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 413: 'Content Too Large', 415: 'Unsupported Media Type', 421: 'Misdirected Request', 422: 'Unprocessable Content', 500: 'Internal Server Error' };
export const titleOf = (status) => titles[status] ?? 'Error';
export const problem = (status, detail) => ({ status, type: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: titleOf(status), status, detail }) });

/** Only this machine is spoken to, under a name of its own. */
export function checkHost(request) {
  if (!/^(127\.0\.0\.1|localhost|([\w-]+\.)+localhost)(:\d+)?$/i.test(request.headers.host ?? '')) throw new Refusal(421, 'this host is not served');
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${request.headers.host}`) throw new Refusal(403, 'another site asks for this');
}

export const mediaOf = (request) => (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();

export async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > mostBytes) throw new Refusal(413, `more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

export async function formOf(request) {
  if (mediaOf(request) !== 'application/x-www-form-urlencoded') throw new Refusal(415, 'a form is wanted');
  return Object.fromEntries(new URLSearchParams(await bodyOf(request)));
}

export const cookieOf = (request, name) => (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('=')).find(([key]) => key === name)?.[1];

const safety = {
  'content-security-policy': "default-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

export function write(response, { status, type, headers = {}, body }) {
  response.writeHead(status, { ...safety, ...(type && { 'content-type': type }), ...headers });
  response.end(body);
}
