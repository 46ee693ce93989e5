// The bottom: writing, replying, attaching, and the keyboard that the bot laid out.

import { quote } from "./bubble.js";
import * as commands from "./commands.js";
import { find, icon, keepingFocus, make, size } from "./dom.js";
import { post, send } from "./net.js";
import { here, me, state } from "./state.js";

const NARROW = matchMedia("(max-width: 720px)");
const field = find("text");
const drafts = new Map();
const collapsed = new Set();
let replyTo = null;
let fail = () => null;

export function use(onFail) {
  fail = onFail;
  find("attach").append(icon("clip"));
  find("send").append(icon("send"));
  find("keyboard-button").append(icon("keyboard"));
  find("form").onsubmit = (event) => { event.preventDefault(); sendText(field.value); };
  find("start").onclick = () => say("/start");
  find("attach").onclick = () => find("file").click();
  find("file").onchange = () => { attach(find("file").files[0]); find("file").value = ""; };
  find("keyboard-button").onclick = () => { toggle(); drawKeyboard(); };
  commands.use({ say });
  field.onkeydown = (event) => {
    if (commands.key(event)) { event.preventDefault(); return; }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendText(field.value); }
    if (event.key === "Escape") reply(null);
  };
  field.oninput = () => { grow(); commands.typed(); drafts.set(place(), field.value); };
  field.onpaste = (event) => { const file = event.clipboardData?.files[0]; if (file) { event.preventDefault(); attach(file); } };
  const chat = document.querySelector(".chat");
  chat.ondragover = (event) => event.preventDefault();
  chat.ondrop = (event) => { event.preventDefault(); attach(event.dataTransfer.files[0]); };
}

const place = () => `${state.person}:${state.chat}`;

export function draw() {
  reply(null);
  field.value = drafts.get(place()) || "";
  drawStart();
  if (!NARROW.matches) field.focus();
}

export function drawStart() {
  const own = here().type === "private";
  const closed = own && (me().blocked || !here().messages.size);
  const byKeys = find("start").matches(":focus-visible");
  find("start").hidden = !closed;
  find("start").textContent = me().blocked ? "BUKA BLOKIR DAN MULAI" : "MULAI";
  find("form").hidden = closed;
  if (!closed) grow();
  if (!closed && byKeys) field.focus(); // else it falls to the top of the page
  commands.draw();
  drawKeyboard();
}

export function drawKeyboard() {
  const keyboard = here().keyboard;
  const hidden = !keyboard || collapsed.has(place()) || find("form").hidden;
  find("keyboard-button").hidden = !keyboard;
  find("keyboard-button").setAttribute("aria-pressed", String(!hidden));
  find("keyboard").hidden = hidden;
  field.placeholder = keyboard?.input_field_placeholder || "Tulis pesan…";
  const rows = (keyboard?.keyboard || []).map((row) => make("div", { className: "keyboard-row" }, ...row.map(({ text }) => make("button", { type: "button", onclick: () => press(text) }, text))));
  keepingFocus(() => find("keyboard"), () => find("keyboard").replaceChildren(...rows));
}

function toggle() {
  if (!collapsed.delete(place())) collapsed.add(place());
}

export function unfold() {
  collapsed.delete(place());
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

export function reply(message) {
  replyTo = message?.id ?? null;
  const strip = find("replying");
  strip.hidden = !message;
  if (!message) return;
  const cancel = make("button", { type: "button", className: "icon-button", "aria-label": "Batal membalas", onclick: () => reply(null) }, icon("close"));
  strip.replaceChildren(quote({ name: message.name, text: message.text || "…" }), cancel);
  field.focus();
}

const press = (label) => post("/chat/press", { person: state.person, chat: state.chat, label }).catch(fail);

export async function say(text) {
  await send({ person: state.person, chat: state.chat, text, reply_to: replyTo }).catch(fail);
}

async function sendText(text) {
  if (!text.trim()) return;
  field.value = "";
  drafts.delete(place());
  grow();
  commands.typed();
  await say(text);
  reply(null);
}

function attach(file) {
  if (!file) return;
  const isImage = /^image\/(png|jpeg|webp|gif)$/.test(file.type);
  const url = isImage ? URL.createObjectURL(file) : "";
  find("attach-as").hidden = !isImage;
  find("as-photo").checked = isImage;
  find("caption").value = field.value;
  find("attach-preview").replaceChildren(isImage ? make("img", { src: url, alt: "" }) : make("p", {}, `${file.name} · ${size(file.size)}`));
  const dialog = find("attach-dialog");
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (url) URL.revokeObjectURL(url);
    if (dialog.returnValue === "send") sendFile(file, isImage && find("as-photo").checked ? "photo" : "document");
  };
  dialog.showModal();
  find("caption").focus();
}

async function sendFile(file, as) {
  const fields = { person: state.person, chat: state.chat, text: find("caption").value, reply_to: replyTo, as };
  field.value = "";
  drafts.delete(place());
  grow();
  await send({ ...fields, file }).catch(fail);
  reply(null);
}
