// Hides the fields that the choices made so far do not need. Without this module all of them are there, and the server judges alone.

function enhance(form) {
  const topic = form.elements.topic;
  const place = form.querySelector("[data-place]");
  const rules = JSON.parse(form.dataset.placeRules);
  const wantsAnswer = form.elements.wants_answer;
  const email = form.querySelector("[data-email]");

  const update = () => {
    // What is already written is never hidden: it would be sent unseen.
    const placeInput = place.querySelector("input");
    place.hidden = rules[topic.value] === "none" && !placeInput.value;
    placeInput.setAttribute("aria-required", String(rules[topic.value] === "required"));
    const emailInput = email.querySelector("input");
    email.hidden = !wantsAnswer.checked && !emailInput.value;
  };
  form.addEventListener("change", update);
  update();
}

document.querySelectorAll("form[data-feedback-form]").forEach(enhance);
