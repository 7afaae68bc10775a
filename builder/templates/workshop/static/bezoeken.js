/* Makes nicer what works without: dragging a visit to another half day, the verdict on the page itself, going on when a search is done. */
"use strict";
(function () {
  document.addEventListener("htmx:load", function () {
    var done = document.querySelector(".werk[data-naar]");
    if (done) window.location.assign(done.dataset.naar);
  });

  var board = document.querySelector(".kalender");
  var place = document.getElementById("keuze");
  if (!place || !window.htmx) return;

  function show(address) {
    window.htmx.ajax("GET", address, { target: "#keuze", swap: "innerHTML" }).then(function () {
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form.vraag-na");
    if (!form) return;
    event.preventDefault();
    show(form.getAttribute("action").split("#")[0] + "?" + new URLSearchParams(new FormData(form)).toString());
  });

  document.body.addEventListener("htmx:sendError", function () {
    place.textContent = "De werkplaats antwoordt niet. Start haar opnieuw met knm start. Je klad is bewaard.";
  });

  if (!board) return;
  var here = board.dataset.hier;
  var dragged = null;
  var tip = document.querySelector(".met-muis");
  if (tip) tip.hidden = false;
  document.querySelectorAll(".kaart[data-groep]").forEach(function (card) {
    card.draggable = true;
    card.querySelectorAll("a").forEach(function (link) { link.draggable = false; });
  });
  var halves = Array.from(document.querySelectorAll(".dagdeel[data-doel]"));

  function clear() {
    halves.forEach(function (half) { half.classList.remove("kan", "hier"); });
    document.querySelectorAll(".sleept").forEach(function (card) { card.classList.remove("sleept"); });
  }

  document.addEventListener("dragstart", function (event) {
    var card = event.target.closest && event.target.closest(".kaart[data-groep]");
    if (!card) return;
    dragged = card.dataset.groep;
    card.classList.add("sleept");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
    var group = dragged;
    fetch(here + "/vrij?groep=" + encodeURIComponent(group)).then(function (answer) {
      return answer.ok ? answer.json() : [];
    }).then(function (free) {
      if (dragged !== group) return;
      halves.forEach(function (half) {
        half.classList.toggle("kan", free.indexOf(half.dataset.dag + " " + half.dataset.dagdeel) >= 0);
      });
    });
  });
  document.addEventListener("dragend", function () { dragged = null; clear(); });

  halves.forEach(function (half) {
    half.addEventListener("dragover", function (event) {
      if (dragged === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
      half.classList.add("hier");
    });
    half.addEventListener("dragleave", function (event) {
      if (!half.contains(event.relatedTarget)) half.classList.remove("hier");
    });
    half.addEventListener("drop", function (event) {
      if (dragged === null) return;
      event.preventDefault();
      var group = dragged;
      dragged = null;
      clear();
      show(here + "/groep?groep=" + encodeURIComponent(group) + "&dag=" + half.dataset.dag + "&dagdeel=" + half.dataset.dagdeel);
    });
  });
})();
