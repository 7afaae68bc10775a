"use strict";
// The basket: questions and lessons that a teacher ticked, kept on her own device only.
// window.KNM_MANDJE gives other pages a tick box; the page of the basket itself is in mandje-pagina.js.
(function () {
  const PLAATS = "knm.mandje";
  const TITEL = "knm.mandje-titel"; // what the teacher wrote above the worksheet
  const PAGINA = new URL("../../mandje.html", document.currentScript.src).href;
  let bewaart = true;
  let inhoud = lees();
  let titel = "";
  try {
    titel = localStorage.getItem(TITEL) || "";
  } catch (weigering) {
    bewaart = false;
  }
  function lees() {
    let tekst = null;
    try {
      tekst = localStorage.getItem(PLAATS);
    } catch (weigering) {
      bewaart = false; // it goes on for as long as this page is open
    }
    try {
      const gevonden = JSON.parse(tekst);
      return Array.isArray(gevonden)
        ? gevonden.filter((een) => een && typeof een.id === "string" && typeof een.soort === "string" && typeof een.titel === "string" && typeof een.adres === "string" && /^[\w./-]+$/.test(een.adres))
        : [];
    } catch (bedorven) {
      return [];
    }
  }
  function bewaar() {
    try {
      localStorage.setItem(PLAATS, JSON.stringify(inhoud));
    } catch (weigering) {
      bewaart = false;
    }
    document.dispatchEvent(new CustomEvent("knm-mandje"));
  }
  function zetTitel(nieuw) {
    titel = nieuw;
    try {
      if (nieuw) localStorage.setItem(TITEL, nieuw);
      else localStorage.removeItem(TITEL);
    } catch (weigering) {
      bewaart = false;
    }
  }
  function zit(id) {
    return inhoud.some((een) => een.id === id);
  }
  function zet(soort, id, titel, adres, aan) {
    inhoud = inhoud.filter((een) => een.id !== id);
    if (aan) inhoud.push({ soort, id, titel, adres });
    bewaar();
  }
  function vak(soort, id, titel, adres) {
    const doos = document.createElement("input");
    doos.type = "checkbox";
    doos.checked = zit(id);
    doos.addEventListener("change", () => zet(soort, id, titel, adres, doos.checked));
    const label = document.createElement("label");
    label.className = "knm-mandje-vak";
    const naam = document.createElement("span");
    naam.className = "knm-verborgen";
    naam.textContent = ": " + titel;
    label.append(doos, "In mijn mandje", naam);
    const plek = document.createElement("span");
    plek.className = "knm-mandje-plek";
    const link = document.createElement("a");
    link.href = PAGINA;
    const melding = document.createElement("span");
    melding.setAttribute("role", "status");
    melding.className = "knm-mandje-melding";
    plek.append(label, link, melding);
    function toon() {
      // where nothing may be kept, the page of the basket would be empty: say so here, and lead nobody there
      link.hidden = !zit(id) || !bewaart;
      link.textContent = "Bekijk mijn mandje (" + inhoud.length + ")";
      melding.textContent = zit(id) && !bewaart ? "Dit apparaat bewaart het mandje niet. Op een andere pagina is het weer leeg." : "";
    }
    document.addEventListener("knm-mandje", toon);
    toon();
    return plek;
  }
  window.KNM_MANDJE = {
    vak, zet, zit, zetTitel,
    titel: () => titel,
    alles: () => inhoud.slice(),
    leeg: () => { inhoud = []; zetTitel(""); bewaar(); },
    // rows that somebody else chose: in the place of these, or after them
    neem: (rijen, vervang) => {
      inhoud = vervang ? rijen : inhoud.concat(rijen.filter((een) => !zit(een.id)));
      bewaar();
    },
    bewaart: () => bewaart,
    verplaats: (id, stap) => {
      const van = inhoud.findIndex((een) => een.id === id);
      const naar = van + stap;
      if (van < 0 || naar < 0 || naar >= inhoud.length) return;
      [inhoud[van], inhoud[naar]] = [inhoud[naar], inhoud[van]];
      bewaar();
    },
  };
  for (const plek of document.querySelectorAll("[data-knm-in-mandje]")) {
    const { soort, id, titel, adres } = plek.dataset;
    plek.append(vak(soort, id, titel, adres));
  }
})();
