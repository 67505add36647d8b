// Shows of the rule sheet only what the chosen rules use. Without this script all is shown, and the help tells when it matters.

const form = document.querySelector("[data-rule-sheet]");

function isNeeded(part) {
  const control = form.elements[part.dataset.when];
  const value = control.type === "checkbox" ? (control.checked ? "on" : "") : control.value;
  const parent = control.closest("[data-when]");
  return part.dataset.is.split(" ").includes(value) && (!parent || isNeeded(parent));
}

function showNeeded() {
  for (const part of form.querySelectorAll("[data-when]")) {
    // What is wrong with a field is never hidden.
    part.hidden = !isNeeded(part) && !part.querySelector("[aria-invalid=true], .error-message");
  }
}

form.addEventListener("change", showNeeded);
showNeeded();
