// How a log line reads in the trail. Lines that nobody described here are shown as they are.

const ms = (event) => (event.ms === undefined ? "" : `${Math.round(event.ms)} ms`);
const good = (outcome) => ["ok", "harmless", undefined].includes(outcome);

const CALLED = (who) => (event) => ({
  kind: "call",
  parts: [["b", who], ["", ` ${event.call || event.method} `], ["i", event.invoice || ""], ["em", good(event.outcome) ? "" : ` ${event.outcome}`]],
  ms: ms(event),
  bad: !good(event.outcome),
});

const KNOWN = {
  "update sent": (event) => ({ kind: "update", parts: [["b", `update ${event.update_id}`], ["", ` → ${event.way}`]] }),
  "update received": () => ({ kind: "update", parts: [["b", "update"], ["", " diterima → antre"]] }),
  "payment notification received": () => ({ kind: "update", parts: [["b", "kabar pembayaran"], ["", " diterima → antre"]] }),
  "telegram call": CALLED("Telegram"),
  "gateway call": CALLED("Pakasir"),
  "job done": (event) => ({ kind: "job", parts: [["b", "job"], ["", ` ${event.actor} `], ["i", "selesai"]], ms: ms(event) }),
  "job waits": (event) => ({ kind: "job", parts: [["b", "job"], ["", ` ${event.actor} menunggu ${(event.delay_ms / 1000).toFixed(1)} dtk `], ["i", event.why || ""]] }),
  "job failed, will retry": (event) => ({ kind: "job", bad: true, parts: [["b", "job"], ["", ` ${event.actor} gagal, lagi dalam ${Math.round(event.delay_ms / 1000)} dtk `], ["i", event.error || ""]], ms: ms(event) }),
  "job dead-lettered": (event) => ({ kind: "job", bad: true, parts: [["b", "job"], ["", ` ${event.actor || ""} berhenti gagal `], ["i", event.error || event.reason || ""]], ms: ms(event) }),
  "state changed": changed,
};

// `order.paid` of `order:TRX-1` reads "order TRX-1 → paid".
function changed(event) {
  const [thing, ...rest] = String(event.action).split(".");
  const [kind, id] = String(event.entity).split(/:(.*)/);
  const parts = [["b", kind], ["", ` ${id || ""} `]];
  if (thing !== kind) parts.push(["i", `${thing} `]);
  parts.push(["move", `→ ${rest.join(" ").replaceAll("_", " ") || thing}`]);
  return { kind: "state", parts };
}

const HIDDEN = new Set(["n", "event", "level", "timestamp", "correlation_id", "process", "pid", "message_id", "logger"]);

function plain(event) {
  const fields = Object.entries(event).filter(([name]) => !HIDDEN.has(name) && name !== "ms");
  const told = fields.map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : value}`).join(" ");
  return { kind: "other", parts: [["", `${event.event} `], ["i", told.slice(0, 160)]], ms: ms(event) };
}

export const line = (event) => (KNOWN[event.event] || plain)(event);

export function title(event) {
  if (event.event === "update sent") return `${event.person}: ${event.did}`;
  if (event.event === "payment notification received") return "Pakasir: kabar pembayaran";
  if (event.actor) return String(event.actor);
  return event.correlation_id ? event.event : String(event.process || "system");
}
