"use strict";
// The practice program, of the page in one file and of the site. All texts come as data from the builder and
// reach the page as text, never as HTML. `extra`: minuten (an exam: answers are judged at the end), lessen (per
// eindterm), terug (what to do for another choice).
window.oefen = function oefen(gegevens, scherm, extra) {
  const T = gegevens.teksten;
  const vragen = gegevens.vragen;
  const PLAATS = "knm-oefenen." + gegevens.id + "." + gegevens.kenmerk;
  // per question: null = not seen to the end, -1 = skipped, else the index of the chosen option
  let antwoorden = vragen.map(() => null);
  let nu = 0;
  let begonnen = 0; // when an exam began, in milliseconds
  const examen = Boolean(extra.minuten);

  // ---- small things
  const { maak, vul } = window.KNM_BOUW;
  function tekst(naam, klasse, inhoud) {
    return inhoud ? maak(naam, { class: klasse, dir: "auto" }, inhoud) : null;
  }
  function beeld(plaatje) {
    if (!plaatje) return null;
    return maak("img", {
      class: "beeld", src: gegevens.plaatjes[plaatje.bestand], alt: plaatje.alt,
      width: plaatje.breedte, height: plaatje.hoogte,
    });
  }
  function knop(opschrift, doe, hoofd) {
    return maak("button", { type: "button", class: hoofd ? "hoofd" : null, click: doe }, opschrift);
  }
  function toon(titel, inhoud, naar) {
    zwijg();
    document.title = titel ? titel + " · " + gegevens.titel : gegevens.titel;
    scherm.replaceChildren(inhoud);
    window.scrollTo(0, 0);
    if (naar) naar.focus();
  }
  function gemaakt(plaats) {
    return antwoorden[plaats] !== null && antwoorden[plaats] >= 0;
  }
  function goed(plaats) {
    return gemaakt(plaats) && vragen[plaats].opties[antwoorden[plaats]].goed;
  }
  function sleutel(vraag) {
    return vraag.opties.find((optie) => optie.goed);
  }

  // ---- what stays on the device, when the device allows it
  function bewaar() {
    try {
      localStorage.setItem(PLAATS, JSON.stringify({ antwoorden, nu, begonnen }));
      return true;
    } catch (weigering) {
      return false;
    }
  }
  function bewaard() {
    try {
      const gevonden = JSON.parse(localStorage.getItem(PLAATS));
      const klopt = gevonden && Array.isArray(gevonden.antwoorden) && gevonden.antwoorden.length === vragen.length &&
        gevonden.antwoorden.every((waarde, plaats) => waarde === null ||
          (Number.isInteger(waarde) && waarde >= -1 && waarde < vragen[plaats].opties.length)) &&
        Number.isInteger(gevonden.nu) && gevonden.nu >= 0 && gevonden.nu <= vragen.length &&
        (!examen || Number.isFinite(gevonden.begonnen));
      return klopt && gevonden.antwoorden.some((waarde) => waarde !== null) ? gevonden : null;
    } catch (weigering) {
      return null;
    }
  }
  function vergeet() {
    antwoorden = vragen.map(() => null);
    nu = 0;
    begonnen = 0;
    try {
      localStorage.removeItem(PLAATS);
    } catch (weigering) {
      // nothing was kept
    }
  }
  function kanBewaren() {
    try {
      localStorage.setItem(PLAATS + ".proef", "1");
      localStorage.removeItem(PLAATS + ".proef");
      return true;
    } catch (weigering) {
      return false;
    }
  }

  // ---- reading aloud, by a Dutch voice of the device itself: no word goes to a server
  const spraak = window.speechSynthesis;
  function stem() {
    const stemmen = spraak ? spraak.getVoices() : [];
    return stemmen.find((een) => een.localService && /^nl\b/i.test(een.lang)) || null;
  }
  function zwijg() {
    if (spraak) spraak.cancel();
  }
  function voorlezen(vraag) {
    const vak = maak("div", { class: "voorlezen" });
    function zet() {
      if (!stem() || vak.children.length) return;
      const lees = knop(T.lees_voor, () => {
        if (spraak.speaking) {
          zwijg();
          lees.textContent = T.lees_voor;
          return;
        }
        const zinnen = [vraag.context, vraag.beeld ? vraag.beeld.alt : "", vraag.stam]
          .concat(vraag.opties.map((optie) => optie.letter + ". " + (optie.tekst || optie.beeld.alt)));
        const luid = new SpeechSynthesisUtterance(zinnen.filter(Boolean).join("\n"));
        luid.lang = "nl-NL";
        luid.voice = stem();
        luid.rate = 0.9;
        luid.addEventListener("end", () => { lees.textContent = T.lees_voor; });
        spraak.speak(luid);
        lees.textContent = T.stop_voorlezen;
      });
      vak.append(lees);
    }
    zet();
    // some browsers know their voices only later
    if (spraak && spraak.addEventListener) spraak.addEventListener("voiceschanged", zet, { once: true });
    return spraak ? vak : null;
  }

  // ---- the time of an exam: it is shown and told, and it never takes an answer away
  function resterend() {
    return Math.ceil((begonnen + extra.minuten * 60000 - Date.now()) / 60000);
  }
  function klok() {
    if (!examen) return null;
    const over = maak("p", { class: "klok", role: "status" });
    function zet() {
      const minuten = resterend();
      const zin = minuten > 0 ? vul(minuten === 1 ? T.nog_een_minuut : T.nog_minuten, { minuten }) : T.tijd_om;
      if (over.textContent !== zin) over.textContent = zin;
      over.classList.toggle("is-mis", minuten <= 5);
      if (over.isConnected || !over.dataset.gezien) setTimeout(zet, 1000);
      over.dataset.gezien = "ja";
    }
    zet();
    return over;
  }

  // ---- the start
  function begin(naar) {
    const eerder = bewaard();
    const kop = maak("h2", { tabindex: "-1" }, T.welkom);
    const uitleg = maak("div", { class: "kader" });
    for (const zin of gegevens.uitleg) uitleg.append(maak("p", {}, zin));
    uitleg.append(maak("p", {}, kanBewaren() ? T.bewaart : T.bewaart_niet));
    const knoppen = maak("div", { class: "knoppen" });
    if (eerder) {
      const verder = eerder.nu >= vragen.length ? T.naar_uitslag : vul(T.ga_verder, { nummer: eerder.nu + 1 });
      knoppen.append(
        knop(verder, () => {
          antwoorden = eerder.antwoorden;
          nu = eerder.nu;
          begonnen = eerder.begonnen || 0;
          ga(nu);
        }, true),
        knop(T.opnieuw, () => {
          vergeet();
          start();
        })
      );
    } else {
      knoppen.append(knop(T.begin, start, true));
    }
    if (extra.terug) knoppen.append(knop(T.iets_anders, extra.terug));
    toon("", maak("div", { class: "stapel" }, kop, tekst("p", "context", gegevens.inleiding), uitleg, knoppen), naar ? kop : null);
  }

  function start() {
    begonnen = Date.now();
    ga(0);
  }

  // ---- one question
  function ga(plaats) {
    nu = plaats;
    if (antwoorden.some((waarde) => waarde !== null)) bewaar();
    if (plaats >= vragen.length) uitslag();
    else if (gemaakt(plaats) && !examen) nagekeken(plaats);
    else stel(plaats);
  }
  function voortgang(plaats) {
    const kop = maak("h2", { tabindex: "-1" }, vul(T.vraag_van, { nummer: plaats + 1, totaal: vragen.length }));
    const gedaan = antwoorden.filter((waarde) => waarde !== null).length;
    const balk = maak("progress", { max: vragen.length, value: gedaan, "aria-label": vul(T.gedaan, { aantal: gedaan, totaal: vragen.length }) });
    return [maak("div", { class: "voortgang" }, kop, balk), kop];
  }
  function stel(plaats) {
    const vraag = vragen[plaats];
    const [boven, kop] = voortgang(plaats);
    const opties = maak("div", { class: "opties" + (vraag.opties.every((optie) => optie.beeld) ? " beelden" : "") });
    vraag.opties.forEach((optie, index) => {
      opties.append(maak("div", { class: "optie" },
        maak("input", { type: "radio", name: "antwoord", id: "optie-" + index, value: index, checked: antwoorden[plaats] === index }),
        maak("label", { class: "keuze", for: "optie-" + index },
          maak("span", { class: "letter" }, optie.letter),
          maak("span", { class: "tekst", dir: "auto" }, beeld(optie.beeld), optie.tekst))));
    });
    const melding = maak("p", { class: "melding", role: "alert" });
    const knoppen = maak("div", { class: "knoppen" }, maak("button", { type: "submit", class: "hoofd" }, examen ? T.volgende : T.controleer));
    if (plaats > 0) knoppen.append(knop(T.vorige, () => ga(plaats - 1)));
    knoppen.append(knop(T.sla_over, () => {
      antwoorden[plaats] = -1;
      ga(plaats + 1);
    }));
    if (examen) knoppen.append(knop(T.naar_uitslag, () => ga(vragen.length)));
    const formulier = maak("form", { class: "stapel", novalidate: true, autocomplete: "off" },
      boven, klok(), voorlezen(vraag), tekst("p", "context", vraag.context), beeld(vraag.beeld),
      maak("fieldset", {}, maak("legend", { dir: "auto" }, vraag.stam), opties), melding, knoppen);
    formulier.addEventListener("submit", (gebeurtenis) => {
      gebeurtenis.preventDefault();
      const gekozen = formulier.querySelector("input:checked");
      if (!gekozen) {
        melding.textContent = T.kies_eerst;
        formulier.querySelector("input").focus();
        return;
      }
      antwoorden[plaats] = Number(gekozen.value);
      bewaar();
      if (examen) ga(plaats + 1);
      else nagekeken(plaats, true);
    });
    formulier.addEventListener("change", () => {
      melding.textContent = "";
    });
    toon(kop.textContent, formulier, kop);
  }

  // ---- the question with what was right and why
  function oordeel(plaats) {
    const vraag = vragen[plaats];
    const letter = sleutel(vraag).letter;
    return goed(plaats) ? [true, vul(T.goed, { letter })] : [false, vul(T.mis, { letter })];
  }
  function opties(plaats) {
    const vraag = vragen[plaats];
    const lijst = maak("ol", { class: "opties" });
    vraag.opties.forEach((optie, index) => {
      const gekozen = antwoorden[plaats] === index;
      const merk = optie.goed ? (gekozen ? T.gekozen_goed : T.goede_antwoord) : gekozen ? T.gekozen_mis : "";
      lijst.append(maak("li", { class: "nagekeken" + (optie.goed ? " is-goed" : gekozen ? " is-mis" : "") },
        maak("div", { class: "rij" }, maak("span", { class: "letter" }, optie.letter),
          maak("span", { class: "tekst", dir: "auto" }, beeld(optie.beeld), optie.tekst)),
        merk ? maak("p", { class: "merk" }, maak("span", { class: "teken", "aria-hidden": "true" }, optie.goed ? "✓ " : "✗ "), merk) : null,
        tekst("p", "waarom", optie.uitleg)));
    });
    return lijst;
  }
  function nagekeken(plaats, net) {
    const vraag = vragen[plaats];
    const [boven, kop] = voortgang(plaats);
    const [is_goed, zin] = oordeel(plaats);
    const uitspraak = maak("h3", { tabindex: "-1" }, zin);
    const laatste = plaats + 1 >= vragen.length;
    const knoppen = maak("div", { class: "knoppen" }, knop(laatste ? T.naar_uitslag : T.volgende, () => ga(plaats + 1), true));
    if (plaats > 0) knoppen.append(knop(T.vorige, () => ga(plaats - 1)));
    toon(kop.textContent, maak("div", { class: "stapel" }, boven, tekst("p", "context", vraag.context), beeld(vraag.beeld),
      tekst("p", "stam", vraag.stam),
      maak("div", { class: "uitslag " + (is_goed ? "is-goed" : "is-mis") },
        maak("span", { class: "teken", "aria-hidden": "true" }, is_goed ? "✓" : "✗"), uitspraak),
      opties(plaats), knoppen), net ? uitspraak : kop);
    if (net) uitspraak.scrollIntoView({ block: "center" });
  }

  // ---- the results
  function uitslag() {
    const aantal = vragen.filter((_, plaats) => goed(plaats)).length;
    const open = vragen.map((_, plaats) => plaats).filter((plaats) => !gemaakt(plaats));
    const kop = maak("h2", { tabindex: "-1" }, T.uitslag);
    const deel = maak("div", { class: "stapel" }, kop, maak("p", { class: "score" }, vul(T.score, { goed: aantal, totaal: vragen.length })));
    const knoppen = maak("div", { class: "knoppen" });
    if (open.length) {
      deel.append(maak("p", {}, vul(T.aantal_over, { aantal: open.length })));
      knoppen.append(knop(T.maak_over, () => ga(open[0]), true));
    }
    knoppen.append(knop(T.bewaar, download), knop(T.print, () => window.print()));
    if (extra.terug) knoppen.append(knop(T.iets_anders, extra.terug));
    const bevestig = maak("div", { class: "stapel" });
    knoppen.append(knop(T.opnieuw, () => {
      const vraagkop = maak("h3", { tabindex: "-1" }, T.zeker);
      bevestig.replaceChildren(maak("div", { class: "kader stapel" }, vraagkop, maak("div", { class: "knoppen" },
        knop(T.ja_opnieuw, () => {
          vergeet();
          begin(true);
        }),
        knop(T.nee_terug, () => {
          bevestig.replaceChildren();
          kop.focus();
        }))));
      vraagkop.focus();
    }));
    deel.append(maak("p", {}, T.bewaar_uitleg), knoppen, bevestig, perOnderwerp(), maak("h2", {}, T.alle));
    const lijst = maak("div", {});
    vragen.forEach((vraag, plaats) => {
      const nummer = vul(T.vraag, { nummer: plaats + 1 }) + ": ";
      if (!gemaakt(plaats)) {
        // the key stays hidden until there is an answer
        lijst.append(maak("div", { class: "open" }, maak("p", {}, nummer, maak("span", { class: "uitkomst" }, T.overgeslagen)),
          maak("div", { class: "knoppen" }, knop(vul(T.maak_deze, { nummer: plaats + 1 }), () => ga(plaats)))));
        return;
      }
      const [is_goed, zin] = oordeel(plaats);
      lijst.append(maak("details", {},
        maak("summary", {}, nummer,
          maak("span", { class: "uitkomst " + (is_goed ? "is-goed" : "is-mis") },
            maak("span", { "aria-hidden": "true" }, is_goed ? "✓ " : "✗ "), zin)),
        maak("div", { class: "stapel" }, tekst("p", "context", vraag.context), beeld(vraag.beeld), tekst("p", "stam", vraag.stam), opties(plaats))));
    });
    deel.append(lijst);
    toon(T.uitslag, deel, kop);
  }
  function perOnderwerp() {
    const themas = new Map();
    vragen.forEach((vraag, plaats) => {
      const rijen = themas.get(vraag.thema) || new Map();
      const rij = rijen.get(vraag.eindterm) || { onderwerp: vraag.onderwerp, goed: 0, totaal: 0 };
      rij.totaal += 1;
      if (goed(plaats)) rij.goed += 1;
      themas.set(vraag.thema, rijen.set(vraag.eindterm, rij));
    });
    const op_nummer = (een, ander) => een[0].localeCompare(ander[0], "nl", { numeric: true });
    const tabel = maak("table", {}, maak("caption", {}, T.per_onderwerp),
      maak("thead", {}, maak("tr", {}, maak("th", { scope: "col" }, T.onderwerp), maak("th", { scope: "col" }, T.kolom_goed))));
    for (const [thema, rijen] of themas) {
      const lijf = maak("tbody", {}, maak("tr", { class: "thema" }, maak("th", { scope: "rowgroup", colspan: 2 }, thema)));
      for (const [eindterm, rij] of [...rijen].sort(op_nummer)) {
        lijf.append(maak("tr", {},
          maak("th", { scope: "row" }, rij.onderwerp, maak("small", {}, vul(T.eindterm, { nummer: eindterm })), verder(eindterm, rij)),
          maak("td", {}, vul(T.van, { goed: rij.goed, totaal: rij.totaal }))));
      }
      tabel.append(lijf);
    }
    return tabel;
  }
  // where there is a lesson about what went wrong, it is named
  function verder(eindterm, rij) {
    const lessen = rij.goed < rij.totaal && extra.lessen ? extra.lessen[eindterm] || [] : [];
    if (!lessen.length) return null;
    return maak("small", {}, T.kijk_nog, ...lessen.map((les) => maak("a", { href: les.adres }, les.titel)));
  }
  function download() {
    // ";" and the byte order mark: so a Dutch Excel opens it in columns
    const rijen = [["toets", "digest", "item", "versie", "optie", "goed"]];
    vragen.forEach((vraag, plaats) => {
      const antwoord = gemaakt(plaats) ? [vraag.opties[antwoorden[plaats]].plaats, goed(plaats) ? "ja" : "nee"] : ["", ""];
      rijen.push([gegevens.id, vraag.digest, vraag.item, vraag.versie, ...antwoord]);
    });
    const inhoud = "\ufeff" + rijen.map((rij) => rij.join(";") + "\r\n").join("");
    const adres = URL.createObjectURL(new Blob([inhoud], { type: "text/csv;charset=utf-8" }));
    const link = maak("a", { href: adres, download: gegevens.id + "-antwoorden.csv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(adres), 10000);
  }

  begin(Boolean(extra.terug));
};
window.addEventListener("beforeprint", () => {
  for (const deel of document.querySelectorAll("#scherm details")) deel.open = true;
});
if (document.getElementById("gegevens")) {
  window.oefen(JSON.parse(document.getElementById("gegevens").textContent), document.getElementById("scherm"), {});
}
