"use strict";
// The menu on a small screen, by keyboard: a real button, nothing to focus in what is not seen, Escape closes.
// The theme has a checkbox with labels; without this script the mouse still works it.
(function () {
  const vak = document.getElementById("__drawer");
  const la = document.querySelector(".md-sidebar--primary");
  const label = document.querySelector('.md-header__button[for="__drawer"]');
  if (!vak || !la || !label) return;
  const smal = window.matchMedia("(max-width: 76.234375em)"); // where the theme makes it a drawer
  const rest = document.querySelectorAll(".md-header, .md-content, .md-footer, .md-sidebar--secondary, [data-md-component=skip], .md-top");
  const lagen = [...la.querySelectorAll(".md-nav__toggle")];
  const labels = [...la.querySelectorAll("label[for]:not([for=__drawer])")].map((een) => [een, een.getAttribute("tabindex")]);

  // the theme names a part after a label that may hold only an arrow: two parts without a name
  for (const deel of la.querySelectorAll("nav.md-nav[aria-labelledby]")) {
    const titel = deel.querySelector(":scope > .md-nav__title");
    if (!titel) continue;
    deel.removeAttribute("aria-labelledby");
    deel.setAttribute("aria-label", "Menu: " + titel.textContent.trim());
  }
  function maakKnop(klasse, naam) {
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = klasse;
    knop.setAttribute("aria-label", naam);
    return knop;
  }
  const knop = maakKnop(label.className + " knm-menu", "Menu");
  knop.append(...label.childNodes);
  label.replaceWith(knop);
  la.id = la.id || "knm-menu";
  knop.setAttribute("aria-controls", la.id);
  const sluit = maakKnop("knm-menu-dicht", "Sluit het menu");
  sluit.textContent = "\u00d7";
  la.prepend(sluit);

  function zet() {
    const open = smal.matches && vak.checked;
    knop.setAttribute("aria-expanded", String(open));
    la.inert = smal.matches && !vak.checked;
    for (const deel of rest) deel.inert = open;
    for (const deel of la.querySelectorAll("[inert]")) deel.inert = false;
    if (smal.matches) for (const laag of lagen) leg(laag);
    for (const [een, had] of labels) maakBedienbaar(een, had);
  }
  // a part of the menu slides over the list it is in: what lies under it, or waits beside the screen, takes no focus
  function leg(laag) {
    const regel = laag.parentElement;
    const nav = regel.querySelector(":scope > .md-nav");
    if (!nav) return;
    if (!laag.checked) {
      nav.inert = true;
      return;
    }
    for (const deel of regel.children) if (deel !== nav && deel !== laag) deel.inert = true;
    for (const ander of regel.parentElement.children) if (ander !== regel) ander.inert = true;
    const titel = regel.parentElement.parentElement.querySelector(":scope > .md-nav__title");
    if (titel) titel.inert = true;
  }
  // a label is no button: the arrow in it becomes one, where the menu is a drawer
  function maakBedienbaar(een, had) {
    const pijl = een.querySelector(".md-nav__icon");
    if (!pijl) return;
    if (!smal.matches) {
      for (const naam of ["tabindex", "role", "aria-expanded", "aria-label"]) pijl.removeAttribute(naam);
      if (had !== null) een.setAttribute("tabindex", had);
      return;
    }
    een.removeAttribute("tabindex");
    const terug = een.classList.contains("md-nav__title");
    const naam = (een.textContent.trim() || een.closest(".md-nav__item").querySelector("a").textContent).trim().replace(/\s+/g, " ");
    pijl.tabIndex = 0;
    pijl.setAttribute("role", "button");
    pijl.setAttribute("aria-label", (terug ? "Terug uit: " : "Toon: ") + naam);
    if (!terug) pijl.setAttribute("aria-expanded", String(document.getElementById(een.htmlFor).checked));
  }
  function schakel(aan) {
    if (vak.checked !== aan) vak.click(); // the theme hears it too
    (aan ? sluit : knop).focus({ preventScroll: true });
  }
  knop.addEventListener("click", () => schakel(true));
  sluit.addEventListener("click", () => schakel(false));
  vak.addEventListener("change", zet);
  smal.addEventListener("change", zet);
  for (const laag of lagen) {
    laag.addEventListener("change", () => {
      zet();
      const naar = [...la.querySelectorAll('label[for="' + laag.id + '"] > .md-nav__icon')].find((een) => !een.closest("[inert]") && een.offsetParent);
      if (naar && smal.matches) naar.focus({ preventScroll: true });
    });
  }
  la.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.target.getAttribute("role") !== "button" || (gebeurtenis.key !== "Enter" && gebeurtenis.key !== " ")) return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopPropagation(); // the theme would press it once more
    gebeurtenis.target.click();
  });
  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key === "Escape" && smal.matches && vak.checked) schakel(false);
  });
  zet();
})();
