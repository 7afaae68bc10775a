"use strict";
// Choosing what to practise on the site. The address holds the choice, so a teacher can give a whole group the same
// questions: #thema=wonen&taalniveau=A2&aantal=10&greep=1234 or #toets=oefentoets-20-a. Nothing is sent anywhere.
(function () {
  const scherm = document.getElementById("scherm");
  const gegevens = window.KNM_OEFENEN;
  const wortel = document.body.dataset.wortel;
  const K = gegevens.keuze;
  const opschrift = document.querySelector("h1");
  const LAATSTE = "knm-oefenen.laatste";

  const { maak, vul, laadVragen } = window.KNM_BOUW;
  function lees(plaats) {
    try {
      return localStorage.getItem(plaats);
    } catch (weigering) {
      return null;
    }
  }
  function schrijf(plaats, waarde) {
    try {
      localStorage.setItem(plaats, waarde);
      return true;
    } catch (weigering) {
      return false;
    }
  }

  // ---- the same number gives the same questions (mulberry32, Tommy Ettinger, public domain)
  function dobbelsteen(zaad) {
    let stand = zaad >>> 0;
    return () => {
      stand = (stand + 0x6d2b79f5) >>> 0;
      let t = Math.imul(stand ^ (stand >>> 15), 1 | stand);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }
  function schud(rij, zaad) {
    const worp = dobbelsteen(zaad);
    const uit = rij.slice();
    for (let i = uit.length - 1; i > 0; i -= 1) {
      const j = Math.floor(worp() * (i + 1));
      [uit[i], uit[j]] = [uit[j], uit[i]];
    }
    return uit;
  }
  function passend(keuze) {
    return gegevens.vragen.filter(([, thema, eindterm, niveau, verdieping]) =>
      (!keuze.thema || thema === keuze.thema) && (!keuze.eindterm || eindterm === keuze.eindterm) &&
      (!keuze.taalniveau || niveau === keuze.taalniveau) && (keuze.verdieping || !verdieping));
  }

  // under the page: how many of these questions nobody looked at yet
  function onderschrift(vragen) {
    const plek = document.getElementById("onderschrift");
    if (!plek) return;
    const aantal = vragen.filter((vraag) => vraag[6]).length;
    const L = gegevens.label;
    plek.textContent = !aantal ? "" : vragen.length === 1 ? L.een : vul(aantal === 1 ? L.een_van : L.meer, { aantal, totaal: vragen.length });
  }

  // ---- from an address to an exercise
  function uitAdres() {
    const adres = new URLSearchParams(location.hash.slice(1));
    if (adres.get("toets")) return { toets: adres.get("toets"), tijd: adres.get("tijd") !== "nee" };
    const greep = Number(adres.get("greep"));
    if (!Number.isInteger(greep) || greep < 1) return null;
    return {
      thema: adres.get("thema") || "", eindterm: adres.get("eindterm") || "", taalniveau: adres.get("taalniveau") || "",
      aantal: Number(adres.get("aantal")) || 0, verdieping: adres.get("verdieping") === "ja", greep,
    };
  }
  function naarAdres(keuze) {
    const adres = new URLSearchParams();
    if (keuze.toets) {
      adres.set("toets", keuze.toets);
      if (!keuze.tijd) adres.set("tijd", "nee");
    } else {
      for (const naam of ["thema", "eindterm", "taalniveau"]) if (keuze[naam]) adres.set(naam, keuze[naam]);
      if (keuze.aantal) adres.set("aantal", keuze.aantal);
      if (keuze.verdieping) adres.set("verdieping", "ja");
      adres.set("greep", keuze.greep);
    }
    return "#" + adres;
  }
  function samenstellen(keuze) {
    if (keuze.toets) {
      const toets = gegevens.toetsen.find((een) => een.id === keuze.toets);
      return toets ? { titel: toets.titel, minuten: keuze.tijd ? toets.minuten : 0, ids: toets.vragen } : null;
    }
    const gevonden = schud(passend(keuze), keuze.greep);
    const thema = gegevens.themas.find((een) => een.slug === keuze.thema);
    const term = gegevens.themas.flatMap((een) => een.eindtermen).find((een) => een.nummer === keuze.eindterm);
    return {
      titel: term ? term.nummer + " " + term.titel : thema ? thema.titel : K.alle_themas, minuten: 0,
      ids: (keuze.aantal ? gevonden.slice(0, keuze.aantal) : gevonden).map(([id]) => [id, null]),
    };
  }
  function begin(naar) {
    const keuze = uitAdres();
    if (!keuze) {
      kies("", naar);
      return;
    }
    const oefening = samenstellen(keuze);
    if (!oefening || !oefening.ids.length) {
      kies(keuze.toets ? K.geen_examen : K.niets);
      return;
    }
    scherm.replaceChildren(maak("p", { role: "status" }, K.laden));
    const thema_van = new Map(gegevens.vragen.map((vraag) => [vraag[0], vraag]));
    const slugs = [...new Set(oefening.ids.map(([id]) => thema_van.get(id)[1]))];
    Promise.all(slugs.map((slug) => laadVragen(wortel, slug))).then(() => {
      opschrift.textContent = oefening.titel;
      schrijf(LAATSTE, JSON.stringify({ adres: naarAdres(keuze), titel: oefening.titel }));
      const vragen = oefening.ids.map(([id, volgorde]) => {
        const vraag = window.KNM_VRAGEN[thema_van.get(id)[1]][id];
        if (!volgorde) return vraag;
        const opties = volgorde.map((plaats, nummer) => Object.assign({}, vraag.opties.find((optie) => optie.plaats === plaats), { letter: "ABCD"[nummer] }));
        return Object.assign({}, vraag, { opties });
      });
      const plaatjes = {};
      for (const vraag of vragen) for (const beeld of [vraag.beeld, ...vraag.opties.map((optie) => optie.beeld)]) {
        if (beeld) plaatjes[beeld.bestand] = wortel + beeld.bestand;
      }
      onderschrift(oefening.ids.map(([id]) => thema_van.get(id)));
      const aantal = vragen.length;
      const uitleg = oefening.minuten
        ? [vul(K.examen_vragen, { aantal, minuten: oefening.minuten }), K.klok, K.uitleg_examen]
        : [aantal === 1 ? K.een_vraag : vul(K.aantal_vragen, { aantal }), K.uitleg_oefenen];
      if (oefening.ids.some(([id]) => thema_van.get(id)[5])) uitleg.push(K.gevoelig);
      const lessen = {};
      for (const [nummer, bij] of Object.entries(gegevens.lessen)) {
        lessen[nummer] = bij.map((les) => ({ titel: les.titel, adres: wortel + les.adres }));
      }
      window.oefen({
        id: keuze.toets || "oefenen", titel: oefening.titel, kenmerk: kenmerk(naarAdres(keuze) + vragen.map((vraag) => vraag.digest).join("")),
        inleiding: "", uitleg, teksten: gegevens.teksten, plaatjes, vragen,
      }, scherm, { minuten: oefening.minuten, lessen, terug: () => { location.hash = ""; } });
    }).catch(() => kies(K.mislukt));
  }
  // the answers of another edition of the same questions are not these answers
  function kenmerk(tekst) {
    let som = 0x811c9dc5;
    for (let i = 0; i < tekst.length; i += 1) som = Math.imul(som ^ tekst.charCodeAt(i), 0x01000193) >>> 0;
    return som.toString(16);
  }

  // ---- the page with choices
  function lijst(naam, opschrift, leeg, keuzes, veranderd) {
    const kies_ = maak("select", { id: "kies-" + naam }, leeg === null ? null : maak("option", { value: "" }, leeg),
      ...keuzes.map(([waarde, woorden]) => maak("option", { value: waarde }, woorden)));
    kies_.addEventListener("change", veranderd);
    return [maak("p", { class: "veld" }, maak("label", { for: kies_.id }, opschrift), kies_), kies_];
  }
  function kies(melding, naar) {
    document.title = K.titel;
    opschrift.textContent = K.titel;
    const kop = maak("h2", { tabindex: "-1" }, K.kies);
    const telling = maak("p", { role: "status" });
    const [veld_thema, thema] = lijst("thema", K.thema, K.alle_themas, gegevens.themas.map((een) => [een.slug, een.titel]), () => { vulEindtermen(); tel(); });
    const [veld_eindterm, eindterm] = lijst("eindterm", K.eindterm, K.alle_eindtermen, [], tel);
    const [veld_niveau, niveau] = lijst("taalniveau", K.taalniveau, K.alle_niveaus, [["A1", K.niveau_a1], ["A2", K.niveau_a2], ["B1", K.niveau_b1]], tel);
    const [veld_aantal, aantal] = lijst("aantal", K.aantal, null, [["10", "10"], ["20", "20"], ["0", K.alles]], tel);
    const verdieping = maak("input", { type: "checkbox", id: "kies-verdieping" });
    verdieping.addEventListener("change", tel);
    const start = maak("button", { type: "submit", class: "hoofd" }, K.begin);
    // all of them, by thema; with a thema only its own
    function vulEindtermen() {
      const eerder = eindterm.value;
      const keuzes = (een) => een.eindtermen.map((term) => maak("option", { value: term.nummer }, term.nummer + " " + term.titel));
      const mijn = gegevens.themas.find((een) => een.slug === thema.value);
      eindterm.replaceChildren(maak("option", { value: "" }, K.alle_eindtermen),
        ...(mijn ? keuzes(mijn) : gegevens.themas.map((een) => maak("optgroup", { label: een.titel }, ...keuzes(een)))));
      eindterm.value = [...eindterm.options].some((optie) => optie.value === eerder) ? eerder : "";
    }
    function nu() {
      return { thema: thema.value, eindterm: eindterm.value, taalniveau: niveau.value, aantal: Number(aantal.value), verdieping: verdieping.checked };
    }
    function tel() {
      const gevonden = passend(nu());
      const hoeveel = gevonden.length;
      onderschrift(gevonden);
      telling.textContent = hoeveel === 0 ? K.niets : hoeveel === 1 ? K.een_gevonden : vul(K.gevonden, { aantal: hoeveel });
      aantal.lastChild.textContent = vul(K.alles, { aantal: hoeveel });
      start.disabled = hoeveel === 0;
    }
    const formulier = maak("form", { class: "stapel kaart" }, maak("h3", {}, K.onderwerp), veld_thema, veld_eindterm, veld_niveau, veld_aantal,
      maak("p", { class: "vinkje" }, verdieping, maak("label", { for: "kies-verdieping" }, K.verdieping)), telling, maak("div", { class: "knoppen" }, start));
    formulier.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const keuze = nu();
      keuze.greep = 1 + Math.floor(Math.random() * 9999);
      location.hash = naarAdres(keuze);
    });
    const deel = maak("div", { class: "stapel" }, kop, melding ? maak("p", { class: "kader", role: "alert" }, melding) : null);
    const eerder = laatste();
    if (eerder) {
      deel.append(maak("div", { class: "kaart stapel" }, maak("h3", {}, K.verder),
        maak("div", { class: "knoppen" }, maak("a", { class: "knop hoofd", href: eerder.adres }, eerder.titel))));
    }
    deel.append(formulier);
    if (gegevens.toetsen.length) {
      const examens = maak("div", { class: "kaart stapel" }, maak("h3", {}, K.examen));
      const zonder = maak("input", { type: "checkbox", id: "kies-zonder-tijd" });
      const links = [];
      examens.append(maak("p", { class: "vinkje" }, zonder, maak("label", { for: zonder.id }, K.zonder_tijd)));
      const groepen = new Map();
      for (const toets of gegevens.toetsen) {
        const soort = vul(K.examen_uitleg, { aantal: toets.vragen.length, minuten: toets.minuten });
        groepen.set(soort, (groepen.get(soort) || []).concat(toets));
      }
      for (const [uitleg, toetsen] of groepen) {
        examens.append(maak("p", {}, uitleg), maak("ul", { class: "examens" }, ...toetsen.map((toets) => {
          const link = maak("a", { class: "knop", href: naarAdres({ toets: toets.id, tijd: true }) }, toets.titel);
          links.push([link, toets.id]);
          return maak("li", {}, link);
        })));
      }
      zonder.addEventListener("change", () => {
        for (const [link, id] of links) link.href = naarAdres({ toets: id, tijd: !zonder.checked });
      });
      deel.append(examens);
    }
    const kan = schrijf("knm-oefenen.proef", "1");
    const bewaren = maak("div", { class: "stapel" }, maak("p", {}, kan ? K.bewaard : K.niet_bewaard));
    if (kan) {
      const knop = (opschrift, doe) => maak("button", { type: "button", click: doe }, opschrift);
      const wis = knop(K.wis, () => {
        const vraag = maak("h3", { tabindex: "-1" }, K.wis_zeker);
        zeker.replaceChildren(maak("div", { class: "kader stapel" }, vraag, maak("div", { class: "knoppen" },
          knop(K.wis_ja, () => {
            wisAlles();
            kies(K.gewist);
          }),
          knop(K.wis_nee, () => {
            zeker.replaceChildren();
            wis.focus();
          }))));
        vraag.focus();
      });
      const zeker = maak("div", {});
      bewaren.append(maak("div", { class: "knoppen" }, wis), zeker);
    }
    deel.append(bewaren);
    scherm.replaceChildren(deel);
    vulEindtermen();
    tel();
    if (melding || naar) kop.focus();
  }
  // answers, the basket, and what the theme of the site keeps under its own address: the colours
  function wisAlles() {
    const thema = new URL(wortel, location.href).pathname + ".__";
    for (const naam of Object.keys(localStorage)) {
      if (naam.startsWith("knm-oefenen.") || naam.startsWith("knm.mandje") || naam.startsWith(thema)) localStorage.removeItem(naam);
    }
  }
  function laatste() {
    try {
      const gevonden = JSON.parse(lees(LAATSTE));
      return gevonden && /^#[\w=&.-]+$/.test(gevonden.adres) && typeof gevonden.titel === "string" ? gevonden : null;
    } catch (weigering) {
      return null;
    }
  }
  window.addEventListener("hashchange", () => begin(true)); // the page changes under the hands: the focus goes along
  begin();
})();
