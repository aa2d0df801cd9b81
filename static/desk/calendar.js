// Moves a story to another day: by dragging it, or by keyboard from its Move link (Space, arrow keys, Enter, Escape).
// Either way a form is sent; without this script, and by Enter, the link leads to a form of its own.
const root = document.querySelector("[data-calendar]")
const form = document.querySelector("#cal-drop")
const said = document.querySelector("#cal-said")
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
let held = null // { entry, day }
const entryOf = (target) => target.closest?.("[data-moves]")
const dayOf = (target) => target.closest?.("[data-day]")
const day = (iso) => root.querySelector(`.cal-day[data-day="${iso}"]`)
const say = (name, words = {}) => {
  said.textContent = root.dataset[name].replace(/\{(\w+)\}/, (_, word) => words[word])
}

function mark(target) {
  root.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"))
  if (target) root.querySelectorAll(`[data-day="${target.dataset.day}"]`).forEach((each) => each.classList.add("is-target"))
}

function drop(entry, iso) {
  if (dayOf(entry)?.dataset.day === iso) return release()
  form.action = entry.dataset.moves
  form.elements.day.value = iso
  form.elements.was.value = entry.dataset.was ?? ""
  form.elements.next.value += `#d-${iso}`
  form.submit()
}

function release() {
  held?.entry.classList.remove("is-held")
  held = null
  mark(null)
}

function grab(entry) {
  const start = dayOf(entry) ?? root.querySelector(".cal-day.is-today") ?? root.querySelector(".cal-day")
  held = { entry, day: start.dataset.day }
  entry.classList.add("is-held")
  mark(start)
  say("grabbed", { story: entry.dataset.story })
}

function step(days) {
  const date = new Date(`${held.day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  const target = day(date.toISOString().slice(0, 10))
  if (!target) return say("beyond")
  held.day = target.dataset.day
  mark(target)
  say("over", { day: target.dataset.name })
}

root.addEventListener("keydown", (event) => {
  if (!held && event.key === " " && event.target.matches(".entry-move")) grab(entryOf(event.target))
  else if (held && event.key in STEPS) step(STEPS[event.key])
  else if (held && event.key === "Enter") drop(held.entry, held.day)
  else if (held && event.key === "Escape") { release(); say("left") }
  else return
  event.preventDefault()
})
root.addEventListener("focusout", () => held && release())

root.addEventListener("dragstart", (event) => {
  const entry = entryOf(event.target)
  if (!entry) return
  held = { entry }
  entry.classList.add("is-held")
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", entry.dataset.story)
})
root.addEventListener("dragover", (event) => {
  if (!held || !dayOf(event.target)) return
  event.preventDefault()
  mark(dayOf(event.target))
})
root.addEventListener("drop", (event) => {
  const target = held && dayOf(event.target)
  if (target) { event.preventDefault(); drop(held.entry, target.dataset.day) }
})
root.addEventListener("dragend", release)
