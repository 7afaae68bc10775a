"use strict";
// Sharing the basket: its address to copy or mail, and what to do with such an address: mandje.html#items=wonen-001,…
// Only ids are read from an address. Titles and addresses come from our own data (data/zoeken.js), and all text reaches
// the page as text.
(function () {
  const mandje = window.KNM_MANDJE;
  if (!mandje || !window.KNM_BOUW) return;
  const { maak } = window.KNM_BOUW;
  const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const HOOGSTENS = 500;

  function knop(opschrift, doe, hoofd) {
    return maak("button", { type: "button", class: hoofd ? "md-button md-button--primary" : "knm-knop", click: doe }, opschrift);
  }
  function tel(rijen) {
    const vragen = rijen.filter((een) => een.soort === "vraag").length;
    const lessen = rijen.length - vragen;
    return [vragen ? vragen + (vragen === 1 ? " vraag" : " vragen") : "", lessen ? lessen + (lessen === 1 ? " les" : " lessen") : ""].filter(Boolean).join(" en ");
  }

  // ---- giving
  function adres() {
    const hier = new URL(location.href);
    hier.search = "";
    hier.hash = "items=" + mandje.alles().map((een) => een.id).join(",");
    return hier.href;
  }
  function deelvak() {
    const vak = maak("input", { type: "text", id: "knm-deel", readonly: true, value: adres() });
    vak.addEventListener("focus", () => vak.select());
    const melding = maak("p", { "aria-live": "polite", class: "knm-klein" });
    const kopieer = knop("Kopieer het adres", () => {
      vak.select();
      const gelukt = () => { melding.textContent = "Het adres is gekopieerd."; };
      const zelf = () => {
        vak.focus();
        melding.textContent = "Kopiëren lukt hier niet vanzelf. Het adres is geselecteerd: kopieer het met Ctrl + C.";
      };
      if (navigator.clipboard) navigator.clipboard.writeText(vak.value).then(gelukt, zelf);
      else zelf();
    });
    const brief = "mailto:?subject=" + encodeURIComponent("Vragen en lessen voor KNM") +
      "&body=" + encodeURIComponent("Hallo,\n\nIk heb vragen en lessen voor KNM gekozen. Open dit adres om ze te zien:\n" + vak.value + "\n");
    const hier = location.protocol === "file:";
    return maak("div", {}, maak("h2", {}, "Deel dit mandje"),
      maak("p", {}, "Met dit adres krijgt een collega hetzelfde mandje. In het adres staat alleen welke vragen en lessen je koos."),
      hier ? maak("p", { class: "knm-label" }, "Je opent de site nu uit een map op deze computer. Het adres werkt alleen op deze computer. Staat de site ook op internet? Deel je mandje dan daar.") : null,
      maak("div", { class: "knm-zoekbalk" }, maak("label", { for: vak.id }, "Adres van dit mandje"), vak),
      maak("div", { class: "knm-knoppen" }, kopieer, hier ? null : maak("a", { class: "knm-knop", href: brief }, "Mail het adres")), melding);
  }

  // ---- receiving
  // the ids in the address of this page; null when it holds none
  function uitAdres() {
    const tekst = new URLSearchParams(location.hash.slice(1)).get("items");
    return tekst === null ? null : [...new Set(tekst.split(",").map((een) => een.trim()).filter(Boolean))];
  }
  function vergeetAdres() {
    try {
      history.replaceState(null, "", location.pathname + location.search);
    } catch (weigering) {
      location.hash = ""; // from a folder some browsers allow only this
    }
  }
  function laadRijen(wortel) {
    if (window.KNM_ZOEKEN) return Promise.resolve();
    return new Promise((klaar, mis) => {
      document.head.append(Object.assign(document.createElement("script"), { src: wortel + "data/zoeken.js", onload: klaar, onerror: mis }));
    });
  }
  function zoek(ids) {
    const bekend = new Map();
    for (const rij of window.KNM_ZOEKEN.rijen) if (rij.soort === "vraag" || rij.soort === "les") bekend.set(rij.id, rij);
    const leesbaar = ids.slice(0, HOOGSTENS).filter((id) => ID.test(id));
    return {
      rijen: leesbaar.map((id) => bekend.get(id)).filter(Boolean),
      onbekend: leesbaar.filter((id) => !bekend.has(id)),
      onleesbaar: leesbaar.length < ids.length,
    };
  }
  // shows what is in the address and asks what to do; `verder` goes on to the basket itself
  function ontvang(scherm, wortel, verder) {
    const ids = uitAdres();
    if (ids === null) return false;
    function klaar() {
      vergeetAdres();
      verder();
    }
    const kop = maak("h2", { tabindex: "-1" }, "Een mandje van iemand anders");
    const deel = maak("div", {}, kop);
    scherm.replaceChildren(deel);
    laadRijen(wortel).then(() => vraag(deel, zoek(ids), klaar), () => {
      deel.append(maak("p", {}, "De vragen en lessen zijn niet geladen. Laad de pagina opnieuw."), maak("p", {}, knop("Naar mijn mandje", klaar)));
    }).then(() => kop.focus());
    return true;
  }
  function vraag(deel, { rijen, onbekend, onleesbaar }, klaar) {
    deel.append(maak("p", {}, rijen.length ? "In dit adres: " + tel(rijen) + "." : "Er zijn geen vragen of lessen van deze site in dit adres."));
    if (onbekend.length) deel.append(maak("p", { class: "knm-label" }, "Niet gevonden op deze site, en daarom weggelaten: " + onbekend.join(", ") + "."));
    if (onleesbaar) deel.append(maak("p", { class: "knm-label" }, "Een stuk van het adres is niet te lezen. Dat stuk is weggelaten."));
    if (!rijen.length) {
      deel.append(maak("p", {}, knop("Naar mijn mandje", klaar, true)));
      return;
    }
    deel.append(maak("ol", { class: "knm-gevonden" }, ...rijen.map((rij) => maak("li", {}, maak("strong", {}, rij.titel), rij.uitleg ? maak("p", {}, rij.uitleg) : null))));
    const mijn = mandje.alles();
    const neem = (vervang) => () => {
      mandje.neem(rijen.map(({ soort, id, titel, adres: waar }) => ({ soort, id, titel, adres: waar })), vervang);
      klaar();
    };
    if (!mijn.length) {
      deel.append(maak("div", { class: "knm-knoppen" }, knop("Zet in mijn mandje", neem(true), true), knop("Doe niets", klaar)));
    } else if (rijen.every((rij) => mandje.zit(rij.id)) && mijn.length === rijen.length) {
      deel.append(maak("p", {}, "Dit zit al in je mandje."), maak("p", {}, knop("Naar mijn mandje", klaar, true)));
    } else {
      deel.append(maak("p", {}, "In je eigen mandje zit al iets: " + tel(mijn) + ". Wat wil je doen? Kies je voor vervangen, dan gaat dat eruit."),
        maak("div", { class: "knm-knoppen" }, knop("Voeg toe aan mijn mandje", neem(false), true), knop("Vervang mijn mandje", neem(true)), knop("Doe niets", klaar)));
    }
  }
  window.KNM_MANDJE_DELEN = { deelvak, ontvang, tel };
})();
