// What the page knows: people, chats, messages, who we are now, and what was read.

export const world = { bot: {}, people: new Map(), chats: new Map(), links: [], person: null, chat: null };

const key = (person, chat) => `seen:${person}:${chat}`;

export function load(body) {
  world.bot = body.bot;
  world.links = body.links;
  world.people = new Map(body.people.map((person) => [person.id, person]));
  world.chats = new Map(body.chats.map((chat) => [chat.id, { ...chat, messages: new Map(chat.messages.map((each) => [each.id, each])) }]));
  const known = world.people.has(world.person) && chatsOf(world.person).some((chat) => chat.id === world.chat);
  if (!known) {
    const remembered = Number(location.hash.slice(1));
    const first = [...world.people.values()].find((person) => person.role === "buyer");
    world.person = world.people.has(remembered) ? remembered : first.id;
    world.chat = world.person;
  }
}

export const me = () => world.people.get(world.person);
export const here = () => world.chats.get(world.chat);

export function chatsOf(person) {
  const own = [...world.chats.values()].filter((chat) => (chat.type === "private" ? chat.id === person : chat.members.includes(person)));
  return own.sort((a, b) => (b.type === "private") - (a.type === "private"));
}

export const latest = (chat) => [...chat.messages.values()].at(-1);

export function markSeen(person, chat) {
  const last = latest(world.chats.get(chat));
  if (last) localStorage.setItem(key(person, chat), last.id);
}

export function unread(person, chat) {
  const seen = Number(localStorage.getItem(key(person, chat.id)) || 0);
  return [...chat.messages.values()].filter((each) => each.id > seen && each.from !== person).length;
}
