// Ties the marks of a map to the lines of the list beside it. The list alone says everything.

class ProposalMap extends HTMLElement {
  connectedCallback() {
    const svg = this.querySelector("svg");
    // Words and marks keep their size on a small screen.
    new ResizeObserver(() => {
      if (svg.clientWidth) svg.style.setProperty("--unit", svg.viewBox.baseVal.width / svg.clientWidth);
    }).observe(svg);
    const lines = new Map([...this.querySelectorAll("li[data-number]")].map((line) => [line.dataset.number, line]));
    const marks = new Map([...this.querySelectorAll("g[data-number]")].map((mark) => [mark.dataset.number, mark]));
    const point = (number, on) => {
      const mark = marks.get(number);
      mark?.toggleAttribute("data-on", on);
      // In a drawing, what comes last lies on top.
      if (on && mark) mark.parentNode.append(mark);
      lines.get(number)?.toggleAttribute("data-on", on);
    };
    for (const [number, line] of lines) {
      for (const [start, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
        line.addEventListener(start, () => point(number, true));
        line.addEventListener(end, () => point(number, false));
      }
    }
    for (const [number, mark] of marks) {
      mark.addEventListener("click", () => {
        const link = lines.get(number)?.querySelector("a");
        link?.scrollIntoView({ block: "nearest" });
        link?.focus({ preventScroll: true });
      });
    }
  }
}

if (!customElements.get("proposal-map")) customElements.define("proposal-map", ProposalMap);
