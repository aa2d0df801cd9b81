// Ticking many pictures: all of the page at once, a row of them with Shift, and how many are ticked.
const form = document.querySelector("#library-ticked")
const boxes = [...(form?.querySelectorAll("[name=picture]") ?? [])]
const all = form?.querySelector("[data-tick-all]")
const said = form?.querySelector("[data-ticked]")
let last = null

function count() {
  const ticked = boxes.filter((box) => box.checked).length
  all.checked = ticked === boxes.length
  all.indeterminate = ticked > 0 && ticked < boxes.length
  said.value = ticked === 1 ? said.dataset.one : ticked ? said.dataset.many.replace("%s", ticked) : ""
}

function tick(event) {
  const here = boxes.indexOf(event.target)
  if (event.shiftKey && last !== null) {
    for (const box of boxes.slice(Math.min(here, last), Math.max(here, last) + 1)) box.checked = event.target.checked
  }
  last = here
  count()
}

if (all) {
  all.parentElement.hidden = false
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked
    count()
  })
  for (const box of boxes) box.addEventListener("click", tick)
  window.addEventListener("pageshow", count)
  count()
}
