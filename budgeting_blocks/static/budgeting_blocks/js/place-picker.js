// Marks a place on the city's own drawing. The address field beside it is always enough.

const STEP = 0.01;
const MAX_ZOOM = 16;
const AREA_ZOOM = 4;

class PlacePicker extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.map = this.querySelector("[data-map]");
    this.svg = this.querySelector("svg");
    this.pin = this.querySelector("[data-pin]");
    this.status = this.querySelector("[data-status]");
    this.latitude = document.getElementById(this.dataset.latitude);
    this.longitude = document.getElementById(this.dataset.longitude);
    const { width, height } = this.svg.viewBox.baseVal;
    this.size = { width, height };
    this.names = [...this.querySelectorAll("svg text")].map((text) => ({
      text, name: text.textContent, x: Number(text.getAttribute("x")), y: Number(text.getAttribute("y")),
    }));
    // What is seen: its middle in shares of the map, and how many times it is enlarged.
    this.view = { x: 0.5, y: 0.5, zoom: 1 };
    this.map.addEventListener("click", (event) => this.touch(event));
    this.map.addEventListener("keydown", (event) => this.press(event));
    for (const button of this.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoomBy(Number(button.dataset.zoom)));
    }
    this.querySelector("[data-clear]").addEventListener("click", () => this.mark(null));
    this.querySelector("[data-locate]")?.addEventListener("click", () => this.locate());
    this.latitude.form?.elements.area?.addEventListener("change", (event) => this.goTo(event.target));
    this.querySelector("details").open = this.latitude.value !== "";
    new ResizeObserver(() => this.look()).observe(this.svg);
    if (this.place) this.view = { ...this.place, zoom: AREA_ZOOM };
    this.show();
  }

  get edges() {
    const { south, west, north, east } = this.dataset;
    return { south: Number(south), west: Number(west), north: Number(north), east: Number(east) };
  }

  touch(event) {
    const box = this.map.getBoundingClientRect();
    const { x, y, zoom } = this.view;
    this.mark({
      x: x + ((event.clientX - box.left) / box.width - 0.5) / zoom,
      y: y + ((event.clientY - box.top) / box.height - 0.5) / zoom,
    });
  }

  press(event) {
    if (event.key === "+" || event.key === "-") return this.zoomBy(event.key === "+" ? 2 : 0.5);
    const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { x, y, zoom } = this.view;
    const from = this.place ?? { x, y };
    this.mark({ x: from.x + step[0] / zoom, y: from.y + step[1] / zoom });
  }

  zoomBy(factor) {
    const zoom = Math.min(Math.max(this.view.zoom * factor, 1), MAX_ZOOM);
    this.view = { ...this.view, ...this.place, zoom };
    this.look();
  }

  // Who chooses an area wants to see it, unless the place is marked already.
  goTo(select) {
    const found = this.names.find(({ name }) => name === select.selectedOptions[0]?.textContent.trim());
    if (this.place || !found) return;
    this.view = { x: found.x / this.size.width, y: found.y / this.size.height, zoom: AREA_ZOOM };
    this.look();
  }

  // Shares of the map's width and height, from the upper left corner.
  get place() {
    if (this.latitude.value === "") return null;
    const { south, west, north, east } = this.edges;
    return {
      x: (Number(this.longitude.value) - west) / (east - west),
      y: (north - Number(this.latitude.value)) / (north - south),
    };
  }

  mark(place) {
    const { south, west, north, east } = this.edges;
    const within = (share) => Math.min(Math.max(share, 0), 1);
    this.latitude.value = place ? (north - within(place.y) * (north - south)).toFixed(5) : "";
    this.longitude.value = place ? (west + within(place.x) * (east - west)).toFixed(5) : "";
    this.latitude.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  // The visitor's own place is read only when asked for, and kept only as the mark.
  locate() {
    const failed = () => { this.status.textContent = this.dataset.failed; };
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const { south, west, north, east } = this.edges;
      const { latitude, longitude } = coords;
      if (latitude < south || latitude > north || longitude < west || longitude > east) {
        this.status.textContent = this.dataset.outside;
        return;
      }
      this.mark({ x: (longitude - west) / (east - west), y: (north - latitude) / (north - south) });
    }, failed, { timeout: 10_000 });
  }

  look() {
    const { view, size, place } = this;
    const half = 0.5 / view.zoom;
    // A mark that was moved out of sight takes the view along.
    const out = place && (Math.abs(place.x - view.x) > half || Math.abs(place.y - view.y) > half);
    const within = (share) => Math.min(Math.max(share, half), 1 - half);
    view.x = within(out ? place.x : view.x);
    view.y = within(out ? place.y : view.y);
    const box = [(view.x - half) * size.width, (view.y - half) * size.height, size.width / view.zoom, size.height / view.zoom];
    this.svg.setAttribute("viewBox", box.map((number) => number.toFixed(1)).join(" "));
    if (!this.svg.clientWidth) return;
    this.svg.style.setProperty("--unit", box[2] / this.svg.clientWidth);
    this.thinOut();
  }

  // A name that would lie on another one waits until the map is enlarged.
  thinOut() {
    const taken = [];
    for (const { text } of this.names) {
      const { x, y, width, height } = text.getBBox();
      const free = taken.every((box) => x > box.x + box.width || x + width < box.x || y > box.y + box.height || y + height < box.y);
      text.setAttribute("visibility", free ? "visible" : "hidden");
      if (free) taken.push({ x, y, width, height });
    }
  }

  show() {
    const { place, size } = this;
    this.pin.setAttribute("visibility", place ? "visible" : "hidden");
    this.look();
    if (!place) {
      this.status.textContent = this.dataset.none;
      return;
    }
    const at = { x: place.x * size.width, y: place.y * size.height };
    this.pin.setAttribute("cx", at.x);
    this.pin.setAttribute("cy", at.y);
    const far = ({ x, y }) => Math.hypot(x - at.x, y - at.y);
    const nearest = this.names.reduce((best, area) => (best && far(best) <= far(area) ? best : area), null);
    const point = `${this.latitude.value}, ${this.longitude.value}`;
    const text = this.dataset.some.replace("{point}", point);
    this.status.textContent = nearest ? text.replace("{area}", nearest.name) : text.replace("{area}, ", "");
  }
}
customElements.define("place-picker", PlacePicker);
