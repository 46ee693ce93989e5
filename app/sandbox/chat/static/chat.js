// The conversation in the middle: draws it, and follows what is added, changed and taken away.

import { bubble, welcome } from "./bubble.js";
import { avatar, day, dayOf, find, keepingFocus, make } from "./dom.js";
import { here, latest, markSeen, me, state } from "./state.js";

const JOIN_S = 300;
const SPIN_MS = 15000;
const NEAR_PX = 80;
const ABOVE_PX = 4;
const list = find("messages");
const taps = new Map();
let context = {};
let typing = 0;
let following = true; // the newest message
let gliding = false; // on our own

export function use(actions) {
  context = actions;
  list.addEventListener("scroll", scrolled);
  list.addEventListener("scrollend", () => { gliding = false; });
  for (const hand of ["wheel", "touchmove", "pointerdown", "keydown"]) list.addEventListener(hand, () => { gliding = false; }, { passive: true });
  find("to-bottom").onclick = () => follow(true);
  const resized = new ResizeObserver(() => {
    list.parentElement.style.setProperty("--composer", `${find("composer").offsetHeight}px`);
    if (following) follow();
  });
  resized.observe(find("composer"));
  resized.observe(list);
  list.addEventListener("load", () => following && follow(), true);
}

// Whoever scrolls up reads, and is left alone until they come back; our own scrolling says nothing of that.
function scrolled() {
  if (!gliding) following = list.scrollTop > restingPlace() - NEAR_PX;
  find("to-bottom").hidden = following;
}

// The end, but a picture that is higher than the view with its words is seen from its top.
function restingPlace() {
  const end = list.scrollHeight - list.clientHeight;
  const last = [...list.querySelectorAll(".message:not(.leaving)")].at(-1);
  if (!last?.matches(".pictured") || last.offsetHeight < list.clientHeight) return end;
  return Math.min(end, last.offsetTop - ABOVE_PX);
}

function follow(smooth = false) {
  const top = Math.round(restingPlace());
  following = true;
  find("to-bottom").hidden = true;
  if (Math.abs(list.scrollTop - top) < 1) return;
  gliding = true;
  list.scrollTo({ top, behavior: smooth ? "smooth" : "instant" });
}

const surroundings = () => ({ ...context, person: state.person, group: here().type !== "private", point });

export function draw() {
  const chat = here();
  list.replaceChildren();
  if (!chat.messages.size) list.append(welcome(state.bot));
  for (const message of chat.messages.values()) place(message);
  regroup();
  head();
  follow();
  seen();
}

export function head() {
  const chat = here();
  const group = chat.type !== "private";
  avatar(find("chat-avatar"), group ? { iconName: "group", seed: 3 } : { iconName: "bag", seed: 0 });
  find("chat-avatar").classList.add("small");
  find("chat-title").textContent = group ? chat.title : state.bot.name;
  const blocked = me().blocked ? " · bot diblokir" : "";
  status(group ? `${chat.members.length + 1} anggota · kamu: ${me().name}` : `bot · kamu: ${me().name}${blocked}`);
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
  const stay = following || message.from === state.person;
  list.querySelector(".empty")?.remove();
  const element = place(message);
  element.classList.add("arriving");
  regroup();
  if (message.bot) { clearTimeout(typing); head(); }
  if (stay) follow(true);
  seen();
}

export function changed(message) {
  const old = elementOf(message.id);
  if (!old) return;
  const fresh = drawn(message);
  fresh.classList.add("edited-now");
  keepingFocus(() => elementOf(message.id), () => old.replaceWith(fresh));
  regroup();
  if (following) follow();
}

export function removed(id) {
  const element = elementOf(id);
  if (!element) return;
  const held = element.contains(document.activeElement);
  element.classList.add("leaving");
  if (held) (list.querySelector(".message:nth-last-child(1 of .message:not(.leaving)) .inline button") || list).focus({ preventScroll: true });
  const leave = () => { element.remove(); regroup(); if (following) follow(); };
  element.addEventListener("animationend", leave, { once: true });
  setTimeout(leave, 600);
}

function place(message) {
  const element = drawn(message);
  list.append(element);
  return element;
}

function drawn(message) {
  const element = bubble(message, surroundings());
  element.dataset.day = dayOf(message.date);
  element.dataset.date = message.date;
  return element;
}

// One line a day, over the first of its messages.
function dates() {
  let shown = null;
  const lines = new Set(list.querySelectorAll(".day"));
  for (const element of list.querySelectorAll(".message:not(.leaving)")) {
    if (element.dataset.day === shown) continue;
    shown = element.dataset.day;
    let line = element.previousElementSibling;
    if (!line?.matches(".day")) { line = make("div", { className: "day" }); element.before(line); }
    lines.delete(line);
    line.textContent = day(shown);
  }
  for (const line of lines) line.remove();
}

// Messages of one sender stand together; the last of them has the tail.
function regroup() {
  dates();
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
