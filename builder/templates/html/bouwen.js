"use strict";
// The small things that every script of ours needs: a node with its content, a sentence with its values, and the
// questions of a thema. Used by the practice page in one file and by the site; all text reaches the page as text.
(function () {
  function maak(naam, kenmerken, ...inhoud) {
    const node = document.createElement(naam);
    for (const [sleutel, waarde] of Object.entries(kenmerken || {})) {
      if (sleutel === "click") node.addEventListener("click", waarde);
      else if (waarde !== null && waarde !== false) node.setAttribute(sleutel, waarde === true ? "" : waarde);
    }
    for (const deel of inhoud) if (deel !== null && deel !== "") node.append(deel); // a string becomes text
    return node;
  }
  function vul(tekst, waarden) {
    return tekst.replace(/\{(\w+)\}/g, (heel, naam) => (naam in waarden ? String(waarden[naam]) : heel));
  }
  // loaded when they are needed, once; a script tag also works from a folder
  const bezig = new Map();
  function laadVragen(wortel, slug) {
    if (window.KNM_VRAGEN && window.KNM_VRAGEN[slug]) return Promise.resolve();
    if (!bezig.has(slug)) {
      bezig.set(slug, new Promise((klaar, mis) => {
        document.head.append(Object.assign(document.createElement("script"), {
          src: wortel + "data/vragen-" + slug + ".js", onload: klaar, onerror: () => { bezig.delete(slug); mis(new Error(slug)); },
        }));
      }));
    }
    return bezig.get(slug);
  }
  window.KNM_BOUW = { maak, vul, laadVragen };
})();
