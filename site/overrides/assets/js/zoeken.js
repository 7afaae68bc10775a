"use strict";
// The search page: facets, text search, choice in the address, and the tick boxes of the basket.
// Data: window.KNM_ZOEKEN (data/zoeken.js). Words: window.KNM_ZOEK_WOORDEN (zoek-woorden.js). It asks nothing of any server.
(function () {
  const scherm = document.getElementById("knm-zoeken");
  const gegevens = window.KNM_ZOEKEN;
  if (!scherm || !gegevens || !window.KNM_STAM || !window.KNM_ZOEK_WOORDEN) return;
  const { facetten, rijen } = gegevens;
  const PER_KEER = 25;
  const mandje = window.KNM_MANDJE;
  const { punten, bedoeld, stamVan } = window.KNM_ZOEK_WOORDEN(gegevens);

  // ---- the choice, and the address that holds it
  let geschreven = "";
  let keuze = leesAdres();
  function leesAdres() {
    const uit_adres = new URLSearchParams(location.hash.slice(1) || location.search.slice(1));
    const gekozen = { q: uit_adres.get("q") || "" };
    for (const facet of facetten) {
      const sleutels = new Set(facet.keuzes.map(([sleutel]) => sleutel));
      gekozen[facet.naam] = new Set(uit_adres.getAll(facet.naam).filter((waarde) => sleutels.has(waarde)));
    }
    return gekozen;
  }
  function schrijfAdres() {
    const nieuw = new URLSearchParams();
    if (keuze.q) nieuw.set("q", keuze.q);
    for (const facet of facetten) for (const sleutel of keuze[facet.naam]) nieuw.append(facet.naam, sleutel);
    const tekst = "#" + nieuw;
    geschreven = tekst;
    if (location.hash === tekst || (tekst === "#" && !location.hash)) return;
    try {
      history.replaceState(null, "", tekst);
    } catch (weigering) {
      location.hash = tekst; // from a folder some browsers allow only this
    }
  }
  function klopt(rij, behalve) {
    for (const facet of facetten) {
      const gekozen = keuze[facet.naam];
      if (facet.naam !== behalve && gekozen.size && !rij.sleutels[facet.naam].some((sleutel) => gekozen.has(sleutel))) return false;
    }
    return true;
  }

  // ---- building the page once
  const { maak } = window.KNM_BOUW;
  const veld = scherm.querySelector("#knm-q");
  const paneel = scherm.querySelector("#knm-facetten");
  const lijst = scherm.querySelector("#knm-gevonden");
  const telling = scherm.querySelector("#knm-telling");
  const geen = scherm.querySelector("#knm-geen");
  const ook = scherm.querySelector("#knm-ook"); // pages that are not searched; not there when they are not
  const meer = scherm.querySelector("#knm-meer");
  const wis = scherm.querySelector("#knm-wis");
  const tellers = new Map(); // facet → key → where its number stands
  const vakjes = new Map();

  for (const facet of facetten) {
    const inhoud = maak("div", { class: "knm-facet__keuzes" });
    const nummers = new Map();
    const mijn = new Map();
    if (facet.naam === "eindterm") {
      const kies = maak("select", { id: "knm-eindterm" }, maak("option", { value: "" }, "Alle eindtermen"));
      for (const [sleutel, woord] of facet.keuzes) {
        const optie = maak("option", { value: sleutel }, woord);
        kies.append(optie);
        nummers.set(sleutel, (aantal) => { optie.textContent = woord + " (" + aantal + ")"; });
        mijn.set(sleutel, { zet: (aan) => { if (aan) kies.value = sleutel; } });
      }
      mijn.set("", { zet: () => { kies.value = ""; } });
      kies.addEventListener("change", () => {
        keuze.eindterm = new Set(kies.value ? [kies.value] : []);
        ververs();
      });
      inhoud.append(maak("label", { class: "knm-facet__naam", for: "knm-eindterm" }, facet.titel), kies);
      paneel.append(maak("div", { class: "knm-facet" }, inhoud));
    } else {
      for (const [sleutel, woord] of facet.keuzes) {
        const vak = maak("input", { type: "checkbox", id: "knm-" + facet.naam + "-" + sleutel.replace(/\W/g, "-") });
        const getal = maak("span", { class: "knm-facet__aantal" });
        vak.addEventListener("change", () => {
          if (vak.checked) keuze[facet.naam].add(sleutel);
          else keuze[facet.naam].delete(sleutel);
          ververs();
        });
        const regel = maak("label", { for: vak.id }, vak, maak("span", {}, woord), getal);
        inhoud.append(regel);
        nummers.set(sleutel, (aantal) => {
          getal.textContent = aantal;
          regel.classList.toggle("knm-leeg", aantal === 0);
        });
        mijn.set(sleutel, { zet: (aan) => { vak.checked = aan; } });
      }
      paneel.append(maak("fieldset", { class: "knm-facet" }, maak("legend", { class: "knm-facet__naam" }, facet.titel), inhoud));
    }
    tellers.set(facet.naam, nummers);
    vakjes.set(facet.naam, mijn);
  }
  function zetVakjes() {
    veld.value = keuze.q;
    for (const facet of facetten) {
      if (facet.naam === "eindterm") vakjes.get("eindterm").get("").zet();
      for (const [sleutel] of facet.keuzes) vakjes.get(facet.naam).get(sleutel).zet(keuze[facet.naam].has(sleutel));
    }
  }

  // ---- a row on the page is made once, when it is first shown
  const gemaakt = new Map();
  function regel(nummer) {
    if (gemaakt.has(nummer)) return gemaakt.get(nummer);
    const rij = rijen[nummer];
    const feiten = [WOORDEN[rij.soort][0]];
    if (rij.minuten) feiten.push(rij.minuten + " minuten");
    feiten.push(...rij.sleutels.taalniveau, ...rij.sleutels.eindterm);
    if (rij.sleutels.gevoelig[0] === "ja") feiten.push("gevoelig onderwerp");
    const node = maak("li", {},
      maak("a", { href: scherm.dataset.wortel + rij.adres }, rij.titel),
      rij.uitleg ? maak("p", {}, rij.uitleg) : null,
      maak("p", { class: "knm-feiten" }, ...feiten.map((feit) => maak("span", { class: "knm-feit" }, feit))));
    if (mandje && (rij.soort === "les" || rij.soort === "vraag")) node.append(mandje.vak(rij.soort, rij.id, rij.titel, rij.adres));
    gemaakt.set(nummer, node);
    return node;
  }
  let zichtbaar = PER_KEER;
  let nu = [];
  function toonLijst() {
    lijst.replaceChildren(...nu.slice(0, zichtbaar).map(regel));
    meer.hidden = nu.length <= zichtbaar;
    meer.textContent = "Toon de volgende " + Math.min(PER_KEER, nu.length - zichtbaar);
  }
  const WOORDEN = { les: ["les", "lessen"], vraag: ["vraag", "vragen"], lesmateriaal: ["materiaal", "materialen"], locatie: ["plek", "plekken"], moment: ["lastig moment", "lastige momenten"] };
  function hoeveel(soort, aantal) {
    return aantal + " " + WOORDEN[soort][aantal === 1 ? 0 : 1];
  }
  function opsomming(delen) {
    return delen.length > 1 ? delen.slice(0, -1).join(", ") + " en " + delen[delen.length - 1] : delen[0];
  }
  function ververs(houd) {
    const gevonden = punten(keuze.q);
    const kandidaten = gevonden ? rijen.map((_, nummer) => nummer).filter((nummer) => gevonden.alle.has(nummer)) : rijen.map((_, nummer) => nummer);
    nu = kandidaten.filter((nummer) => klopt(rijen[nummer]));
    if (gevonden) nu.sort((een, ander) => gevonden.alle.get(ander) - gevonden.alle.get(een) || een - ander);
    // in one pass: a row counts for a facet when every other facet lets it through
    const aantallen = new Map(facetten.map((facet) => [facet.naam, new Map()]));
    const actief = facetten.filter((facet) => keuze[facet.naam].size);
    for (const nummer of kandidaten) {
      const sleutels = rijen[nummer].sleutels;
      const tegen = actief.filter((facet) => !sleutels[facet.naam].some((sleutel) => keuze[facet.naam].has(sleutel)));
      if (tegen.length > 1) continue;
      for (const facet of tegen.length ? tegen : facetten) {
        const aantal = aantallen.get(facet.naam);
        for (const sleutel of sleutels[facet.naam]) aantal.set(sleutel, (aantal.get(sleutel) || 0) + 1);
      }
    }
    for (const facet of facetten) {
      const aantal = aantallen.get(facet.naam);
      for (const [sleutel, zet] of tellers.get(facet.naam)) zet(aantal.get(sleutel) || 0);
    }
    const per_soort = new Map();
    for (const nummer of nu) per_soort.set(rijen[nummer].soort, (per_soort.get(rijen[nummer].soort) || 0) + 1);
    telling.textContent = nu.length
      ? opsomming([...per_soort].map(([soort, aantal]) => hoeveel(soort, aantal))) + " gevonden."
      : "Niets gevonden.";
    wis.hidden = !keuze.q && facetten.every((facet) => !keuze[facet.naam].size);
    wis.textContent = keuze.q ? "Wis alles" : "Wis filters";
    naaste(gevonden);
    if (!houd) zichtbaar = PER_KEER;
    toonLijst();
    schrijfAdres();
  }
  // nothing found: which one filter stands in the way, and what comes near
  function naaste(gevonden) {
    geen.replaceChildren();
    if (ook) ook.hidden = nu.length > 0 || !keuze.q;
    if (nu.length) return;
    const wegen = maak("ul", {});
    const beter = gevonden && !gevonden.alle.size ? bedoeld(keuze.q) : null;
    if (beter) wegen.append(weg("Bedoelde je “" + beter + "”?", () => { keuze.q = beter; }));
    const kandidaten = rijen.map((_, nummer) => nummer).filter((nummer) => !gevonden || gevonden.alle.has(nummer));
    for (const facet of facetten) {
      if (!keuze[facet.naam].size) continue;
      const aantal = kandidaten.filter((nummer) => klopt(rijen[nummer], facet.naam)).length;
      if (aantal) wegen.append(weg("Laat “" + facet.titel + "” los: " + dan(aantal), () => { keuze[facet.naam] = new Set(); }));
    }
    if (keuze.q) {
      const zonder = rijen.filter((rij) => klopt(rij)).length;
      if (zonder && facetten.some((facet) => keuze[facet.naam].size)) wegen.append(weg("Zoek zonder “" + keuze.q + "”: " + dan(zonder), () => { keuze.q = ""; }));
      const dichtbij = [...gevonden.deels].sort((een, ander) => ander[1] - een[1]).slice(0, 5).map(([nummer]) => nummer);
      if (dichtbij.length) {
        geen.append(maak("p", {}, "Dit lijkt erop:"),
          maak("ul", { class: "knm-lijst" }, ...dichtbij.map((nummer) => maak("li", {},
            maak("a", { href: scherm.dataset.wortel + rijen[nummer].adres }, rijen[nummer].titel)))));
      }
    }
    if (wegen.children.length) geen.prepend(wegen);
  }
  function dan(aantal) {
    return aantal === 1 ? "dan is er 1." : "dan zijn er " + aantal + ".";
  }
  function weg(opschrift, doe) {
    const knop = maak("button", { type: "button", class: "knm-knop" }, opschrift);
    knop.addEventListener("click", () => {
      doe();
      zetVakjes();
      ververs();
      telling.focus();
    });
    return maak("li", {}, knop);
  }

  let wacht = 0;
  veld.addEventListener("input", () => {
    clearTimeout(wacht);
    wacht = setTimeout(() => {
      keuze.q = veld.value.trim();
      ververs();
    }, 120);
  });
  scherm.querySelector("form").addEventListener("submit", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    clearTimeout(wacht);
    keuze.q = veld.value.trim();
    ververs();
    telling.focus();
  });
  wis.addEventListener("click", () => {
    keuze = { q: "" };
    for (const facet of facetten) keuze[facet.naam] = new Set();
    zetVakjes();
    ververs();
    veld.focus();
  });
  meer.addEventListener("click", () => {
    const eerste = zichtbaar;
    zichtbaar += PER_KEER;
    toonLijst();
    const verder = lijst.children[eerste];
    if (verder) verder.querySelector("a").focus();
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === geschreven) return; // our own doing
    keuze = leesAdres();
    zetVakjes();
    ververs();
  });
  scherm.hidden = false;
  const zonder_script = document.getElementById("knm-zonder-script");
  if (zonder_script) zonder_script.hidden = true;
  if (window.matchMedia("(min-width: 60em)").matches) scherm.querySelector("details").open = true;
  zetVakjes();
  ververs();
  window.KNM_ZOEK_PROEF = { ververs, punten, stamVan }; // measured by the benchmark
})();
