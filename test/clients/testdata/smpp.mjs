// Binds, submits and takes receipts by npm smpp. One argument: {port, system, to}.
import { createRequire } from 'node:module';
const require = createRequire(process.env.NODE_PATH + '/');
const smpp = require('smpp');
const { port, system, to } = JSON.parse(process.argv[2]);

const connect = () => new Promise((resolve, reject) => {
  const session = smpp.connect({ url: `smpp://127.0.0.1:${port}` }, () => resolve(session));
  session.on('error', reject);
});
const ask = (session, verb, fields) => new Promise((resolve) => session[verb](fields, resolve));

const early = await connect();
const unbound = await ask(early, 'submit_sm', { destination_addr: to, short_message: 'too early' });
const session = await connect();
const bound = await ask(session, 'bind_transceiver', { system_id: system, password: 'secret' });
const again = await ask(session, 'bind_transmitter', { system_id: system, password: 'secret' });
const receipts = [];
let enough;
const all = new Promise((resolve) => { enough = resolve; });
session.on('deliver_sm', (p) => {
  session.send(p.response());
  const text = p.short_message.message ?? p.short_message;
  receipts.push({ id: String(p.receipted_message_id), state: p.message_state, text: String(text), esm: p.esm_class });
  if (receipts.length === 2) enough();
});
const submit = (fields) => ask(session, 'submit_sm', { source_addr: 'NETANSWER', dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: to, ...fields });

const japanese = await submit({ short_message: '【テスト】パスコード 123456', data_coding: 8, registered_delivery: 1 });
const latin = await submit({ short_message: 'Hello {world} €5' });
const payload = await submit({ message_payload: { message: '長い'.repeat(60) }, data_coding: 8 });
const landline = await submit({ destination_addr: '81300001009', short_message: 'x', registered_delivery: 1 });
const sar = [];
for (const [i, text] of ['一つ目、', '二つ目、', '三つ目。'].entries()) {
  sar.push(submit({ short_message: text, data_coding: 8, sar_msg_ref_num: 7, sar_total_segments: 3, sar_segment_seqnum: i + 1 }));
}
const udh = [];
for (const [i, text] of ['UDH one, ', 'UDH two'].entries()) {
  udh.push(submit({ esm_class: 0x40, short_message: { udh: Buffer.from([5, 0, 3, 42, 2, i + 1]), message: text } }));
}
const joined = await Promise.all([...sar, ...udh]);
const window = await Promise.all(Array.from({ length: 100 }, (_, i) => submit({ short_message: `window ${i}` })));
const bad = await submit({ destination_addr: '12', short_message: 'x' });
const empty = await submit({ short_message: '' });
await all;
const alive = await ask(session, 'enquire_link', {});
const query = await ask(session, 'query_sm', { message_id: japanese.message_id });
const bye = await ask(session, 'unbind', {});
const stranger = await connect();
const refused = await ask(stranger, 'bind_receiver', { system_id: 'No World', password: 'secret' });
console.log(JSON.stringify({
  unbound: unbound.command_status, bound: bound.command_status, again: again.command_status, refused: refused.command_status,
  statuses: [japanese, latin, payload, landline, ...joined].map((p) => p.command_status),
  ids: new Set([japanese, latin, payload, landline, ...joined, ...window].map((p) => p.message_id)).size,
  window: window.every((p) => p.command_status === 0),
  bad: bad.command_status, empty: empty.command_status, alive: alive.command_status, query: query.command_status, bye: bye.command_status,
  receipts: receipts.map((r) => ({
    of: r.id === japanese.message_id ? 'japanese' : r.id === landline.message_id ? 'landline' : r.id,
    state: r.state, esm: r.esm, stat: /stat:(\w+) err:(\d+)/.exec(r.text)?.slice(1).join(' '), id: r.text.startsWith('id:' + r.id),
  })).sort((a, b) => a.of < b.of ? -1 : 1),
}));
process.exit(0);
