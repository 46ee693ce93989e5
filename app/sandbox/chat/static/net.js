// Talks to the sandbox: asks it to do things, and follows what happens.

async function answered(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `Gagal (${response.status})`);
  return body;
}

export const get = async (path) => answered(await fetch(path, { cache: "no-store" }));

export const post = async (path, body) => answered(await fetch(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
}));

export async function send(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) form.append(name, value);
  return answered(await fetch("/chat/send", { method: "POST", body: form }));
}

// Follows both feeds; after a break it goes on where it stopped.
export function follow(numbers, { chat, trail, online }) {
  const source = new EventSource(`/chat/events?chat=${numbers.chat}&trail=${numbers.trail}`);
  const hear = (name, tell) => source.addEventListener(name, (event) => {
    const body = JSON.parse(event.data);
    numbers[name] = body.n;
    tell(body);
  });
  hear("chat", chat);
  hear("trail", trail);
  source.onopen = () => online(true);
  source.onerror = () => {
    source.close();
    online(false);
    setTimeout(() => follow(numbers, { chat, trail, online }), 1000);
  };
}

// A sandbox that is reached through a tunnel still calls itself 127.0.0.1 in its links.
export function reachable(url) {
  try {
    const parsed = new URL(/^[a-z]+:/i.test(url) ? url : `https://${url}`);
    if (!["http:", "https:", "tg:", "mailto:", "tel:"].includes(parsed.protocol)) return "#";
    const own = ["127.0.0.1", "localhost"].includes(parsed.hostname) && parsed.port === location.port;
    return own ? location.origin + parsed.pathname + parsed.search + parsed.hash : parsed.href;
  } catch {
    return "#";
  }
}
