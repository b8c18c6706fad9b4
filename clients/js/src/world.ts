import type { ControlAPI } from './control-api.js';
import type {
  Arrangement, Call, CallList, ClockState, ClockMove, Event, MemberFault, MemberFaultPlan, FaultPlan, Member, MemberList, NewCall, NewMember, Placed,
  Placing, PlannedFault, RegistrationList, RegistrationView, SnapshotView, TimelineView, WorldDetail,
} from './control.js';
import { Mailboxes, SMS } from './message.js';

/** One isolated copy of everything: clock, members, registrations, messages, faults. */
export class World {
  /** Its name. */
  readonly name: string;
  /** Where a browser finds its pages, with a slash at the end; "" where the sandbox serves none. */
  readonly memberURL: string;
  readonly sms: SMS;
  readonly mail: Mailboxes;
  private readonly path: string;

  constructor(
    private readonly api: ControlAPI,
    detail: WorldDetail,
  ) {
    this.name = detail.name;
    this.memberURL = detail.member_url;
    this.path = `/api/worlds/${encodeURIComponent(detail.name)}`;
    this.sms = new SMS(api, this.path);
    this.mail = new Mailboxes(api, this.path);
  }

  /** What a request of the member API brings, to be in this world. */
  get headers(): { 'Netanswer-World': string } {
    return { 'Netanswer-World': this.name };
  }

  /** Asks the member-facing port in this world, like `world.fetch('/api/registrations', { method: 'POST' })`. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.memberURL);
    if (url.hostname === `${this.name}.localhost`) url.hostname = '127.0.0.1'; // not every machine knows names below localhost
    const headers = new Headers(init.headers);
    headers.set('Netanswer-World', this.name);
    return fetch(url, { ...init, headers });
  }

  /** Changes clock, policy, texts and defects: all of it, or nothing. */
  arrange(setup: Arrangement): Promise<WorldDetail> {
    return this.api.send('PUT', this.path, {}, setup);
  }

  /** Brings a registration to a state, by the real steps. Any browser that opens the `link` goes on there. */
  at(place: string, placing: Omit<Placing, 'at' | 'fork'> = {}): Promise<Placed> {
    return this.api.send('POST', `${this.path}/registrations`, {}, { at: place, ...placing });
  }

  /** The registrations as they are now, newest first. */
  async registrations(): Promise<RegistrationView[]> {
    return (await this.api.get<RegistrationList>(`${this.path}/registrations`)).registrations ?? [];
  }

  /** What has happened, oldest first. */
  async timeline(): Promise<Event[]> {
    return (await this.api.get<TimelineView>(`${this.path}/timeline`)).events ?? [];
  }

  /** A new world as this one is now. What happens in one is never seen in the other. */
  async fork(into?: string): Promise<World> {
    return new World(this.api, await this.api.send<WorldDetail>('POST', `${this.path}/forks`, {}, { into }));
  }

  /** Keeps the world as it is now, under a name. */
  snapshot(name: string, options: { note?: string; replace?: boolean } = {}): Promise<SnapshotView> {
    return this.api.send('PUT', `/api/snapshots/${encodeURIComponent(name)}`, {}, { world: this.name, ...options });
  }

  /** Makes the world as a snapshot is, instead of what it was. */
  async restore(snapshot: string): Promise<void> {
    await this.api.send('POST', `${this.path}/restore`, {}, { snapshot });
  }

  /** Ends the world; its name is a fresh one then. */
  delete(): Promise<void> {
    return this.api.send('DELETE', this.path);
  }

  readonly clock = {
    now: async (): Promise<Date> => new Date((await this.api.get<ClockState>(`${this.path}/clock`)).now),
    /** Goes on by a length of time like `9m59s`. */
    advance: (by: string): Promise<ClockState> => this.moveClock({ advance: by }),
    /** Shows a time: a Date, or RFC 3339 like `2026-11-24T10:00:00+09:00`. */
    set: (to: Date | string): Promise<ClockState> => this.moveClock({ now: typeof to === 'string' ? to : to.toISOString() }),
    /** Stands still until it is moved. */
    freeze: (): Promise<ClockState> => this.moveClock({ running: false }),
    run: (): Promise<ClockState> => this.moveClock({ running: true }),
  };

  readonly faults = {
    /** What goes wrong with a provider, in order, instead of what was planned. */
    plan: (provider: 'sms' | 'mail' | 'call' | 'issuer', ...faults: PlannedFault[]): Promise<FaultPlan> =>
      this.api.send('PUT', `${this.path}/faults/${provider}`, {}, { faults }),
    /** What goes wrong between a member and the service: pages and member API. */
    planMember: (...faults: MemberFault[]): Promise<MemberFaultPlan> => this.api.send('PUT', `${this.path}/faults/member`, {}, { faults }),
    /** What is left of a plan. */
    list: async (provider: 'sms' | 'mail' | 'call' | 'issuer'): Promise<PlannedFault[]> =>
      (await this.api.get<FaultPlan>(`${this.path}/faults/${provider}`)).faults ?? [],
    /** All is well again. */
    clear: async (): Promise<void> => {
      for (const provider of ['sms', 'mail', 'call', 'issuer', 'member']) {
        await this.api.send('PUT', `${this.path}/faults/${provider}`, {}, { faults: [] });
      }
    },
  };

  readonly members = {
    list: async (): Promise<Member[]> => (await this.api.get<MemberList>(`${this.path}/members`)).members ?? [],
    /** Further members, each with a card, a mobile telephone and a mail address. */
    generate: (count: number): Promise<Member[]> => this.addMembers({ count }),
    add: async (member: NewMember): Promise<Member> => {
      const [added] = await this.addMembers(member);
      if (!added) throw new Error('no member was added');
      return added;
    },
  };

  readonly calls = {
    list: async (): Promise<Call[]> => (await this.api.get<CallList>(`${this.path}/calls`)).calls ?? [],
    /** A call of a telephone to the free-dial number; `listen: 'all'` hears the guidance to its end. */
    place: (call: NewCall): Promise<Call> => this.api.send('POST', `${this.path}/calls`, {}, call),
    hangUp: (id: string): Promise<Call> => this.api.send('POST', `${this.path}/calls/${encodeURIComponent(id)}/hang-up`),
  };

  private moveClock(move: ClockMove): Promise<ClockState> {
    return this.api.send('PATCH', `${this.path}/clock`, {}, move);
  }

  private async addMembers(body: NewMember): Promise<Member[]> {
    return (await this.api.send<MemberList>('POST', `${this.path}/members`, {}, body)).members ?? [];
  }
}
