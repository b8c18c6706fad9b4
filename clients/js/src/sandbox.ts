import { randomUUID } from 'node:crypto';
import { ControlAPI } from './control-api.js';
import type {
  Arrangement, Health, PlaceList, PlaceView, SnapshotList, SnapshotView, TestCard, CardList, WorldDetail, WorldList, WorldSummary,
} from './control.js';
import { World } from './world.js';

export interface SandboxOptions {
  /** The address of the console; left out: NETANSWER_CONSOLE_URL, else http://127.0.0.1:8090. */
  console?: string | undefined;
  /** What the console asks for off loopback; left out: NETANSWER_CONTROL_TOKEN. */
  token?: string | undefined;
}

/** A sandbox that runs. Nothing is sent before the first call. */
export class Sandbox {
  private readonly api: ControlAPI;

  constructor(options: SandboxOptions = {}) {
    this.api = new ControlAPI(
      options.console ?? process.env['NETANSWER_CONSOLE_URL'] ?? 'http://127.0.0.1:8090',
      options.token ?? process.env['NETANSWER_CONTROL_TOKEN'],
    );
  }

  /** Resolves where the sandbox answers. */
  async healthy(): Promise<void> {
    await this.api.get<Health>('/healthz');
  }

  /**
   * Makes a world. Without a name it gets one that nobody has used. A world of a
   * name that is there already is changed as `setup` says.
   */
  async createWorld(setup: Arrangement & { name?: string } = {}): Promise<World> {
    const { name = `js-${randomUUID()}`, ...rest } = setup;
    const detail = await this.api.send<WorldDetail>('PUT', `/api/worlds/${encodeURIComponent(name)}`, {}, rest);
    return new World(this.api, detail);
  }

  /** A world by its name. One that nobody has used is fresh. */
  async world(name: string): Promise<World> {
    return new World(this.api, await this.api.get<WorldDetail>(`/api/worlds/${encodeURIComponent(name)}`));
  }

  /** The worlds that there are, by name. */
  async worlds(prefix?: string): Promise<WorldSummary[]> {
    return (await this.api.get<WorldList>('/api/worlds', { prefix })).worlds ?? [];
  }

  /** The test cards, with what happens with each. */
  async cards(): Promise<TestCard[]> {
    return (await this.api.get<CardList>('/api/cards')).cards ?? [];
  }

  /** The states that `world.at` can bring a registration to. */
  async places(): Promise<PlaceView[]> {
    return (await this.api.get<PlaceList>('/api/places')).places ?? [];
  }

  readonly snapshots = {
    /** All that are kept, by name. */
    list: async (): Promise<SnapshotView[]> => (await this.api.get<SnapshotList>('/api/snapshots')).snapshots ?? [],
    /** A new world as a snapshot is. */
    fork: async (snapshot: string, into?: string): Promise<World> =>
      new World(this.api, await this.api.send<WorldDetail>('POST', `/api/snapshots/${encodeURIComponent(snapshot)}/forks`, {}, { into })),
    /** Ends a snapshot. No such snapshot is no error. */
    delete: (snapshot: string): Promise<void> => this.api.send('DELETE', `/api/snapshots/${encodeURIComponent(snapshot)}`),
  };
}
