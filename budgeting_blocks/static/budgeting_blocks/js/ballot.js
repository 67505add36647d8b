// Shows the money left while choosing, and finds items in a long ballot. The server adds everything up again.

const LONG_BALLOT = 20;

function followMoney(form) {
  const panel = form.querySelector("[data-money]");
  const meter = panel.querySelector("meter");
  const shown = panel.querySelector("[data-money-shown]");
  const spoken = panel.querySelector("[data-money-spoken]");
  const budget = Number(form.dataset.budget);
  // The sign after the sum in every language, as the server writes it.
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  const euros = { format: (sum) => `${number.format(sum)}\u00a0€` };
  const boxes = [...form.querySelectorAll("input[data-cost]")];
  let timer;
  const update = (announce) => {
    const spent = boxes.reduce((sum, box) => sum + (box.checked ? Number(box.dataset.cost) : 0), 0);
    const left = budget - spent;
    const text = left < 0 ? panel.dataset.over : panel.dataset.left;
    shown.textContent = text.replace("{sum}", euros.format(Math.abs(left)));
    meter.value = Math.min(spent, budget);
    panel.toggleAttribute("data-overspent", left < 0);
    clearTimeout(timer);
    // One announcement when the hand has stopped, not one for each press.
    if (announce) timer = setTimeout(() => { spoken.textContent = shown.textContent; }, 600);
  };
  panel.hidden = false;
  form.addEventListener("change", () => update(true));
  // The browser may bring back ticks after a step back.
  window.addEventListener("pageshow", () => update(false));
  update(false);
}

function findItems(form) {
  const search = form.querySelector("[data-search]");
  const items = [...form.querySelectorAll(".ballot__item")];
  if (!search || items.length < LONG_BALLOT) return;
  const input = search.querySelector("input");
  const count = search.querySelector("[data-search-count]");
  search.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      const hit = words.every((word) => text.includes(word));
      item.hidden = !hit;
      found += hit;
    }
    for (const group of form.querySelectorAll(".ballot__group")) group.hidden = !group.querySelector(".ballot__item:not([hidden])");
    count.textContent = words.length ? count.dataset.text.replace("{n}", String(found)) : "";
  });
  // Enter in the search box searches; it does not send the ballot.
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

for (const form of document.querySelectorAll("form[data-ballot]")) {
  followMoney(form);
  findItems(form);
}
