// The menu of things that go wrong, at Telegram and at Pakasir, and the strip that says how long they still do.

import { find, make } from "./dom.js";
import { get, post } from "./net.js";

const MENU = [
  ["Telegram, 10 detik", [
    ["slow", "Lambat", "Setiap panggilan menunggu 2 detik"],
    ["flood", "Terlalu cepat (429)", "Semua ditolak dengan retry_after"],
    ["down", "Mati (502)", "Tidak ada panggilan yang berhasil"],
  ]],
  ["Update berikutnya", [
    ["doubled", "Datang dua kali", "Toko harus menanganinya sekali saja"],
    ["late", "Terlambat 5 detik", "Yang lain mendahuluinya"],
    ["lost", "Hilang", "Tidak pernah sampai ke toko"],
  ]],
  ["Peringatan untuk Admin", [
    ["deaf", "Webhook tertutup, 75 detik", "Tulis sesuatu, lalu lihat chat Admin: 🔴, dan 🟢 sesudahnya"],
  ]],
];
const SWITCHES = "Pakasir, sampai dimatikan";
const ONCE = Object.fromEntries(MENU[1][1].map(([kind, title]) => [kind, title.toLowerCase()]));
let timer = 0;

export function use(fail, toast) {
  const menu = find("faults");
  const button = find("faults-button");
  const hide = () => { menu.hidden = true; };
  menu.replaceChildren(...MENU.flatMap(([title, items]) => [
    make("h3", {}, title),
    ...items.map(([kind, label, hint]) => make("button", { role: "menuitem", onclick: () => { hide(); plan(kind, label).catch(fail); } }, label, make("small", {}, hint))),
  ]));
  button.onclick = async (event) => {
    event.stopPropagation();
    const was = menu.hidden;
    document.body.click(); // whatever else is open closes
    menu.hidden = was === false;
    if (!menu.hidden) drawSwitches((await get("/chat/state")).gateway);
  };
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // Those last: the customer's page has the same ones.
  function drawSwitches(switches) {
    menu.querySelector(".switches")?.remove();
    if (!switches.length) return;
    const items = switches.map(({ name, title, hint, on }) => make("button", { role: "menuitemcheckbox", "aria-checked": String(on), onclick: () => { hide(); post("/chat/gateway", { name, on: !on }).then(() => toast(`${title}: ${on ? "mati" : "nyala"}`)).catch(fail); } }, title, make("small", {}, hint)));
    menu.append(make("div", { className: "switches" }, make("h3", {}, SWITCHES), ...items));
  }

  async function plan(kind, label) {
    const { for_s: seconds } = await post("/chat/faults", { kind });
    if (seconds) count(`Telegram: ${label}`, Date.now() + seconds * 1000);
    else toast(`Update berikutnya ${ONCE[kind]}`);
  }

  function count(label, until) {
    const strip = find("fault-strip");
    const end = make("button", { onclick: async () => { await post("/chat/faults", { kind: "none" }).catch(fail); until = 0; tick(); } }, "Hentikan");
    const words = make("span");
    strip.replaceChildren(words, end);
    clearInterval(timer);
    function tick() {
      const left = Math.ceil((until - Date.now()) / 1000);
      strip.hidden = left <= 0;
      words.textContent = `${label}, ${left} detik lagi`;
      if (left <= 0) clearInterval(timer);
    }
    timer = setInterval(tick, 250);
    tick();
  }
}
