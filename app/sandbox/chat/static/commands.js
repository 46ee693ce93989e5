// What the bot understands after a `/`, for whom one is here: drawn over the input field, as Telegram does.

import { find, make } from "./dom.js";
import { here, state } from "./state.js";

const list = find("commands");
const field = find("text");
let say = () => null;
let chosen = -1;

export function use(actions) {
  say = actions.say;
  const button = find("commands-button");
  button.onclick = (event) => { event.stopPropagation(); if (list.hidden) show(all()); else hide(); field.focus(); };
  document.addEventListener("click", (event) => { if (!list.contains(event.target)) hide(); });
}

const all = () => here().commands?.[state.person] || [];

export function draw() {
  find("commands-button").hidden = !all().length;
  typed();
}

// While a command is being typed, those that begin so.
export function typed() {
  const begun = field.value.match(/^\/(\w*)$/);
  if (begun) show(all().filter(({ command }) => command.startsWith(begun[1].toLowerCase())));
  else hide();
}

function show(commands) {
  chosen = -1;
  list.hidden = !commands.length;
  list.replaceChildren(...commands.map(({ command, description }) => make("button", { type: "button", role: "option", "aria-selected": "false", data: { command }, onclick: () => send(command) }, make("span", {}, `/${command}`), make("span", {}, description))));
  list.scrollTop = 0;
}

function hide() {
  list.hidden = true;
}

function send(command) {
  hide();
  field.value = "";
  say(`/${command}`);
}

// Arrows choose, Enter sends what was chosen. Says whether the key is used up.
export function key(event) {
  if (list.hidden) return false;
  const options = [...list.children];
  if (event.key === "Escape") { hide(); return true; }
  if (event.key === "Enter" && chosen >= 0) { send(options[chosen].dataset.command); return true; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return false;
  chosen = (chosen + step + options.length) % options.length;
  options.forEach((each, index) => each.setAttribute("aria-selected", String(index === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  return true;
}
