// The conversation in the middle: draws it, and follows what is added, changed and taken away.

import { bubble, welcome } from "./bubble.js";
import { avatar, day, find, make } from "./dom.js";
import { here, latest, markSeen, me, state } from "./state.js";

const JOIN_S = 300;
const SPIN_MS = 15000;
const list = find("messages");
const taps = new Map();
let context = {};
let typing = 0;

export function use(actions) {
  context = actions;
  list.addEventListener("scroll", () => { find("to-bottom").hidden = nearBottom(160); });
  find("to-bottom").onclick = () => toBottom(true);
  const resized = new ResizeObserver(() => {
    const stay = nearBottom(240);
    list.parentElement.style.setProperty("--composer", `${find("composer").offsetHeight}px`);
    if (stay) toBottom();
  });
  resized.observe(find("composer"));
  resized.observe(list);
  list.addEventListener("load", () => nearBottom(480) && toBottom(), true);
}

const surroundings = () => ({ ...context, person: state.person, group: here().type !== "private", point });

export function draw() {
  const chat = here();
  list.replaceChildren();
  if (!chat.messages.size) list.append(welcome(state.bot));
  for (const message of chat.messages.values()) place(message);
  regroup();
  head();
  toBottom();
  seen();
}

export function head() {
  const chat = here();
  const group = chat.type !== "private";
  avatar(find("chat-avatar"), group ? { iconName: "group", seed: 3 } : { iconName: "bag", seed: 0 });
  find("chat-avatar").classList.add("small");
  find("chat-title").textContent = group ? chat.title : state.bot.name;
  const blocked = me().blocked ? " · bot diblokir" : "";
  status(group ? `${chat.members.length + 1} anggota · Anda: ${me().name}` : `bot · Anda: ${me().name}${blocked}`);
}

export function status(text, isTyping = false) {
  find("chat-status").textContent = text;
  find("chat-status").classList.toggle("typing", isTyping);
}

export function acting(action) {
  status(action === "typing" ? "sedang mengetik…" : "sedang mengirim berkas…", true);
  clearTimeout(typing);
  typing = setTimeout(head, 5000);
}

export function added(message) {
  const stay = nearBottom(220) || message.from === state.person;
  list.querySelector(".empty")?.remove();
  const element = place(message);
  element.classList.add("arriving");
  regroup();
  if (message.bot) { clearTimeout(typing); head(); }
  if (stay) toBottom(true);
  seen();
}

export function changed(message) {
  const old = elementOf(message.id);
  if (!old) return;
  const stay = nearBottom(220);
  const fresh = bubble(message, surroundings());
  fresh.classList.add("edited-now");
  old.replaceWith(fresh);
  regroup();
  if (stay) toBottom();
}

export function removed(id) {
  const element = elementOf(id);
  if (!element) return;
  element.classList.add("leaving");
  const leave = () => { element.remove(); regroup(); };
  element.addEventListener("animationend", leave, { once: true });
  setTimeout(leave, 600);
}

function place(message) {
  const before = [...list.querySelectorAll(".message")].at(-1);
  const date = day(message.date);
  if (before?.dataset.day !== date) list.append(make("div", { className: "day" }, date));
  const element = bubble(message, surroundings());
  element.dataset.day = date;
  element.dataset.date = message.date;
  list.append(element);
  return element;
}

// Messages of one sender stand together; the last of them has the tail.
function regroup() {
  let before = null;
  for (const element of list.querySelectorAll(".message:not(.leaving)")) {
    const joined = before && before.dataset.from === element.dataset.from && element.previousElementSibling === before && Number(element.dataset.date || 0) - Number(before.dataset.date || 0) < JOIN_S;
    element.classList.toggle("joined", Boolean(joined));
    element.querySelector(".bubble").classList.add("tail");
    if (joined) before.querySelector(".bubble").classList.remove("tail");
    before = element;
  }
  if (!here().messages.size && !list.querySelector(".empty, .leaving")) list.replaceChildren(welcome(state.bot));
}

const elementOf = (id) => list.querySelector(`.message[data-id="${id}"]:not(.leaving)`);

export function point(id) {
  const element = elementOf(id);
  if (!element) return;
  element.scrollIntoView({ block: "center", behavior: "smooth" });
  element.classList.remove("pointed");
  void element.offsetWidth;
  element.classList.add("pointed");
}

const nearBottom = (room) => list.scrollHeight - list.scrollTop - list.clientHeight < room;

function toBottom(smooth = false) {
  list.scrollTo({ top: list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

export function seen() {
  if (latest(here())) markSeen(state.person, state.chat);
}

// A tapped button turns until the bot answers; Telegram gives up after a while, and so do we.
export function spin(element, tap) {
  element.classList.add("spinning");
  taps.set(tap, element);
  setTimeout(() => stop(tap), SPIN_MS);
}

export function stop(tap) {
  taps.get(tap)?.classList.remove("spinning");
  taps.delete(tap);
}
