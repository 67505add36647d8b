// The ballot while one fills it in: what is left, finding items, an order of one's own, and a draft that stays on the device
// until the vote is cast. The server adds everything up again.

const KIOSK = new URLSearchParams(location.search).has("kioski");
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });

// A device for many people keeps nothing; private windows may refuse to.
const store = {
  get: (key) => { try { return KIOSK ? null : localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { if (!KIOSK) localStorage.setItem(key, value); } catch { /* the draft is a comfort only */ } },
  drop: (start) => {
    try { for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key); } catch { /* as above */ }
  },
};

const fieldsOf = (part) => [...part.querySelectorAll(".ballot__items input")];
const itemOf = (field) => field.type === "checkbox" ? field.value : field.name.slice("points-".length);
const given = (field) => field.type === "checkbox" ? Number(field.checked) : Math.max(0, Math.floor(Number(field.value)) || 0);

function followLimit(form, part) {
  const panel = part.querySelector("[data-money]");
  if (!panel) return;
  const [meter, shown, count, spoken] = ["meter", "[data-money-shown]", "[data-money-count]", "[data-money-spoken]"].map((name) => panel.querySelector(name));
  const money = form.dataset.kind === "knapsack";
  const weight = (field) => given(field) * (money ? Number(field.dataset.cost) : 1);
  // The sign after the sum in every language, as the server writes it.
  const words = (sum) => number.format(sum) + (money ? "\u00a0€" : "");
  const fields = fieldsOf(part);
  const carried = [...form.querySelectorAll("[data-choice]")].reduce((sum, field) => sum + (money ? Number(field.dataset.cost) : form.dataset.kind === "points" ? Number(field.value) : 1), 0);
  const limit = Number(panel.dataset.limit);
  let timer;
  const update = (announce) => {
    const spent = fields.reduce((sum, field) => sum + weight(field), carried);
    const left = limit - spent;
    shown.textContent = (left < 0 ? panel.dataset.over : panel.dataset.left).replace("{sum}", words(Math.abs(left)));
    if (panel.dataset.max) count.textContent = panel.dataset.count.replace("{n}", fields.filter(given).length).replace("{max}", panel.dataset.max);
    meter.value = Math.min(spent, limit);
    panel.toggleAttribute("data-overspent", left < 0);
    clearTimeout(timer);
    // One announcement when the hand has stopped, not one for each press.
    if (announce) timer = setTimeout(() => { spoken.textContent = shown.textContent; }, 600);
  };
  panel.hidden = false;
  if (form.querySelector("button[type=submit]:not([name])")) {
    const button = Object.assign(document.createElement("button"), { className: "button", textContent: panel.dataset.submit });
    panel.querySelector(".meter").append(button);
  }
  form.addEventListener("change", () => update(true));
  form.addEventListener("ballot:set", () => update(false));
  update(false);
}

function stepPoints(form) {
  for (const field of fieldsOf(form)) {
    const name = field.labels[0].querySelector("span").textContent;
    const step = (text, by) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "ballot__step", textContent: text });
      button.setAttribute("aria-label", `${text} ${name}`);
      button.addEventListener("click", () => {
        const points = Math.max(0, given(field) + by);
        field.value = (field.max ? Math.min(points, Number(field.max)) : points) || "";
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      return button;
    };
    field.before(step("−", -1));
    field.after(step("+", 1));
  }
}

// The shortlist that this device keeps (gallery.js) is marked like the one that came in the address.
function markPicked(form) {
  if (form.querySelector("li[data-picked]")) return;
  const kept = new Set((store.get(`osbu-suosikit-${form.dataset.round}`) ?? "").match(/\d+/g));
  for (const field of fieldsOf(form)) {
    if (!kept.has(itemOf(field))) continue;
    const row = field.closest("li");
    row.toggleAttribute("data-picked", true);
    row.querySelector("b").append(" ", Object.assign(document.createElement("i"), { textContent: form.dataset.favourite }));
    form.querySelector("[data-only=picked]").hidden = false;
  }
}

