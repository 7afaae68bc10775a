"use strict";
// The page of the basket: the list, a worksheet with the key on a page of its own, and a file of a toets for knm.
(function () {
  const scherm = document.getElementById("knm-mandje");
  const mandje = window.KNM_MANDJE;
  if (!scherm || !mandje) return;
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
    const melding = maak("p", { role: "status", tabindex: "-1" }, [mijn.length ? tel(mijn.length, "vraag", "vragen") : "", lessen.length ? tel(lessen.length, "les", "lessen") : ""].filter(Boolean).join(" en ") + ".");
    const deel = maak("div", { class: "knm-niet-printen" }, melding,
      maak("p", { class: "knm-klein" }, mandje.bewaart() ? "Dit mandje staat alleen op dit apparaat." : "Dit apparaat bewaart het mandje niet. Print of bewaar het nu."));
    if (lessen.length) deel.append(maak("h2", {}, "Lessen"), lijst(lessen));
    if (mijn.length) {
      deel.append(maak("h2", {}, "Vragen"), lijst(mijn));
      deel.append(maak("div", { class: "knm-knoppen" },
        knop("Print werkblad en antwoorden", () => print_(true), true),
        knop("Print alleen het werkblad", () => print_(false)),
        knop("Bewaar als toets voor knm", bewaarToets)));
    }
    deel.append(maak("p", {}, knop("Maak mijn mandje leeg", () => {
      if (window.confirm("Alles gaat uit je mandje. Wil je dat?")) {
        mandje.leeg();
        toon();
      }
    })));
    scherm.replaceChildren(deel, maak("div", { id: "knm-werkblad" }));
    if (naar) melding.focus();
    klaar(true).then((gekozen) => bouw(gekozen, true)); // also printed by Ctrl + P
  }
  function tel(aantal, een, meer) {
    return aantal + " " + (aantal === 1 ? een : meer);
  }
  function lijst(rijen) {
    return maak("ol", { class: "knm-gevonden" }, ...rijen.map((een) => maak("li", {},
      maak("a", { href: wortel + een.adres }, een.titel), maak("div", { class: "knm-knoppen" },
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
    if (met_sleutel && lessen.length) {
      blad.append(maak("h2", {}, "Lessen in mijn mandje"), maak("ul", {}, ...lessen.map((een) =>
        maak("li", {}, een.titel, maak("br", {}), maak("small", {}, new URL(wortel + een.adres, location.href).href)))));
    }
    if (!gekozen.length) return blad;
    blad.append(maak("div", { class: "knm-blad" }, maak("h2", {}, "Werkblad"), maak("p", {}, "Naam: ______________________________   Datum: ______________")));
    gekozen.forEach((vraag, nummer) => {
      blad.append(maak("div", { class: "knm-vraag" }, maak("p", { class: "knm-vraag__nummer" }, "Vraag " + (nummer + 1)), alinea(vraag.context), beeld(vraag.beeld),
        maak("p", { class: "knm-vraag__stam" }, vraag.stam),
        maak("ol", { class: "knm-opties" + (vraag.opties[0].beeld ? " knm-opties--beeld" : "") }, ...vraag.opties.map((optie) =>
          maak("li", {}, maak("span", { class: "knm-letter" }, optie.letter), maak("span", {}, optie.tekst, beeld(optie.beeld)))))));
    });
    if (met_sleutel) {
      const sleutel = maak("div", { class: "knm-blad" }, maak("h2", {}, "Antwoorden: alleen voor de docent"));
      gekozen.forEach((vraag, nummer) => {
        const goed = vraag.opties.find((optie) => optie.goed);
        sleutel.append(maak("p", {}, maak("strong", {}, "Vraag " + (nummer + 1) + ": " + goed.letter + ". "), goed.uitleg, " (" + vraag.item + ")"));
      });
      blad.append(sleutel);
    }
    return blad;
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
  window.addEventListener("beforeprint", () => {
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
  toon();
})();
