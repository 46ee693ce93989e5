// Formatted text: Telegram's entities become elements. Offsets count UTF-16 units, as JavaScript does.

import { make } from "./dom.js";
import { reachable } from "./net.js";

const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", blockquote: "blockquote", expandable_blockquote: "blockquote" };

export function formatted(text, entities, on) {
  return make("div", { className: "text" }, ...pieces(text, 0, text.length, entities, on));
}

function pieces(text, start, end, entities, on) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || entity.offset >= end) continue;
    const inner = entities.slice(index + 1).filter((each) => each.offset >= entity.offset && each.offset + each.length <= stop);
    nodes.push(text.slice(at, entity.offset), element(text, entity, stop, inner, on));
    at = stop;
  }
  nodes.push(text.slice(at, end));
  return nodes;
}

function element(text, entity, stop, inner, on) {
  const raw = text.slice(entity.offset, stop);
  const children = pieces(text, entity.offset, stop, inner, on);
  if (PLAIN[entity.type]) return make(PLAIN[entity.type], {}, ...children);
  if (entity.type === "code" || entity.type === "pre") return copyable(entity.type, raw, on);
  if (entity.type === "spoiler") return make("span", { className: "spoiler", onclick: (event) => event.currentTarget.classList.add("shown") }, ...children);
  if (entity.type === "text_link") return link(entity.url, children, on);
  if (entity.type === "url") return link(raw, children, on);
  if (entity.type === "email") return make("a", { href: `mailto:${raw}` }, ...children);
  if (entity.type === "bot_command") return make("a", { href: "#", onclick: (event) => { event.preventDefault(); on.command(raw); } }, ...children);
  return make("span", {}, ...children);
}

function copyable(tag, raw, on) {
  const copy = async (event) => {
    const target = event.currentTarget;
    if (String(getSelection())) return;
    target.classList.remove("copied");
    void target.offsetWidth;
    target.classList.add("copied");
    await navigator.clipboard?.writeText(raw).catch(() => null);
    on.copied();
  };
  const byKey = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); copy(event); } };
  return make(tag, { title: "Ketuk untuk menyalin", role: "button", tabIndex: 0, onclick: copy, onkeydown: byKey }, raw);
}

function link(url, children, on) {
  const open = (event) => { if (on.link(url)) event.preventDefault(); };
  return make("a", { href: reachable(url), target: "_blank", rel: "noopener noreferrer", onclick: open }, ...children);
}
