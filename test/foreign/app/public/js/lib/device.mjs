/** Which store and which wallet belong to this device. */
export function device() {
  const agent = navigator.userAgent;
  if (/iPhone|iPad|iPod/.test(agent)) return 'iphone';
  if (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1) return 'iphone'; // iPadOS
  if (/Android/.test(agent)) return 'android';
  return 'other';
}

export function walletName() {
  return { iphone: 'Apple Pay', android: 'Google Pay', other: 'Apple Pay / Google Pay' }[device()];
}
