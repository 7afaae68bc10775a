"use strict";
// Quick exit: the link or the key Esc puts a neutral page in the place of this one, so that "back" does not return here.
(function () {
  const weg = document.querySelector("[data-knm-weg]");
  if (!weg) return;
  function ga() {
    location.replace(weg.href);
  }
  weg.addEventListener("click", (gebeurtenis) => {
    gebeurtenis.preventDefault();
    ga();
  });
  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key === "Escape") ga();
  }, true);
})();
