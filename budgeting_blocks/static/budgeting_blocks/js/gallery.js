// Enhances the gallery: the visitor's own fair order, the place where one stands, and a shortlist that the device keeps.
// Without it the order is the hour's, places are chosen from a list, and the shortlist lives in the address.

const SEEDS = 64; // as many orders a day: each can come from the server's cache
const DAY = 24 * 60 * 60 * 1000;

function stored(storage, key) {
  try { return storage.getItem(key); } catch { return null; }
}

function store(storage, key, value) {
  try { storage.setItem(key, value); } catch { /* a browser that keeps nothing */ }
}

function ownSeed() {
  const known = Number(stored(sessionStorage, "gallery-seed"));
  if (known) return known;
  const seed = Math.floor(Date.now() / DAY) * SEEDS + Math.floor(Math.random() * SEEDS);
  store(sessionStorage, "gallery-seed", String(seed));
  return seed;
}

class FairOrder extends HTMLElement {
  connectedCallback() {
    if ("byTheHour" in this.dataset) this.reorder(ownSeed());
  }

  async reorder(seed) {
    const address = new URL(location.href);
    address.searchParams.set(this.dataset.param, seed);
    address.hash = "";
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok) return;
      const other = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(this.id);
      // Somebody who is among the cards already is not pulled away from them.
      if (!other || this.contains(document.activeElement)) return;
      this.replaceChildren(...other.childNodes);
      delete this.dataset.byTheHour;
      const form = this.closest(".proposal-gallery")?.querySelector("form.filters");
      if (form && !form.elements[this.dataset.param]) {
        const field = Object.assign(document.createElement("input"), { type: "hidden", name: this.dataset.param, value: seed });
        form.append(field);
      }
      this.dispatchEvent(new CustomEvent("reordered", { bubbles: true }));
    } catch { /* the hour's order stays */ }
  }
}

class NearMe extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const select = this.querySelector("select");
    const status = this.querySelector("[role=status]");
    if (!button || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // About a hundred metres: enough to order by, and not the door one stands at.
        const point = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        select.append(new Option(this.dataset.mine, point, false, true));
        const sort = select.form.querySelector("select[name$='-sort']");
        if (sort) sort.value = "nearest";
        select.form.requestSubmit();
      },
      () => { status.textContent = this.dataset.failed; },
      { maximumAge: 60000, timeout: 10000 },
    ));
  }
}

// `ids` on the page are ticks; those of other pages travel in one hidden field.
class ShortlistPicks extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `osbu-suosikit-${this.dataset.round}`;
    this.kept = this.read();
    const asked = new URL(location.href).searchParams.getAll("ids").join("-").match(/\d+/g);
    if (asked) this.keep([...new Set([...("whole" in this.dataset ? [] : this.kept), ...asked])]);
    if (!asked && "whole" in this.dataset && this.kept.length) {
      location.replace(`?ids=${this.kept.join("-")}`);
      return;
    }
    this.show();
    document.addEventListener("change", (event) => {
      const box = event.target;
      if (box.form !== this.form || box.name !== "ids" || box.type !== "checkbox") return;
      this.keep(box.checked ? [...new Set([...this.kept, box.value])] : this.kept.filter((id) => id !== box.value));
      this.show();
    });
    document.addEventListener("reordered", () => this.show());
  }

  read() {
    return (stored(localStorage, this.key) ?? "").match(/\d+/g) ?? [];
  }

  keep(ids) {
    this.kept = ids.slice(-40);
    store(localStorage, this.key, this.kept.join("-"));
  }

  show() {
    const here = new Set();
    for (const box of this.form.elements) {
      if (box.type !== "checkbox") continue;
      here.add(box.value);
      box.checked = this.kept.includes(box.value);
    }
    let field = this.form.querySelector("input[type=hidden][name=ids]");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "ids" });
      this.form.append(field);
    }
    field.value = this.kept.filter((id) => !here.has(id)).join("-");
    field.disabled = !field.value;
  }
}

class CopyAddress extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const input = this.querySelector("input");
    const status = this.querySelector("[role=status]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      status.textContent = this.dataset.done;
    });
  }
}

for (const [name, element] of [["fair-order", FairOrder], ["near-me", NearMe], ["shortlist-picks", ShortlistPicks], ["copy-address", CopyAddress]]) {
  if (!customElements.get(name)) customElements.define(name, element);
}
