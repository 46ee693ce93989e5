// Small helpers to build the page. All text goes in as text, never as markup.

const PATHS = {
  plus: "M12 5v14M5 12h14",
  send: "M4.5 12 20 4.5 15.5 20l-3.4-6.4zM20 4.5 12.1 13.6",
  clip: "M19.5 11.5 12 19a5 5 0 0 1-7-7l8-8a3.4 3.4 0 0 1 4.8 4.8l-7.9 7.9a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2",
  keyboard: "M4 6h16v12H4zM7.5 9.7h.01M12 9.7h.01M16.5 9.7h.01M7.5 12.5h.01M16.5 12.5h.01M9.5 15.2h5",
  down: "m6 9.5 6 6 6-6",
  storm: "M13 3 5.5 13.5H12L11 21l7.5-10.5H12z",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  trail: "M5 5.5h.01M5 12h.01M5 18.5h.01M9.5 5.5H20M9.5 12H17M9.5 18.5H20",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  play: "M8 5.5v13l10.5-6.5z",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5",
  close: "M6 6l12 12M18 6 6 18",
  file: "M7 3.5h6.5L18 8v12.5H7zM13.5 3.5V8H18",
  check: "m3.5 12.5 4.5 4.5L18.5 6.5M11.5 16.5l.5.5L22 7",
  reply: "M10 6 4 11.5 10 17v-3.5c5 0 8 1.5 10 4.5-.5-5.5-4-9-10-9.5z",
  out: "M8 16 16.5 7.5M9.5 7h7.5v7.5",
  group: "M9 11.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.5 19c.3-3.3 2.5-5 5.5-5s5.2 1.7 5.5 5M15.5 11a2.7 2.7 0 1 0-.7-5.3M17 14.2c2 .5 3.3 2.2 3.5 4.8",
  bag: "M5.5 8.5h13L17.5 20h-11zM9 8.5V7a3 3 0 0 1 6 0v1.5",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { data, ...rest } = properties;
  for (const [name, value] of Object.entries(rest)) {
    if (name.includes("-")) element.setAttribute(name, value);
    else element[name] = value;
  }
  Object.assign(element.dataset, data);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Redraws, and leaves the focus where it was, or where that would be now: else it falls to the top of the page.
export function keepingFocus(place, redraw) {
  const stops = () => [...(place()?.querySelectorAll("button, a") || [])].filter((each) => each.checkVisibility({ visibilityProperty: true }));
  const at = stops().indexOf(document.activeElement);
  redraw();
  if (at < 0) return;
  const now = stops();
  (now[Math.min(at, now.length - 1)] || find("messages")).focus({ preventScroll: true });
}

export const find = (id) => document.getElementById(id);

const HUES = [["#12806f", "#0a5d53"], ["#3f6fcf", "#2a4a9c"], ["#a8571a", "#84400f"], ["#8a4fc0", "#62309a"], ["#c2456a", "#93294a"]];

export function avatar(element, { label, iconName, seed = 0 }) {
  const [from, to] = HUES[Math.abs(seed) % HUES.length];
  element.style.setProperty("--from", from);
  element.style.setProperty("--to", to);
  element.replaceChildren(iconName ? icon(iconName) : label);
  return element;
}

export const initials = (name) => name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();

export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });

export const dayOf = (seconds) => new Date(seconds * 1000).toDateString();

export function day(named) {
  const date = new Date(named);
  if (date.toDateString() === new Date().toDateString()) return "Hari ini";
  return date.toLocaleDateString("id-ID", { day: "numeric", month: "long" });
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
