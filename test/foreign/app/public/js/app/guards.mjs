import { fetchState } from '../lib/api.mjs';
import { recall } from '../lib/storage.mjs';

const STAGE_PATHS = {
  destination: '/app/verify',
  passcode: '/app/passcode',
  mail: '/app/mail',
  password: '/app/password',
  terms: '/app/terms',
};

/** Where the app opens, given what the server knows of this phone. */
export function launchPath(state) {
  if (state.registration) return STAGE_PATHS[state.registration.stage];
  if (state.registered) return state.walletPending ? '/app/wallet' : '/app/home';
  return '/app/company';
}

/**
 * Wraps a screen of the app: it needs the app installed, and either a stage of the
 * registration (a list) or a condition by name; otherwise it leads where one should be.
 */
export function screen(condition, build) {
  return async (params) => {
    if (!recall('installed')) return '/store';
    const state = await fetchState();
    return redirect(condition, state) ?? build({ state, params });
  };
}

function redirect(condition, state) {
  if (condition === 'open') return null;
  if (condition === 'launch') return launchPath(state);
  if (Array.isArray(condition)) {
    if (condition.includes(state.registration?.stage)) return null;
    if (!state.registration && state.notice) return '/app/ended';
    return launchPath(state);
  }
  if (condition === 'completed') return state.completion ? null : launchPath(state);
  if (!state.registered) return launchPath(state);
  return condition === 'started' && state.walletPending ? '/app/wallet' : null;
}
