// The left pane: whom one can be, their chats, what they have not read.

import { avatar, clock, find, initials, keepingFocus, make } from "./dom.js";
import { chatsOf, latest, unread, state } from "./state.js";

const KINDS = { photo: "Foto", document: "Dokumen", sticker: "Stiker", service: "Pesan layanan" };
const SECTIONS = [["Pelanggan", ["buyer", "reseller"]], ["Staf toko", ["admin"]]];

export function draw(choose) {
  const sections = SECTIONS.map(([title, roles]) => {
    const people = [...state.people.values()].filter((person) => roles.includes(person.role)).sort((a, b) => a.id - b.id);
    return make("section", { className: "role" }, make("h3", { className: "role-name" }, title), ...people.flatMap((person) => chatsOf(person.id).map((chat) => row(person, chat, choose))));
  });
  const list = find("people");
  const at = [list.scrollTop, list.scrollLeft];
  keepingFocus(() => list, () => list.replaceChildren(...sections));
  [list.scrollTop, list.scrollLeft] = at;
  const waiting = [...state.people.values()].flatMap((person) => chatsOf(person.id).map((chat) => unread(person.id, chat))).reduce((sum, each) => sum + each, 0);
  document.title = `${waiting ? `(${waiting}) ` : ""}${state.bot.name} sandbox`;
}

export function show() {
  find("people").querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function row(person, chat, choose) {
  const last = latest(chat);
  const current = person.id === state.person && chat.id === state.chat;
  const count = current ? 0 : unread(person.id, chat);
  const group = chat.type !== "private";
  const picture = make("span", { className: "avatar" });
  avatar(picture, group ? { iconName: "group", seed: 3 } : { label: initials(person.name), seed: seedOf(person) });
  const element = make("button", { className: "row", "aria-current": String(current), data: { person: person.id, chat: chat.id }, onclick: () => choose(person.id, chat.id) }, picture);
  element.append(
    make("span", { className: "row-name" }, group ? chat.title : person.name),
    make("span", { className: "row-time" }, last ? clock(last.date) : ""),
    make("span", { className: "row-text" }, preview(person, last)),
  );
  if (count) element.append(make("span", { className: "badge", "aria-label": `${count} belum dibaca` }, String(count)));
  return element;
}

export function seedOf(person) {
  return { admin: 2, reseller: 1 }[person.role] ?? (person.id % 2 ? 0 : 4);
}

function preview(person, last) {
  if (!last) return person.blocked ? "Bot diblokir" : "Belum ada pesan";
  const text = last.text.split("\n").find((line) => line.trim()) || KINDS[last.kind];
  return `${last.from === person.id ? "Kamu: " : ""}${text}`;
}
