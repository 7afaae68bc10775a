"use strict";
// The page of the basket: the list, a worksheet with the key on a page of its own, and a file of a toets for knm.
(function () {
  const scherm = document.getElementById("knm-mandje");
  const mandje = window.KNM_MANDJE;
  const delen = window.KNM_MANDJE_DELEN;
  if (!scherm || !mandje || !delen) return;
  const wortel = scherm.dataset.wortel;

  const { maak, laadVragen } = window.KNM_BOUW;
  function knop(opschrift, doe, hoofd) {
    return maak("button", { type: "button", class: hoofd ? "md-button md-button--primary" : "knm-knop", click: doe }, opschrift);
  }
  function thema(id) {
    return id.slice(0, id.lastIndexOf("-"));
  }
  function vragen() {
    return mandje.alles().filter((een) => een.soort === "vraag");
  }
  function data(id) {
    return ((window.KNM_VRAGEN || {})[thema(id)] || {})[id];
  }

  function toon(naar) {
    const alles = mandje.alles();
    const lessen = alles.filter((een) => een.soort === "les");
    const mijn = vragen();
    if (!alles.length) {
      scherm.replaceChildren(mandje.bewaart() ? "" : maak("p", { class: "knm-label" }, "Dit apparaat bewaart het mandje niet. Op deze pagina is het daarom altijd leeg."),
        maak("p", {}, "Je mandje is leeg. Vink bij een vraag of les “In mijn mandje” aan."),
        maak("p", {}, maak("a", { class: "md-button md-button--primary", href: wortel + "zoeken/index.html" }, "Zoek lessen en vragen")));
      return;
    }
    const melding = maak("p", { role: "status", tabindex: "-1" }, delen.tel(alles) + ".");
    const deel = maak("div", { class: "knm-niet-printen" }, melding,
      maak("p", { class: "knm-klein" }, mandje.bewaart() ? "Dit mandje staat alleen op dit apparaat." : "Dit apparaat bewaart het mandje niet. Print of bewaar het nu."));
    if (lessen.length) deel.append(maak("h2", {}, "Lessen"), lijst(lessen));
    if (mijn.length) {
      deel.append(maak("h2", {}, "Vragen"), lijst(mijn));
      const titel = maak("input", { type: "text", id: "knm-titel", maxlength: 80, autocomplete: "off", placeholder: "Werkblad", value: mandje.titel() });
      titel.addEventListener("input", () => mandje.zetTitel(titel.value.trim()));
      deel.append(maak("div", { class: "knm-zoekbalk" }, maak("label", { for: titel.id }, "Titel boven het werkblad"), titel));
      deel.append(maak("div", { class: "knm-knoppen" },
        knop("Print werkblad en antwoorden", () => print_(true), true),
        knop("Print alleen het werkblad", () => print_(false)),
        knop("Bewaar als toets voor knm", bewaarToets)));
    }
    deel.append(delen.deelvak());
    deel.append(maak("p", {}, knop("Maak mijn mandje leeg", () => {
      if (window.confirm("Alles gaat uit je mandje. Wil je dat?")) {
        mandje.leeg();
        toon();
      }
    })));
    scherm.replaceChildren(deel, maak("div", { id: "knm-werkblad" }));
    if (naar) melding.focus();
    klaar(true).then((gekozen) => {
      bouw(gekozen, true); // also printed by Ctrl + P
      // two questions may ask the same of another situation
      for (const vraag of gekozen) {
        const plek = deel.querySelector("[data-context='" + vraag.item + "']");
        if (plek) plek.textContent = vraag.context;
      }
    });
  }
  function lijst(rijen) {
    return maak("ol", { class: "knm-gevonden" }, ...rijen.map((een) => maak("li", {},
      maak("a", { href: wortel + een.adres }, een.titel), een.soort === "vraag" ? maak("p", { class: "knm-regels", "data-context": een.id }) : null, maak("div", { class: "knm-knoppen" },
        een.soort === "les" ? maak("a", { class: "knm-knop", href: wortel + zip(een), download: "" }, "Download alles (zip)") : null,
        knop("Omhoog", () => { mandje.verplaats(een.id, -1); toon(true); }),
        knop("Haal weg", () => { mandje.zet(een.soort, een.id, een.titel, een.adres, false); toon(true); })))));
  }
  function zip(les) {
    return les.adres.replace(/index\.html$/, "downloads/" + les.id + "-alles.zip");
  }
  function klaar(stil) {
    return Promise.all([...new Set(vragen().map((een) => thema(een.id)))].map((slug) => laadVragen(wortel, slug))).then(
      () => {
        const weg = vragen().filter((een) => !data(een.id));
        if (weg.length && !stil) zeg("Niet meer te gebruiken: " + weg.map((een) => een.id).join(", ") + ".");
        return vragen().map((een) => data(een.id)).filter(Boolean);
      },
      () => {
        if (!stil) zeg("De vragen zijn niet geladen. Laad de pagina opnieuw.");
        return [];
      });
  }
  function zeg(zin) {
    const plek = scherm.querySelector("[role=status]");
    plek.textContent = zin;
    plek.focus();
  }
  function beeld(plaatje) {
    return plaatje ? maak("img", { src: wortel + plaatje.bestand, alt: plaatje.alt, width: plaatje.breedte, height: plaatje.hoogte }) : null;
  }
  function alinea(tekst) {
    return tekst ? maak("p", { class: "knm-regels" }, tekst) : null;
  }
  // the sheet to print; without a button (Ctrl + P) it holds the answers too, on a page of their own
  function bouw(gekozen, met_sleutel) {
    const blad = document.getElementById("knm-werkblad");
    if (!blad) return null;
    blad.replaceChildren();
    const lessen = mandje.alles().filter((een) => een.soort === "les");
    const ook = met_sleutel && lessen.length // for the teacher only: never on the sheet of the learners
      ? [maak("h2", {}, "Lessen in mijn mandje"), maak("ul", {}, ...lessen.map((een) =>
        maak("li", {}, een.titel, maak("br", {}), maak("small", {}, new URL(wortel + een.adres, location.href).href))))]
      : [];
    if (!gekozen.length) {
      blad.append(...ook);
      return blad;
    }
    const titel = mandje.titel();
    blad.append(maak("div", { class: "knm-blad" }, maak("h2", {}, titel || "Werkblad"), maak("p", {}, "Naam: ______________________________   Datum: ______________")));
    gekozen.forEach((vraag, nummer) => {
      blad.append(maak("div", { class: "knm-vraag" }, maak("p", { class: "knm-vraag__nummer" }, "Vraag " + (nummer + 1)), alinea(vraag.context), beeld(vraag.beeld),
        maak("p", { class: "knm-vraag__stam" }, vraag.stam),
        maak("ol", { class: "knm-opties" + (vraag.opties[0].beeld ? " knm-opties--beeld" : "") }, ...vraag.opties.map((optie) =>
          maak("li", {}, maak("span", { class: "knm-letter" }, optie.letter), maak("span", {}, optie.tekst, beeld(optie.beeld)))))));
    });
    blad.append(maak("p", { class: "knm-bronnen-klein" }, voet(gekozen)));
    if (met_sleutel) {
      const sleutel = maak("div", { class: "knm-blad" }, maak("h2", {}, (titel ? titel + ". " : "") + "Antwoorden: alleen voor de docent"));
      gekozen.forEach((vraag, nummer) => {
        const goed = vraag.opties.find((optie) => optie.goed);
        sleutel.append(maak("p", {}, maak("strong", {}, "Vraag " + (nummer + 1) + ": " + goed.letter + ". "), goed.uitleg, " (" + vraag.item + ")"));
      });
      sleutel.append(...ook, maak("p", { class: "knm-bronnen-klein" }, voet(gekozen) + " Je mag dit kopiëren en veranderen, als je de maker noemt."));
      blad.append(sleutel);
    }
    return blad;
  }
  // who made it, the licence, and how many questions nobody looked at yet: as on a worksheet of a lesson
  function voet(gekozen) {
    const tekeningen = [...new Set(gekozen.flatMap((vraag) => vraag.tekeningen))];
    const open = gekozen.filter((vraag) => !vraag.beoordeeld).length;
    return scherm.dataset.maker + (tekeningen.length ? " Tekeningen: " + tekeningen.join("; ") + "." : "") +
      (!open ? "" : gekozen.length === 1 ? " Oefenmateriaal. Deze vraag is nog niet door een mens beoordeeld."
        : " Oefenmateriaal. " + open + " van " + gekozen.length + " vragen " + (open === 1 ? "is" : "zijn") + " nog niet door een mens beoordeeld.");
  }
  let door_knop = false;
  function print_(met_sleutel) {
    klaar().then((gekozen) => {
      if (!gekozen.length) return;
      const blad = bouw(gekozen, met_sleutel);
      Promise.all([...blad.querySelectorAll("img")].map((een) => een.decode().catch(() => null))).then(() => {
        door_knop = true;
        window.print();
        door_knop = false;
      });
    });
  }
  // the name of the page is the name of the file when somebody prints to a file, and may stand above the paper
  const naam = document.title;
  window.addEventListener("afterprint", () => { document.title = naam; });
  window.addEventListener("beforeprint", () => {
    if (vragen().length) document.title = mandje.titel() || "Werkblad";
    if (!door_knop) bouw(vragen().map((een) => data(een.id)).filter(Boolean), true);
  });
  function bewaarToets() {
    klaar().then((gekozen) => {
      if (!gekozen.length) return;
      const dag = new Date().toISOString().slice(0, 10);
      const regels = ["id: mijn-toets", "titel: Mijn toets", "doel: oefenen", "datum: '" + dag + "'", "editie: 1", "items:"];
      for (const vraag of gekozen) {
        regels.push("  - id: " + vraag.item, "    versie: " + vraag.versie, "    digest: " + vraag.digest, "    opties: [" + vraag.opties.map((optie) => optie.plaats).join(", ") + "]");
      }
      const adres = URL.createObjectURL(new Blob([regels.join("\n") + "\n"], { type: "application/yaml;charset=utf-8" }));
      const link = maak("a", { href: adres, download: "mijn-toets.yaml" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(adres), 10000);
      zeg("Bewaard als mijn-toets.yaml. Zet het bestand in content/toetsen en typ: knm export mijn-toets.");
    });
  }
  const ontvang = () => delen.ontvang(scherm, wortel, () => toon(true));
  window.addEventListener("hashchange", ontvang); // an address of a basket, opened where this page is open already
  if (!ontvang()) toon();
})();
