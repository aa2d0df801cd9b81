// The board of a front: drag a story to a place, from the finder or from another place. Every deed is a form that
// works without this script; with it the board is changed in place and the keyboard stays where it was.
const desk = document.querySelector("[data-front]")
const board = document.querySelector("#board")
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value
const places = () => [...board.querySelectorAll("[data-to]")].map((each) => each.dataset.to).sort().join()
let held = null

async function send(fields, focus) {
  const body = fields instanceof FormData ? fields : new FormData()
  if (!(fields instanceof FormData)) Object.entries(fields).forEach(([name, value]) => body.set(name, value))
  body.set("csrfmiddlewaretoken", token)
  board.setAttribute("aria-busy", "true")
  try {
    const answer = await fetch(desk.dataset.front, { method: "POST", body, headers: { "X-Requested-With": "fetch" } })
    if (answer.status !== 200 && answer.status !== 409) return location.reload()
    const open = [...board.querySelectorAll("details[open]")].map((each) => each.closest("[data-to], .front-box"))
      .map((each) => each?.dataset.to ?? each?.getAttribute("aria-labelledby"))
    const before = places()
    board.innerHTML = await answer.text()
    if (answer.ok && places() !== before) return location.reload() // the finder beside it names the places too
    open.forEach((name) => {
      const part = board.querySelector(`[data-to="${name}"]`) ?? board.querySelector(`[aria-labelledby="${name}"]`)
      part?.querySelector(":scope > details")?.setAttribute("open", "")
    })
    const next = [`[data-focus="${focus}"]`, `[data-to="${body.get("to")}"] button`, "button, a"]
    if (focus) next.map((each) => board.querySelector(each)).find(Boolean)?.focus()
  } catch {
    location.reload()
  } finally {
    board.removeAttribute("aria-busy")
  }
}

desk.addEventListener("submit", (event) => {
  const form = event.target
  if (!form.matches("[data-deed], .front-put")) return
  event.preventDefault()
  send(new FormData(form), event.submitter?.dataset.focus)
})

const story = (target) => target.closest?.("[data-story]")
const place = (target) => target.closest?.("[data-to]")

function mark(target) {
  board.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"))
  target?.classList.add("is-target")
}

desk.addEventListener("dragstart", (event) => {
  held = story(event.target)
  if (!held) return
  held.classList.add("is-held")
  event.dataTransfer.effectAllowed = "move"
  event.dataTransfer.setData("text/plain", held.textContent.trim().slice(0, 80))
})
desk.addEventListener("dragover", (event) => {
  if (!held || !place(event.target)) return
  event.preventDefault()
  mark(place(event.target))
})
desk.addEventListener("drop", (event) => {
  const target = held && place(event.target)
  if (!target) return
  event.preventDefault()
  send({ deed: "place", story: held.dataset.story, to: target.dataset.to })
})
desk.addEventListener("dragend", () => {
  held?.classList.remove("is-held")
  held = null
  mark(null)
})
