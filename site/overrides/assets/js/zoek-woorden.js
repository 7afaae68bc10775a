"use strict";
// Which rows hold what somebody typed, and which word she may have meant. It knows nothing of the page.
// In: the data of the search page. Out: { stamVan, punten, bedoeld }. Stemmer: window.KNM_STAM.
window.KNM_ZOEK_WOORDEN = function (gegevens) {
  const { woorden, synoniemen, geschreven } = gegevens;
  const STOP = new Set(gegevens.stopwoorden);
  const STAP = 8; // a place is eight times the row, plus how much the word counts there, as in zoeken.py
  // "wet" and "weten" are two words, and the stemmer makes them one
  const EIGEN = { weet: "weten", weten: "weten", wist: "weten", wisten: "weten", geweten: "geweten" };
  // the stemmer leaves "less" of lessen and "huiz" of huizen: make them les and huis
  function stamVan(woord) {
    return EIGEN[woord] || window.KNM_STAM(woord).replace(/([b-df-hj-np-tv-z])\1$/, "$1").replace(/z$/, "s").replace(/v$/, "f");
  }
  const bekend = Object.keys(woorden).map((woord) => [woord, stamVan(woord)]);
  const anders = new Map(); // stem → other words to look for
  for (const [woord, andere] of Object.entries(synoniemen || {})) {
    anders.set(stamVan(woord), (anders.get(stamVan(woord)) || []).concat(andere.map((een) => [een, stamVan(een)])));
  }

  function vouw(tekst) {
    return tekst.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  function losse(tekst) {
    const gevonden = vouw(tekst).match(/[a-z0-9]+(?:[.-][0-9a-z]+)*/g) || [];
    const zonder = gevonden.filter((woord) => !STOP.has(woord));
    return zonder.length ? zonder : gevonden;
  }
  // how well a known word fits what was asked: itself, another form, its beginning, a part of a compound
  function past(woord, stam, term, termstam) {
    if (woord === term) return 9;
    if (stam === termstam || woord === termstam || stam === term) return 8;
    if (EIGEN[woord]) return 0; // it begins with "wet", and is about something else
    if (term.length >= 2 && woord.startsWith(term)) return 4;
    if (term.length >= 4 && woord.includes(term)) return 3;
    if (termstam.length >= 4 && woord.includes(termstam)) return 2;
    if (woord.length >= 5 && term.length - woord.length >= 3 && (term.endsWith(woord) || term.startsWith(woord) || termstam.endsWith(stam))) return 1;
    return 0;
  }
  // the known words that fit a term, with how well; what means the same counts a little less
  function passend(term) {
    const termstam = stamVan(term);
    const ook = anders.get(termstam) || [];
    const uit = [];
    for (const [woord, stam] of bekend) {
      let gewicht = past(woord, stam, term, termstam);
      for (const [ander, anderstam] of ook) gewicht = Math.max(gewicht, 0.7 * past(woord, stam, ander, anderstam));
      if (gewicht) uit.push([woord, gewicht]);
    }
    return uit;
  }
  const DEEL = 1; // this much or less: only a part of what was typed is known, "salaris" in "salarisstrook"
  function samen(per_term, vanaf, boven) {
    const sommen = new Map();
    for (const paren of per_term) {
      const som = new Map();
      for (const [woord, gewicht] of paren) {
        if (gewicht <= boven) continue;
        for (const plaats of woorden[woord]) {
          const telt = plaats % STAP;
          if (telt < vanaf) continue;
          const rij = (plaats - telt) / STAP;
          som.set(rij, Math.max(som.get(rij) || 0, gewicht * (telt || 0.3)));
        }
      }
      for (const [rij, waarde] of som) {
        const eerder = sommen.get(rij) || { aantal: 0, som: 0 };
        sommen.set(rij, { aantal: eerder.aantal + 1, som: eerder.som + waarde });
      }
    }
    const alle = new Map();
    const deels = new Map();
    for (const [rij, wat] of sommen) {
      deels.set(rij, wat.aantal * 100 + wat.som);
      if (wat.aantal === per_term.length) alle.set(rij, wat.som);
    }
    return { alle, deels };
  }
  // rows that hold every word (alle) or some (deels), with how well; null when nothing was asked
  function punten(tekst) {
    const gevraagd = losse(tekst);
    if (!gevraagd.length) return null;
    const per_term = gevraagd.map(passend);
    // the texts of the eindtermen only when nothing else fits, and a part of a word only when no whole one does:
    // what fits by a part must never hide what fits
    let gevonden = null;
    for (const [vanaf, boven] of [[1, DEEL], [0, DEEL], [1, 0], [0, 0]]) {
      gevonden = samen(per_term, vanaf, boven);
      if (gevonden.alle.size) break;
    }
    return gevonden;
  }

  // ---- a word that nobody knows: the nearest that somebody does
  // A slip of the finger or of the ear counts one: a letter too many, too few or swapped, or another that lies next to
  // it on the keyboard or sounds like it. Any other letter counts two: "huilen" is no mistake for "huizen".
  const RIJEN = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
  const KLANK = ["dt", "vf", "sz", "gh", "kc", "ks", "iy", "ij", "ei", "ea", "ou", "ao", "eu", "bp", "mn", "gk", "qk", "xs", "wv"];
  const BUUR = new Set(KLANK.flatMap((paar) => [paar, paar[1] + paar[0]]));
  RIJEN.forEach((rij, hoogte) => [...rij].forEach((letter, plek) => {
    const onder = RIJEN[hoogte + 1] || "";
    for (const ander of [rij[plek + 1], onder[plek - 1], onder[plek]]) if (ander) BUUR.add(letter + ander).add(ander + letter);
  }));
  // letters to add, to leave out, to change or to swap (optimal string alignment); above `hoogstens` it stops
  function afstand(een, ander, hoogstens) {
    if (Math.abs(een.length - ander.length) > hoogstens) return hoogstens + 1;
    let daarvoor = [];
    let vorige = Array.from({ length: ander.length + 1 }, (_, j) => j);
    for (let i = 1; i <= een.length; i += 1) {
      const rij = [i];
      let laagste = i;
      for (let j = 1; j <= ander.length; j += 1) {
        const anders_ = een[i - 1] === ander[j - 1] ? 0 : BUUR.has(een[i - 1] + ander[j - 1]) ? 1 : 2;
        rij[j] = Math.min(vorige[j] + 1, rij[j - 1] + 1, vorige[j - 1] + anders_);
        if (i > 1 && j > 1 && een[i - 1] === ander[j - 2] && een[i - 2] === ander[j - 1]) rij[j] = Math.min(rij[j], daarvoor[j - 2] + 1);
        laagste = Math.min(laagste, rij[j]);
      }
      if (laagste > hoogstens) return hoogstens + 1;
      [daarvoor, vorige] = [vorige, rij];
    }
    return vorige[ander.length];
  }
  function zelfdeBegin(een, ander) {
    let i = 0;
    while (i < een.length && een[i] === ander[i]) i += 1;
    return i;
  }
  function naaste(term) {
    const nummer = /^\d+(\.\d+)*$/.test(term);
    const hoogstens = nummer ? 0 : term.length < 4 ? 0 : term.length < 8 ? 1 : term.length < 12 ? 2 : 3;
    let beste = null;
    for (const woord of [...Object.keys(woorden), ...Object.keys(synoniemen || {})]) {
      const begin = zelfdeBegin(term, woord);
      let ver;
      if (nummer) { // of an eindterm the beginning counts: after 3.9 comes 3.1.1, and never 8.3.1
        if (!/^\d+\.\d+\.\d+$/.test(woord) || term.split(".")[0] !== woord.split(".")[0]) continue;
        ver = -begin;
      } else {
        if (woord.length < 4 || /^\d/.test(woord)) continue;
        // another beginning makes another word: opzeggen is not zeggen. Only its first two letters may have been swapped.
        if (!begin && !(term[0] === woord[1] && term[1] === woord[0])) continue;
        ver = afstand(term, woord, beste ? Math.min(hoogstens, beste.ver) : hoogstens);
        if (ver > hoogstens) continue;
      }
      const keer = nummer ? 0 : (woorden[woord] || []).length;
      if (!beste || ver < beste.ver || (ver === beste.ver && (begin > beste.begin || (begin === beste.begin && keer > beste.keer)))) beste = { woord, ver, begin, keer };
    }
    return beste && beste.woord;
  }
  // what was asked with a known word in the place of each unknown one; null when there is nothing to mend
  function bedoeld(tekst) {
    let gevonden = false;
    const uit = losse(tekst).map((term) => {
      if (passend(term).length) return term;
      const woord = naaste(term);
      if (!woord) return term;
      gevonden = true;
      return (geschreven || {})[woord] || woord;
    });
    return gevonden ? uit.join(" ") : null;
  }
  return { stamVan, punten, bedoeld };
};
