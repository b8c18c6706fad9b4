// Uses every verb of the client, and writes what it saw as JSON.
import { Problem, Sandbox } from 'netanswer-client';

const sandbox = new Sandbox({ console: process.argv[2] });
const refused = async (promise) => {
  try {
    await promise;
    return 'taken';
  } catch (e) {
    return e instanceof Problem ? e.code : e.message;
  }
};
await sandbox.healthy();
const world = await sandbox.createWorld({ clock: { now: '2026-11-24T10:00:00+09:00', running: false }, policy: { passcode_lifetime: '5m' } });
const seen = { named: world.name.startsWith('js-'), sameName: (await sandbox.world(world.name)).memberURL === world.memberURL };
seen.listed = (await sandbox.worlds('js-')).length;
seen.cards = (await sandbox.cards()).length > 10;
seen.places = (await sandbox.places()).some((p) => p.at === 'passcode');

const placed = await world.at('passcode', { member: '花子さん' });
const passcode = await world.sms.waitForPasscode('090-0000-1001');
seen.passcode = [passcode.code.length, passcode.expires_at];
seen.later = await refused(world.sms.waitFor('090-0000-1001', { within: '0s', after: (await world.sms.list())[0].id }));
await world.clock.advance('4m59s');
seen.now = (await world.clock.now()).toISOString();
const fork = await world.fork();
await world.snapshot('js-kept', { note: 'n' });
await fork.clock.advance('1s');
seen.states = [(await world.registrations())[0].state, (await fork.registrations())[0].state];
const entered = await world.fetch(`/api/registrations/${placed.registration.id}/passcode`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ passcode: passcode.code }),
});
seen.entered = (await entered.json()).state;
const mail = await world.mail.waitFor('hanako@example.jp');
seen.mail = [mail.subject.includes('完了'), (await world.mail.list('hanako@example.jp', 'Netアンサー')).length, (await world.mail.links(mail.id)).length];
await world.restore('js-kept');
seen.restored = (await world.registrations())[0].state;
seen.again = (await (await sandbox.snapshots.fork('js-kept')).registrations())[0].state;
seen.kept = (await sandbox.snapshots.list()).map((s) => s.name);
await sandbox.snapshots.delete('js-kept');
seen.gone = await refused(sandbox.snapshots.fork('js-kept'));

await world.faults.plan('sms', { kind: 'lose', times: 2 });
await world.faults.planMember({ kind: 'status', status: 503 });
seen.faults = [(await world.faults.list('sms'))[0].kind, (await world.fetch('/api/registrations', { method: 'POST' })).status];
await world.faults.clear();
seen.cleared = (await world.faults.list('sms')).length;
await world.mail.refuse('misaki@example.jp', 'saisoncard.co.jp');
seen.members = [(await world.members.generate(2)).length, (await world.members.add({ id: 'saburo', name: '見本 三郎' })).id];
seen.people = (await world.members.list()).some((m) => m.id === 'saburo');
await world.at('call', { member: '正さん' });
seen.call = [(await world.calls.place({ from: '03-0000-1009', listen: 'all' })).outcome, (await world.calls.list()).length];
seen.arranged = (await world.arrange({ texts: { 'confirm.heading': 'ご確認' } })).texts;
await world.sms.clear();
await world.mail.clear();
seen.empty = [(await world.sms.list()).length, (await world.mail.list()).length];
seen.told = (await world.timeline()).length > 10;
seen.refusal = await refused(world.at('moon'));
seen.away = await refused(new Sandbox({ console: 'http://127.0.0.1:1' }).healthy());
await world.delete();
await fork.delete();
process.stdout.write(JSON.stringify(seen));
