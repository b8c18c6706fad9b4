/**
 * Counts failures under a key and closes it for a while once there are too many.
 * The counters live in the store, so that starting over does not forget them.
 */
export class Guard {
  constructor(store, clock, { name, limit, lockMs }) {
    Object.assign(this, { store, clock, name, limit, lockMs });
  }

  #entry(key) {
    const full = `${this.name}:${key}`;
    let entry = this.store.guards.get(full);
    if (!entry || entry.until <= this.clock.now()) {
      entry = { failures: 0, until: Infinity, locked: false };
      this.store.guards.set(full, entry);
    }
    return entry;
  }

  isLocked(key) {
    return this.#entry(key).locked;
  }

  /** Records a failure; answers how many tries are left. */
  fail(key) {
    const entry = this.#entry(key);
    entry.failures += 1;
    entry.until = this.clock.now() + this.lockMs;
    entry.locked = entry.failures >= this.limit;
    return Math.max(0, this.limit - entry.failures);
  }

  clear(key) {
    this.store.guards.delete(`${this.name}:${key}`);
  }
}
