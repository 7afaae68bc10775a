"use strict";
// The filters of the page with materials. The choice stands in the address; without this script all rows show.
(function () {
  const formulier = document.getElementById("knm-materiaal-filters");
  const lijst = document.getElementById("knm-materialen");
  if (!formulier || !lijst) return;
  const keuzes = [...formulier.querySelectorAll("select")];
  const rijen = [...lijst.children];
  const paneel = document.getElementById("knm-materiaal-keuze");
  const telling = document.getElementById("knm-materiaal-telling");
  const anker = () => rijen.some((rij) => "#" + rij.id === location.hash);

  function ververs() {
    const gekozen = keuzes.filter((keuze) => keuze.value);
    let aantal = 0;
    for (const rij of rijen) {
      rij.hidden = !gekozen.every((keuze) => rij.dataset.sleutels.includes("|" + keuze.name + "=" + keuze.value + "|"));
      if (!rij.hidden) aantal += 1;
    }
    telling.textContent = aantal === 1 ? "1 materiaal" : aantal + " materialen";
  }
  function schrijf() {
    const adres = new URLSearchParams(gekozenAlsLijst());
    try {
      history.replaceState(null, "", "#" + adres);
    } catch (weigering) {
      location.hash = "#" + adres; // from a folder some browsers allow only this
    }
  }
  function gekozenAlsLijst() {
    return keuzes.filter((keuze) => keuze.value).map((keuze) => [keuze.name, keuze.value]);
  }
  function lees() {
    if (anker()) return;
    const adres = new URLSearchParams(location.hash.slice(1));
    for (const keuze of keuzes) {
      const waarde = adres.get(keuze.name) || "";
      keuze.value = [...keuze.options].some((optie) => optie.value === waarde) ? waarde : "";
    }
  }
  formulier.addEventListener("change", () => {
    ververs();
    schrijf();
  });
  formulier.addEventListener("reset", () => {
    setTimeout(() => {
      ververs();
      schrijf();
    });
  });
  addEventListener("hashchange", () => {
    lees();
    ververs();
  });
  paneel.hidden = false;
  lees();
  paneel.open = window.matchMedia("(min-width: 60em)").matches || keuzes.some((keuze) => keuze.value);
  ververs();
})();
