/* A field above a long list that leaves only the choices with the words typed in it. Without this the whole list is there. */
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  document.querySelectorAll(".zoekveld").forEach(function (place) {
    var select = document.getElementById(place.dataset.bij);
    if (!select) return;
    var all = Array.prototype.map.call(select.options, function (option) {
      var group = option.parentElement.tagName === "OPTGROUP" ? option.parentElement : select;
      return { option: option, group: group, words: plain(option.text) };
    });
    var label = document.createElement("label"), input = document.createElement("input"), told = document.createElement("span");
    input.type = "search";
    input.id = "zoek-" + place.dataset.bij;
    input.autocomplete = "off";
    label.htmlFor = input.id;
    label.className = "hint";
    label.textContent = "Typ een woord om minder te zien";
    told.className = "hint";
    told.setAttribute("role", "status");
    place.append(label, input, told);
    input.addEventListener("input", function () {
      var words = plain(input.value).split(/\s+/).filter(Boolean), kept = select.selectedOptions[0], number = 0;
      all.forEach(function (one) {
        var wanted = words.every(function (word) { return one.words.indexOf(word) >= 0; });
        if (wanted && one.option.value) number += 1;
        if (!one.option.value) return; /* "Kies …" stays on top */
        if (!wanted && one.option !== kept) one.option.remove();
        else one.group.insertBefore(one.option, one.group === select ? select.querySelector("optgroup") : null);
      });
      select.querySelectorAll("optgroup").forEach(function (group) { group.hidden = !group.children.length; });
      told.textContent = !words.length ? "" : number === 1 ? "1 gevonden." : number + " gevonden.";
    });
    /* searching is no writing: it asks no check, and Enter sends nothing */
    input.addEventListener("change", function (event) { event.stopPropagation(); });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); select.focus(); } });
  });
});
