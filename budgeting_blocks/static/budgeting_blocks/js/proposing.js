// Shows proposals like the one being written, and saves the draft in pauses. Every step works without this.

const PAUSE = 700;
const SAVE_EVERY = 3000;

class SimilarProposals extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.list = document.createElement("ul");
    this.list.className = "row-list";
    const heading = document.createElement("p");
    heading.className = "notice__title";
    heading.textContent = this.dataset.heading;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.className = "notice notice--info";
    const body = document.createElement("div");
    body.append(heading, this.list);
    this.append(this.status, body);
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
  }

  async ask() {
    const { title, summary } = this.form.elements;
    const asked = `${title.value}\n${summary.value}`;
    if (asked === this.asked || title.value.trim().length < 4) return;
    this.asked = asked;
    const body = new URLSearchParams({ title: title.value, summary: summary.value });
    const answer = await fetch(this.dataset.url, { method: "POST", body }).catch(() => null);
    if (!answer?.ok || this.asked !== asked) return;
    const { proposals } = await answer.json();
    this.show(proposals);
  }

  show(proposals) {
    this.hidden = proposals.length === 0;
    this.status.textContent = proposals.length ? `${this.dataset.heading} ${proposals.length}` : "";
    this.list.replaceChildren(...proposals.map((proposal) => this.row(proposal)));
  }

  row({ title, summary, url, support }) {
    const row = document.createElement("li");
    const link = (text, href, className = "") => {
      const element = document.createElement("a");
      Object.assign(element, { textContent: text, href, className, target: "_blank", rel: "noopener nofollow" });
      return element;
    };
    const text = document.createElement("p");
    text.textContent = summary;
    const button = link(this.dataset.support, support, "button button--secondary");
    button.setAttribute("aria-label", `${this.dataset.support}: ${title}`);
    const parts = document.createElement("div");
    parts.className = "stack";
    parts.append(link(title, url), text, button);
    row.append(parts);
    return row;
  }
}
customElements.define("similar-proposals", SimilarProposals);

// What is typed reaches the server in pauses; a photo only with a button.
function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer;
  const save = async () => {
    if (form.dataset.sending) return;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.delete("remove_photo");
    body.set("action", "save");
    // Not form.action: that is the buttons of this name.
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
    status.textContent = `${form.dataset.autosave} ${time.format(new Date())}`;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_EVERY);
  });
}
document.querySelectorAll("form[data-autosave]").forEach(autosave);
