// A chain of log lines in one sentence, for who only wants to know what came of it.

const ENDS = [ // what an order or payment became, the weightiest first
  ["order.paid", paid],
  ["order.credited", () => "Dibayar: uangnya menjadi saldo"],
  ["order.refunded", () => "Dana dikembalikan"],
  ["order.expired", () => "Waktunya habis: QR ditutup, stok bebas lagi"],
  ["order.canceled", () => "Dibatalkan: QR ditutup, stok bebas lagi"],
  ["order.placed", (facts) => (facts.picture ? `Pesanan dibuat, QR terkirim dalam ${span(facts.picture - facts.start)}` : "Pesanan dibuat, QR sedang disiapkan")],
];
const SENDS = /^(send|copy|edit)/;

export const facts = (at) => ({ start: at, states: new Set(), asked: 0, told: 0, called: false, picture: 0, handed: 0, last: 0, retries: 0, dead: false, waits: false });

export function learn(known, event, at) {
  if (event.event === "update received" || event.event === "update sent" || event.event === "payment notification received") known.start = Math.min(known.start, at);
  if (/^update (sent|received)$/.test(event.event)) known.called = true;
  if (event.event === "payment notification received") known.told += 1;
  if (event.event === "state changed") known.states.add(event.action);
  if (event.event === "gateway call") known.asked += 1;
  if (event.event === "job failed, will retry") known.retries += 1;
  if (event.event === "job dead-lettered") known.dead = true;
  if (event.event !== "telegram call" || !SENDS.test(event.call) || event.outcome !== "ok") return;
  known.last = at;
  if (event.call === "sendPhoto") known.picture ||= at;
  if (event.actor !== "handle_update" && known.states.has("order.paid")) known.handed ||= at;
}

export function sentence(known) {
  const [, tell] = ENDS.find(([state]) => known.states.has(state)) || [];
  const came = tell ? tell(known) : plainly(known);
  if (known.dead) return `${came} · gagal, menunggu Admin`;
  return known.retries ? `${came} · ${known.retries}× diulang sendiri` : came;
}

function paid(known) {
  const asked = known.asked ? "dicek ke Pakasir" : "dari saldo";
  if (!known.handed) return `Dibayar: ${asked}, sedang dikirim`;
  return `Dibayar: ${asked}, dikirim dalam ${span(known.handed - known.start)}`;
}

function plainly(known) {
  if (known.told) return "Pakasir memberi tahu: sedang dicek";
  if (!known.called) return known.last ? "Toko memberi kabar" : "Toko memeriksa sendiri";
  if (known.last) return `Dijawab dalam ${span(known.last - known.start)}`;
  return known.states.size ? "Dicatat di toko" : "Diterima, sedang dikerjakan";
}

export const span = (ms) => (ms < 10000 ? `${Math.max(0, Math.round(ms))} ms` : `${Math.round(ms / 1000)} detik`);
