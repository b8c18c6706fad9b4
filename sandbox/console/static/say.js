// say tells the reader something for a moment; a screen reader speaks it.
let fading;

export function say(text) {
  const place = document.getElementById("status");
  place.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { place.textContent = ""; }, 2500);
}
