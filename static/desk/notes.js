// The notes beside the text, sent without leaving the form: what is being written there is neither saved nor lost.
const panel = () => document.querySelector("#notes")
const find = (selector) => panel()?.querySelector(selector)
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }))
const say = (words) => (find(".notes-said").textContent = words)

function about({ words, focus = false }) {
  const quote = find(".note-compose .note-passage")
  quote.textContent = words.length > 240 ? `${words.slice(0, 240)}…` : words
  quote.hidden = find("[data-drop-passage]").hidden = !words
  find("[name=note_passage]").value = words.slice(0, 1000)
  if (focus) find("#note_text").focus()
}

// In the column beside the text a thread may scroll into sight by itself; below it, only where it gets the focus.
const beside = matchMedia("(min-width: 1100px)")

function open(thread, { focus = false, scroll = false } = {}) {
  for (const other of panel().querySelectorAll(".is-on")) other.classList.remove("is-on")
  thread?.classList.add("is-on")
  if (!thread) return
  if ((focus || scroll) && thread.closest("details")) thread.closest("details").open = true
  if (focus) thread.focus()
  else if (scroll && beside.matches) thread.scrollIntoView({ block: "nearest" })
}

function renew(answer, form, sent) {
  panel().outerHTML = answer.panel
  panel().dataset.ready = ""
  tell("note:renewed", { sent })
  if (sent === "note_text") tell("note:written", { key: answer.key })
  if (answer.resolved) tell("note:resolved", { key: answer.resolved })
  if (answer.version_token && form.elements.version_token) form.elements.version_token.value = answer.version_token
  open(find(`#note-${answer.thread}`), { focus: !document.activeElement.matches(".ProseMirror") })
}

async function send(button) {
  const { form, formAction, disabled } = button
  if (disabled) return
  const area = button.closest(".note-compose, details:has(textarea)")?.querySelector("textarea")
  const place = area ?? button
  const sent = new FormData()
  for (const name of ["csrfmiddlewaretoken", "version_token"]) sent.set(name, form.elements[name]?.value ?? "")
  if (area) sent.set(area.name, area.value)
  if (area?.name === "note_text") sent.set("note_passage", find("[name=note_passage]").value)
  button.disabled = true
  const answer = await fetch(formAction, { method: "POST", body: sent, headers: { Accept: "application/json" } })
    .then((response) => response.json())
    .catch(() => ({ said: [panel().dataset.unsent] }))
  button.disabled = false
  if (answer.panel) renew(answer, form, area?.name)
  else place.after(find(".notes-said"))
  say(answer.said.join(" "))
  if (!answer.panel) place.focus()
}

document.addEventListener("note:about", ({ detail }) => panel() && about(detail))
document.addEventListener("note:drop", () => about({ words: "", focus: true }))
document.addEventListener("note:at", ({ detail: { key } }) => panel() && open(key && find(`[data-key="${key}"]`)))
document.addEventListener("note:open", ({ detail: { key } }) => open(find(`[data-key="${key}"]`), { focus: true }))
document.addEventListener("note:unmarked", () => say(panel().dataset.unmarked))

document.addEventListener("click", (event) => {
  const button = event.target.closest("#notes button")
  const mark = panel() && event.target.closest("mark[data-note]")
  if (mark) open(find(`[data-key="${mark.dataset.note}"]`), { scroll: true })
  if (!button) return
  if (button.dataset.show) tell("note:show", { key: button.dataset.show })
  if ("dropPassage" in button.dataset) tell("note:drop")
  if (button.type !== "submit") return
  event.preventDefault()
  send(button)
})
document.addEventListener("keydown", (event) => {
  const area = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#notes textarea")
  if (area) send(area.parentElement.querySelector("button[type=submit]"))
})
if (panel()) panel().dataset.ready = ""
