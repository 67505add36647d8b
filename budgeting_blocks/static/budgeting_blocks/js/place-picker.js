// Marks a place on the city's own drawing. The address field beside it is always enough.

const STEP = 0.01;

class PlacePicker extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.map = this.querySelector("[data-map]");
    this.pin = this.querySelector("[data-pin]");
    this.status = this.querySelector("[data-status]");
    this.latitude = document.getElementById(this.dataset.latitude);
    this.longitude = document.getElementById(this.dataset.longitude);
    this.map.addEventListener("click", (event) => this.touch(event));
    this.map.addEventListener("keydown", (event) => this.move(event));
    this.querySelector("[data-clear]").addEventListener("click", () => this.mark(null));
    this.querySelector("[data-locate]")?.addEventListener("click", () => this.locate());
    this.querySelector("details").open = this.latitude.value !== "";
    this.show();
  }

  get edges() {
    const { south, west, north, east } = this.dataset;
    return { south: Number(south), west: Number(west), north: Number(north), east: Number(east) };
  }

  touch(event) {
    const box = this.map.getBoundingClientRect();
    this.mark({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  }

  move(event) {
    const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const from = this.place ?? { x: 0.5, y: 0.5 };
    this.mark({ x: from.x + step[0], y: from.y + step[1] });
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

  show() {
    const { place } = this;
    const [, , width, height] = this.querySelector("svg").getAttribute("viewBox").split(" ").map(Number);
    this.pin.setAttribute("visibility", place ? "visible" : "hidden");
    if (place) {
      this.pin.setAttribute("cx", place.x * width);
      this.pin.setAttribute("cy", place.y * height);
    }
    const point = `${this.latitude.value}, ${this.longitude.value}`;
    this.status.textContent = place ? this.dataset.some.replace("{point}", point) : this.dataset.none;
  }
}
customElements.define("place-picker", PlacePicker);
