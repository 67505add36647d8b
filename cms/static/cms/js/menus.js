// Menus are <details>: they work without this. It closes the open one on Escape and on a click or focus elsewhere.
const openMenus = () => document.querySelectorAll(".site-nav--bar details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.(".site-nav--bar details[open], .site-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
}
