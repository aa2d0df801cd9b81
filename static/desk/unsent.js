// Notes that are typed and not sent yet: no part of the story's own unsaved text, and there again after a save.
const KEPT = `notes ${location.pathname}`
const panel = () => document.querySelector("#notes")
const fields = () => [...(panel()?.querySelectorAll("textarea, [name=note_passage]") ?? [])]
let leaving = false

function keep() {
  const typed = fields().filter((field) => field.value)
  sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value]))))
}

function restore() {
  const typed = JSON.parse(sessionStorage.getItem(KEPT) || "{}")
  for (const field of fields()) {
    if (!typed[field.name]) continue
    field.value = typed[field.name]
    if (field.closest("details:has(textarea)")) field.closest("details").open = true
    if (field.name === "note_passage")
      document.dispatchEvent(new CustomEvent("note:about", { detail: { words: field.value } }))
  }
}

for (const happening of ["input", "change"])
  document.querySelector(".story-side")?.addEventListener(happening, (event) => {
    if (!event.target.closest("#notes")) return
    event.stopPropagation()
    keep()
  })
document.addEventListener("note:about", keep)
document.addEventListener("note:renewed", ({ detail: { sent } }) => {
  const typed = JSON.parse(sessionStorage.getItem(KEPT) || "{}")
  delete typed[sent]
  if (sent === "note_text") delete typed.note_passage
  sessionStorage.setItem(KEPT, JSON.stringify(typed))
  restore()
})
document.addEventListener("submit", () => (leaving = true))
window.addEventListener("pageshow", () => (leaving = false))
window.addEventListener("beforeunload", (event) => {
  if (!leaving && fields().some((field) => field.tagName === "TEXTAREA" && field.value)) event.preventDefault()
})
restore()
