import { base } from './router.mjs';

export class ApiError extends Error {
  constructor(status, { code, message, fields }) {
    super(message);
    Object.assign(this, { status, code, fields: fields ?? null });
  }
}

const OFFLINE = {
  code: 'offline',
  message: '通信できませんでした。電波の状態をご確認のうえ、もう一度お試しください。',
};

export async function call(method, path, body) {
  let response;
  let answer;
  try {
    response = await fetch(`${base}/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    answer = await response.json();
  } catch {
    throw new ApiError(0, OFFLINE);
  }
  if (!response.ok) throw new ApiError(response.status, answer.error ?? OFFLINE);
  return answer;
}

export const fetchState = () => call('GET', '/state');