function findItems(form) {
  const input = form.querySelector("[data-search]");
  const status = form.querySelector("[data-search-count]");
  // Where the server shows a part only, its own buttons change it.
  if (form.querySelector("[data-show-all]")) return;
  const rows = [...form.querySelectorAll(".ballot__items > li")].map((row) => ({ row, text: row.textContent.toLowerCase(), field: row.querySelector("input") }));
  const groups = [...form.querySelectorAll(".ballot__group")];
  const only = new Set();
  const show = () => {
    const words = (input?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { row, text, field } of rows) {
      const hit = words.every((word) => text.includes(word)) && (!only.has("chosen") || given(field) > 0) && (!only.has("picked") || "picked" in row.dataset);
      row.hidden = !hit;
      found += hit;
    }
    for (const group of groups) group.hidden = !group.querySelector(".ballot__items > li:not([hidden])");
    status.textContent = words.length || only.size ? status.dataset.text.replace("{n}", String(found)) : "";
  };
  for (const button of form.querySelectorAll("[data-only]")) {
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const name = button.dataset.only;
      if (!only.delete(name)) only.add(name);
      button.setAttribute("aria-pressed", String(only.has(name)));
      show();
    });
  }
  if (!input) return;
  form.querySelector("[data-show]").hidden = true;
  input.addEventListener("input", show);
  // Enter in the search box searches; it does not send the ballot.
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  for (const link of form.querySelectorAll(`a[href="#${input.id}"]`)) {
    link.addEventListener("click", (event) => { event.preventDefault(); input.focus(); });
  }
  if (input.value) show();
}

const freshSeed = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

function mixItems(form) {
  const mix = (seed) => {
    // Each item's place depends on the seed and its number alone, so that this device sees one order everywhere.
    const place = (row) => {
      let x = (Number(itemOf(row.querySelector("input"))) ^ seed) >>> 0;
      for (let round = 0; round < 3; round += 1) x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
      return x;
    };
    for (const list of form.querySelectorAll(".ballot__items")) {
      list.append(...[...list.children].map((row) => [place(row), row]).sort(([a], [b]) => a - b).map(([, row]) => row));
    }
  };
  const seed = store.get("ballot-order") || freshSeed();
  store.set("ballot-order", seed);
  mix(Number(seed));
  form.querySelector("[data-mix]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const next = freshSeed();
    store.set("ballot-order", next);
    mix(Number(next));
  });
}

function keepDraft(form) {
  const key = `ballot:${form.dataset.ballot}`;
  const notice = form.querySelector("[data-draft]");
  const fields = fieldsOf(form);
  const tell = () => { notice.hidden = KIOSK || !fields.some(given); };
  const save = () => {
    const chosen = fields.filter(given).map((field) => [itemOf(field), given(field)]);
    for (const field of form.querySelectorAll("[data-choice]")) chosen.push([field.dataset.choice, Number(form.dataset.kind === "points" ? field.value : 1)]);
    if (chosen.length) store.set(key, JSON.stringify(chosen)); else store.drop(key);
    tell();
  };
  if (!("sentBack" in form.dataset)) {
    let kept = [];
    try { kept = JSON.parse(store.get(key) || "[]"); } catch { store.drop(key); }
    const points = new Map(kept);
    for (const field of fields) {
      if (!points.has(itemOf(field))) continue;
      if (field.type === "checkbox") field.checked = true; else field.value = points.get(itemOf(field));
    }
  }
  form.addEventListener("change", save);
  // The browser may bring back ticks after a step back.
  window.addEventListener("pageshow", () => { save(); form.dispatchEvent(new Event("ballot:set")); });
  notice.querySelector("[data-clear]").addEventListener("click", () => {
    for (const field of fields) if (field.type === "checkbox") field.checked = false; else field.value = "";
    for (const field of form.querySelectorAll("[data-choice]")) field.remove();
    save();
    form.dispatchEvent(new Event("ballot:set"));
    fields[0]?.focus();
  });
  save();
}

for (const form of document.querySelectorAll("form[data-ballot]")) {
  keepDraft(form);
  markPicked(form);
  mixItems(form);
  if (form.dataset.kind === "points") stepPoints(form);
  for (const part of form.querySelectorAll("[data-part]")) followLimit(form, part);
  findItems(form);
}
const cast = document.querySelector("script[data-ballot-cast]");
if (cast) store.drop(`ballot:${cast.dataset.ballotCast}-`);
