// What the page knows: people, chats, messages, who we are now, and what was read.

export const state = { bot: {}, people: new Map(), chats: new Map(), links: [], person: null, chat: null };

const key = (person, chat) => `seen:${person}:${chat}`;

export function load(body) {
  state.bot = body.bot;
  state.links = body.links;
  state.people = new Map(body.people.map((person) => [person.id, person]));
  state.chats = new Map(body.chats.map((chat) => [chat.id, { ...chat, messages: new Map(chat.messages.map((each) => [each.id, each])) }]));
  const known = state.people.has(state.person) && chatsOf(state.person).some((chat) => chat.id === state.chat);
  if (!known) {
    const remembered = Number(location.hash.slice(1));
    const first = [...state.people.values()].find((person) => person.role === "buyer");
    state.person = state.people.has(remembered) ? remembered : first.id;
    state.chat = state.person;
  }
}

export const me = () => state.people.get(state.person);
export const here = () => state.chats.get(state.chat);

export function chatsOf(person) {
  const own = [...state.chats.values()].filter((chat) => (chat.type === "private" ? chat.id === person : chat.members.includes(person)));
  return own.sort((a, b) => (b.type === "private") - (a.type === "private"));
}

export const latest = (chat) => [...chat.messages.values()].at(-1);

export function markSeen(person, chat) {
  const last = latest(state.chats.get(chat));
  if (last) localStorage.setItem(key(person, chat), last.id);
}

export function unread(person, chat) {
  const seen = Number(localStorage.getItem(key(person, chat.id)) || 0);
  return [...chat.messages.values()].filter((each) => each.id > seen && each.from !== person).length;
}
