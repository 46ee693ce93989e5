// Everything works without this: it renews what is shown, and keeps a form from being sent twice.
"use strict";

const EVERY_MS = 5000;

// Not while nobody looks, or while somebody types, ticks or decides.
function isBusy() {
  const active = document.activeElement;
  return document.hidden || document.querySelector("details[open]") ||
    (active && active.matches("input, button, summary, [data-live] a"));
}

async function renew() {
  if (!isBusy()) {
    const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
    if (answer.status === 401) { location.reload(); return; }
    if (answer.ok && !isBusy()) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const shown = document.querySelectorAll("[data-live]");
      fresh.querySelectorAll("[data-live]").forEach((part, at) => shown[at] && shown[at].replaceWith(part));
    }
  }
  setTimeout(renewSafely, EVERY_MS);
}

function renewSafely() {
  renew().catch(() => setTimeout(renewSafely, EVERY_MS));
}

document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button");
  setTimeout(() => { if (button) button.disabled = true; });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button:disabled").forEach((button) => { button.disabled = false; });
});

if (document.querySelector("[data-live]")) setTimeout(renewSafely, EVERY_MS);
