// Small helps for forms. Every form works without them, and the server never relies on them.

// A second press while the first one is on its way does nothing.
function submitOnce(form) {
  const buttons = () => [...form.elements].filter((element) => element.type === "submit");
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "true";
    for (const button of buttons()) {
      button.setAttribute("aria-disabled", "true");
      if (button === event.submitter && button.localName === "button") {
        button.dataset.label = button.textContent;
        button.textContent = form.dataset.submitOnce;
      }
    }
  });
  // The browser's back button may bring the page back as it was left.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sending;
    for (const button of buttons()) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.label) button.textContent = button.dataset.label;
    }
  });
}

function countCharacters(field) {
  const input = field.querySelector("textarea");
  const max = Number(field.dataset.max);
  if (!input || !max) return;
  // The count may go below zero and say so; the server refuses what is too long, and nothing typed is cut.
  input.removeAttribute("maxlength");
  const seen = document.createElement("p");
  seen.className = "field__count";
  seen.setAttribute("aria-hidden", "true");
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  field.append(seen, spoken);
  let timer;
  const update = () => {
    // Django counts a line break as one character after normalising, as the browser's value does.
    const left = max - [...input.value].length;
    const text = left < 0 ? field.dataset.countOver : field.dataset.count;
    seen.textContent = text.replace("{n}", String(Math.abs(left)));
    seen.toggleAttribute("data-over", left < 0);
    clearTimeout(timer);
    timer = setTimeout(() => {
      spoken.textContent = left < max / 10 ? seen.textContent : "";
    }, 1000);
  };
  input.addEventListener("input", update);
  update();
}

// A link of the error summary leads to the first thing that can be filled in, also in a group of choices.
function leadToField(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches("input, select, textarea, button") ? target : target.querySelector("input, select, textarea");
    (control ?? target).focus();
    (control ?? target).closest(".field")?.scrollIntoView({ block: "nearest" });
  });
}

document.querySelectorAll("form[data-submit-once]").forEach(submitOnce);
document.querySelectorAll(".field[data-count]").forEach(countCharacters);
document.querySelectorAll("[data-error-summary]").forEach(leadToField);
