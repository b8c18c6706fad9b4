/**
 * Controls a netanswer sandbox from tests. It speaks to the control API, on the
 * console's port; its types are generated from that API's OpenAPI document.
 */
export { Problem } from './problem.js';
export { Sandbox, type SandboxOptions } from './sandbox.js';
export { World } from './world.js';
export type { Waiting } from './message.js';
export type {
  Arrangement, Call, ClockState, ClockMove, Event, MemberFault, Link, Mail, Member, Message, NewCall, NewMember, Passcode,
  Placed, PlaceView, Placing, PlannedFault, RegistrationView, SnapshotView, TestCard, WholeMail, WorldDetail, WorldSummary,
} from './control.js';
