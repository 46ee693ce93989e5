// One message: what it says or shows, and the buttons under it.

import { avatar, clock, icon, make, size } from "./dom.js";
import { formatted } from "./text.js";

const NARROWEST = 240; // pictures, in pixels
const WIDEST = 440;

const fileUrl = (file) => `/chat/files/${encodeURIComponent(file.id)}`;

export function bubble(message, context) {
  const out = message.from === context.person;
  const element = make("article", { className: `message${out ? " out" : ""}`, data: { id: message.id, from: message.from } });
  if (message.kind === "service") element.classList.add("service");
  if (message.kind === "photo") {
    element.classList.add("pictured");
    element.style.setProperty("--photo", `${Math.min(Math.max(message.file.width || 0, NARROWEST), WIDEST)}px`);
  }
  element.append(body(message, context, out));
  if (message.buttons.length) element.append(inline(message, context));
  if (message.kind !== "service") {
    element.append(make("button", { className: "icon-button reply-button", title: "Balas", "aria-label": "Balas", onclick: () => context.reply(message) }, icon("reply")));
  }
  return element;
}

function body(message, context, out) {
  const content = make("div", { className: `bubble shows-${message.kind}` });
  if (context.group && !out) content.append(make("div", { className: "sender" }, message.name));
  if (message.forwarded) content.append(make("div", { className: "forwarded" }, "Diteruskan"));
  if (message.reply) content.append(quote(message.reply, context.point));
  content.append(...(SHOWS[message.kind] || shownService)(message, context));
  const edited = message.edited && !message.bot; // bots edit all the time, and nobody is told
  const meta = make("span", { className: "meta" }, edited ? "diedit " : "", clock(message.date), out ? icon("check") : null);
  content.style.setProperty("--meta", `${(edited ? 5.6 : 2.9) + (out ? 1.1 : 0)}rem`);
  if (message.kind !== "service") content.append(meta);
  return content;
}

export function quote(reply, click = null) {
  return make(click ? "button" : "div", { className: "quote", onclick: click && (() => click(reply.id)) }, make("b", {}, reply.name), make("span", {}, reply.text));
}

const words = (message, context) => (message.text ? [formatted(message.text, message.entities, context.on)] : []);

const SHOWS = {
  text: words,
  photo(message, context) {
    const { width = 320, height = 240 } = message.file;
    const name = message.text.split("\n").find((line) => line.trim());
    const image = make("img", { src: fileUrl(message.file), alt: `Gambar: ${name || message.name}`, onclick: () => context.view(image) });
    image.style.aspectRatio = `${width} / ${height}`;
    const holder = make("div", { className: message.text ? "" : "bare" }, image);
    return [holder, ...words(message, context)];
  },
  sticker: (message) => [make("img", { src: fileUrl(message.file), alt: `Stiker dari ${message.name}` })],
  document(message, context) {
    const shown = make("a", { className: "document", href: fileUrl(message.file), download: message.file.name }, make("span", { className: "document-icon" }, icon("file")));
    shown.append(make("span", {}, make("b", {}, message.file.name), make("small", {}, size(message.file.size))));
    const rest = words(message, context);
    return [shown, ...(rest.length ? rest : [make("div", { className: "document-end" })])];
  },
};

function shownService() {
  return [make("div", { className: "text" }, "Grup ini menjadi supergrup")];
}

function inline(message, context) {
  const rows = message.buttons.map((row, rowIndex) => make("div", { className: "inline-row" }, ...row.map((button, column) => inlineButton(message, button, rowIndex, column, context))));
  return make("div", { className: "inline" }, ...rows);
}

function inlineButton(message, button, row, column, context) {
  const element = make("button", { type: "button", data: { row, column } }, button.text);
  if (button.url) {
    const corner = icon("out");
    corner.classList.add("corner");
    element.append(corner);
    element.onclick = () => context.open(button.url);
  } else if (button.copy_text) {
    element.onclick = () => context.copy(button.copy_text.text);
  } else {
    element.onclick = () => context.tap(element, message, row, column);
  }
  return element;
}

export function welcome(bot) {
  const picture = avatar(make("span", { className: "avatar" }), { iconName: "bag", seed: 0 });
  return make("div", { className: "empty" }, picture, make("h2", {}, bot.name), make("p", {}, "Belum ada pesan di sini. Tekan MULAI untuk menyapa bot toko ini."));
}
