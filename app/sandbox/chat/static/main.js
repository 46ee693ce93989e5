// Starts the page and joins its parts.

import * as chat from "./chat.js";
import * as composer from "./composer.js";
import { find, icon, make } from "./dom.js";
import * as faults from "./faults.js";
import { follow, get, post, reachable } from "./net.js";
import * as people from "./people.js";
import * as trail from "./trail.js";
import { here, load, me, state } from "./state.js";

const TOAST_MS = 3200;
const app = find("app");

function toast(text, bad = false) {
  const element = make("div", { className: `toast${bad ? " bad" : ""}` }, text);
  find("toasts").append(element);
  setTimeout(() => element.remove(), TOAST_MS + text.length * 25);
}

const fail = (error) => toast(error.message, true);

function choose(person, chatId) {
  state.person = person;
  state.chat = chatId;
  history.replaceState(null, "", `#${person}`);
  drawAll();
}

function drawAll() {
  chat.draw();
  composer.draw();
  people.draw(choose);
  people.show();
  drawBlock();
}

function drawBlock() {
  const button = find("block-button");
  button.hidden = here().type !== "private";
  button.setAttribute("aria-pressed", String(me().blocked));
  button.title = me().blocked ? "Buka blokir bot" : "Blokir bot";
}

// A link to the bot itself is a deep link: it starts the bot here.
function followLink(url) {
  const deep = url.match(/^(?:https?:\/\/)?t\.me\/([^/?#]+)(?:\?start=([\w-]+))?/i);
  if (!deep || deep[1].toLowerCase() !== state.bot.username.toLowerCase()) return false;
  composer.say(`/start ${deep[2] || ""}`.trim());
  return true;
}

// The stand-in gateway's page leads back to whom one is here, as Pakasir's leads back to the bot.
function comingBack(url) {
  if (!url.startsWith(`${location.origin}/pakasir/pay`)) return url;
  const page = new URL(url);
  page.searchParams.set("redirect", `${location.origin}/#${state.person}`);
  return page.href;
}

async function tap(element, message, row, column) {
  if (element.classList.contains("spinning")) return;
  element.classList.add("spinning");
  try {
    const { tap: id } = await post("/chat/tap", { person: state.person, chat: message.chat, message: message.id, row, column });
    if (answered.delete(id)) element.classList.remove("spinning");
    else chat.spin(element, id);
  } catch (error) {
    element.classList.remove("spinning");
    fail(error);
  }
}

const answered = new Set(); // answers that were faster than the answer to our own request

const ON = {
  message({ message }) {
    state.chats.get(message.chat)?.messages.set(message.id, message);
    if (message.chat === state.chat) { chat.added(message); composer.drawStart(); }
    people.draw(choose);
  },
  edit({ message }) {
    state.chats.get(message.chat)?.messages.set(message.id, message);
    if (message.chat === state.chat) chat.changed(message);
    people.draw(choose);
  },
  delete({ chat: chatId, id }) {
    state.chats.get(chatId)?.messages.delete(id);
    if (chatId === state.chat) { chat.removed(id); composer.drawStart(); }
    people.draw(choose);
  },
  keyboard({ chat: chatId, keyboard }) {
    const changed = state.chats.get(chatId);
    if (changed) changed.keyboard = keyboard;
    if (chatId === state.chat) { composer.unfold(); composer.drawKeyboard(); }
  },
  answer({ tap: id, person, toast: text, alert, url }) {
    answered.add(id);
    setTimeout(() => answered.delete(id), 5000);
    chat.stop(id);
    if (person !== state.person) return;
    if (url) open(reachable(url), "_blank", "noopener");
    if (!text) return;
    if (!alert) { toast(text); return; }
    find("alert").querySelector("p").textContent = text;
    if (!find("alert").open) find("alert").showModal();
  },
  action({ chat: chatId, action }) {
    if (chatId === state.chat) chat.acting(action);
  },
  reload: refresh,
};

async function refresh() {
  const before = `${state.person}:${state.chat}`;
  load(await get("/chat/state"));
  if (before === `${state.person}:${state.chat}`) { people.draw(choose); chat.head(); composer.drawStart(); drawBlock(); } else drawAll();
}

function view({ src, alt }) {
  Object.assign(find("viewer").querySelector("img"), { src, alt });
  find("viewer").showModal();
}

async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => null);
  toast("Disalin");
}

async function start() {
  for (const [id, name] of [["add-buyer", "plus"], ["faults-button", "storm"], ["block-button", "block"], ["to-bottom", "down"]]) find(id).append(icon(name));
  const body = await get("/chat/state");
  load(body);
  find("links").replaceChildren(...state.links.map(({ label, url }) => make("a", { href: reachable(url), target: "_blank", rel: "noopener" }, label)));
  const openUrl = (url) => { if (!followLink(url)) open(comingBack(reachable(url)), "_blank", "noopener"); };
  chat.use({ tap, copy, view, open: openUrl, reply: composer.reply, on: { command: composer.say, link: followLink, copied: () => toast("Disalin") } });
  composer.use(fail);
  faults.use(fail, toast);
  trail.use();
  find("viewer").onclick = () => find("viewer").close();
  find("add-buyer").onclick = () => post("/chat/people", {}).then(async ({ id }) => { await refresh(); choose(id, id); }).catch(fail);
  find("block-button").onclick = () => post("/chat/block", { person: state.person, blocked: !me().blocked }).then(() => toast(me().blocked ? "Blokir dibuka" : "Bot diblokir")).catch(fail);
  document.querySelector(".skip").onclick = (event) => { event.preventDefault(); (find("form").hidden ? find("start") : find("text")).focus(); };
  drawAll();
  addEventListener("focus", () => { chat.seen(); people.draw(choose); });
  follow({ chat: body.last, trail: 0 }, {
    chat: (event) => ON[event.kind]?.(event),
    trail: trail.heard,
    online: (is) => { app.classList.toggle("offline", !is); if (is) chat.head(); else chat.status("menyambung…"); },
  });
}

start();
