// The right pane: log lines of all processes, those of one chain together, the newest chain on top.

import { find, icon, make } from "./dom.js";
import { line, title } from "./lines.js";
import { facts, learn, sentence, span } from "./story.js";

const MAX_CHAINS = 60;
const MAX_LINES = 80;
const list = find("trail-list");
const chains = new Map();
const ofElement = new WeakMap();
const sweeps = { count: 0, actor: "", at: 0 };
let waiting = null;
let settled = false;

export function use() {
  const app = find("app");
  const narrow = matchMedia("(max-width: 1140px)");
  find("trail-button").append(icon("trail"));
  find("trail-close").append(icon("close"));
  find("trail-clear").append(icon("trash"));
  find("trail-pause").append(icon("pause"));
  find("trail-button").onclick = () => { app.classList.toggle(narrow.matches ? "trail-open" : "no-trail"); };
  find("trail-close").onclick = () => app.classList.remove("trail-open");
  find("trail-clear").onclick = () => { chains.clear(); list.replaceChildren(); empty(); };
  find("trail-pause").onclick = pause;
  setInterval(refresh, 1000);
  setTimeout(() => { settled = true; }, 1500); // what is already past when the page opens does not blink
  empty();
}

function empty() {
  const steps = ["Telegram mengirim update; penerimanya hanya memeriksa dan mengantrekannya.", "Satu job mengerjakannya dalam satu transaksi database.", "Yang tidak boleh hilang menjadi job berikutnya.", "Job memanggil Telegram dan Pakasir, lalu mengubah status."];
  list.append(make("div", { className: "trail-empty" }, make("p", {}, "Tulis sesuatu ke bot, lalu lihat:"), make("ol", {}, ...steps.map((step) => make("li", {}, step)))));
}

function pause() {
  const held = waiting;
  waiting = held ? null : [];
  find("trail-pause").replaceChildren(icon(waiting ? "play" : "pause"));
  find("trail-pause").setAttribute("aria-pressed", String(Boolean(waiting)));
  held?.forEach(show);
}

export function heard(event) {
  if (waiting) waiting.push(event);
  else show(event);
}

// A sweep that found something has lines before its end; one that did not is only counted.
function isIdleSweep(event) {
  return event.event === "job done" && String(event.correlation_id).startsWith("clock-") && !chains.has(event.correlation_id);
}

function swept(event) {
  sweeps.count += 1;
  sweeps.actor = event.actor;
  sweeps.at = Date.parse(event.timestamp) || Date.now();
  tellSweeps();
}

function tellSweeps() {
  find("sweeps").hidden = !sweeps.count;
  find("sweeps").textContent = `Pemeriksaan berkala: ${sweeps.count}× tanpa temuan, terakhir ${sweeps.actor} ${ago(sweeps.at)}`;
}

function show(event) {
  if (isIdleSweep(event)) { swept(event); return; }
  list.querySelector(".trail-empty")?.remove();
  const key = event.correlation_id || `process:${event.process || "system"}`;
  const chain = chains.get(key) || begin(key, event);
  const at = Date.parse(event.timestamp) || Date.now();
  chain.last = Math.max(chain.last, at);
  chain.count += 1;
  name(chain, event);
  learn(chain.facts, event, at);
  place(chain, event, at);
  if (list.firstElementChild !== chain.element) list.prepend(chain.element);
  settle();
}

function begin(key, event) {
  const heading = make("span", { className: "chain-title" });
  const ago = make("span", { className: "chain-ago" });
  const sum = make("span", { className: "chain-sum" });
  const lines = make("ol", { className: "lines" });
  const element = make("section", { className: "chain" });
  const chain = { key, element, heading, ago, sum, lines, start: Date.parse(event.timestamp) || Date.now(), last: 0, count: 0, rank: 0, facts: facts(Date.parse(event.timestamp) || Date.now()) };
  const unfold = (tapped) => tapped.currentTarget.setAttribute("aria-expanded", String(element.classList.toggle("open")));
  element.append(make("button", { className: "chain-head", title: "Lihat rinciannya", "aria-expanded": "false", onclick: unfold }, sum, ago, heading), lines);
  chains.set(key, chain);
  ofElement.set(element, chain);
  return chain;
}

// The line that tells what started it all gives the chain its name, even when it comes second.
function name(chain, event) {
  const rank = { "update sent": 3, "payment notification received": 3 }[event.event] || (event.actor ? 1 : 2);
  if (rank <= chain.rank) return;
  chain.rank = rank;
  chain.title = title(event);
}

function place(chain, event, at) {
  const { kind, parts, ms = "", bad = false } = line(event);
  const what = make("span", { className: "what" }, ...parts.filter(([, text]) => text).map(([tag, text]) => (tag === "move" ? make("span", { className: "move" }, text) : make(tag || "span", {}, text))));
  const offset = make("span", { className: "at" });
  const row = make("button", {}, offset, make("span", { className: "dot" }), what, make("span", { className: "ms" }, ms));
  const element = make("li", { className: `line k-${kind} ${event.level || ""}${bad ? " bad" : ""}${settled ? " fresh" : ""}`, data: { at } }, row);
  row.onclick = () => fields(element, event);
  const next = [...chain.lines.children].find((each) => Number(each.dataset.at) > at);
  chain.lines.insertBefore(element, next || null);
  if (chain.lines.children.length > MAX_LINES) chain.lines.firstElementChild.remove();
  chain.start = Number(chain.lines.firstElementChild.dataset.at);
  for (const each of chain.lines.children) each.querySelector(".at").textContent = since(Number(each.dataset.at) - chain.start);
  if (bad || event.level === "error") chain.element.classList.add("bad");
  tell(chain);
}

function fields(element, event) {
  const shown = element.querySelector(".fields");
  if (shown) { shown.remove(); return; }
  const { n, ...rest } = event;
  element.append(make("div", { className: "fields" }, Object.entries(rest).map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join("\n")));
}

// The oldest go.
function settle() {
  const newest = [...list.children];
  newest.forEach((element, index) => {
    const chain = ofElement.get(element);
    if (chain && index >= MAX_CHAINS) { element.remove(); chains.delete(chain.key); }
  });
}

const since = (ms) => (ms < 10000 ? `+${Math.round(ms)} ms` : `+${Math.round(ms / 1000)} dtk`);

function ago(at) {
  const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
  if (seconds < 2) return "baru saja";
  if (seconds < 60) return `${seconds} dtk lalu`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} mnt lalu` : `${Math.floor(seconds / 3600)} jam lalu`;
}

function tell(chain) {
  chain.ago.textContent = ago(chain.last);
  const took = chain.last - chain.start;
  chain.sum.textContent = sentence(chain.facts);
  chain.heading.textContent = `${chain.title} · ${chain.count} langkah${took > 0 ? `, ${span(took)}` : ""}`;
}

function refresh() {
  if (sweeps.count) tellSweeps();
  for (const chain of chains.values()) chain.ago.textContent = ago(chain.last);
}
